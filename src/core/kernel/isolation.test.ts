import { expect, test } from 'vitest';
import type { DomainEvent } from '../events.ts';
import { compose, type Composition } from './compose.ts';
import { contributionPoint } from './contribution.ts';
import { definePlugin, type Plugin } from './definePlugin.ts';
import { token } from './token.ts';

const Greeting = token<string>()('test/greeting');
const Rule = contributionPoint<string>()('test/rule');

const provider = (value: string): Plugin =>
  definePlugin({
    name: 'provider',
    apiVersion: 1,
    provides: [Greeting],
    setup: ({ provide }) => provide(Greeting, value),
  });

const composeAll = (plugins: readonly Plugin[]): Promise<Composition> => compose({ plugins, onError: () => {} });

const companyChanged = (companyId: string): DomainEvent<'company.changed'> => ({
  id: 'event' as DomainEvent['id'],
  companyId: companyId as DomainEvent['companyId'],
  name: 'company.changed',
  aggregate: companyId,
  occurredMs: 0,
  payload: { revision: 1 },
});

test('two compositions in one process share nothing', async () => {
  const seen: string[] = [];
  const observer = (label: string): Plugin =>
    definePlugin({
      name: 'observer',
      apiVersion: 1,
      setup({ on, contribute, handle }) {
        on('company.changed', (_, { companyId }) => void seen.push(`${label} ${companyId}`));
        handle('company.changed', 'observer.note', () => {});
        contribute(Rule, label);
      },
    });
  const [one, two] = await Promise.all([
    composeAll([provider('one'), observer('one')]),
    composeAll([provider('two'), observer('two')]),
  ]);
  expect([one.get(Greeting), two.get(Greeting)]).toEqual(['one', 'two']);
  expect([one.all(Rule), two.all(Rule)]).toEqual([['one'], ['two']]);
  one.events.emit(companyChanged('salon'));
  expect(seen).toEqual(['one salon']);
  await one.stop();
  two.events.emit(companyChanged('garage'));
  expect(seen).toEqual(['one salon', 'two garage']);
});

test('one plugin value may serve two engines, each with a setup of its own', async () => {
  const shared = definePlugin({
    name: 'counter',
    apiVersion: 1,
    provides: [Greeting],
    setup: ({ provide }) => provide(Greeting, `made ${(made += 1)}`),
  });
  let made = 0;
  const [one, two] = [await composeAll([shared]), await composeAll([shared])];
  expect([one.get(Greeting), two.get(Greeting)]).toEqual(['made 1', 'made 2']);
});
