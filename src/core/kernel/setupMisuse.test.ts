import { expect, test } from 'vitest';
import type { DomainEvent } from '../events.ts';
import { compose, type Composition } from './compose.ts';
import { contributionPoint } from './contribution.ts';
import { definePlugin, type Plugin } from './definePlugin.ts';
import { token } from './token.ts';

const Greeting = token<string>()('test/greeting');
const Name = token<string>()('test/name');
const Rule = contributionPoint<string>()('test/rule');

const composeAll = (plugins: readonly Plugin[]): Promise<Composition> => compose({ plugins, onError: () => {} });

const companyChanged = (companyId: string): DomainEvent<'company.changed'> => ({
  id: 'event' as DomainEvent['id'],
  companyId: companyId as DomainEvent['companyId'],
  name: 'company.changed',
  aggregate: companyId,
  occurredMs: 0,
  payload: { revision: 1 },
});

test('what JavaScript lets through is refused at boot: an undeclared token, and one provided again', async () => {
  const bare = (name: string, setup: Plugin['setup']): Plugin => ({
    name,
    apiVersion: 1,
    requires: {},
    provides: [Greeting],
    setup,
  });
  const undeclared = bare('undeclared', ({ provide }) => provide(Name, 'Ada'));
  await expect(composeAll([undeclared])).rejects.toThrow(/^SETUP_FAILED: Plugin "undeclared" provides "test\/name"/u);
  const again = bare('again', ({ provide }) => {
    provide(Greeting, 'Hello');
    provide(Greeting, 'Hello');
  });
  await expect(composeAll([again])).rejects.toMatchObject({ code: 'PLUGIN_PROVIDED_TWICE' });
});

test('provide, contribute and handle end with setup, and on does not', async () => {
  const seen: string[] = [];
  let late: () => readonly (() => void)[] = () => [];
  const plugin = definePlugin({
    name: 'late',
    apiVersion: 1,
    provides: [Greeting],
    setup({ provide, contribute, handle, on }) {
      provide(Greeting, 'Hello');
      late = () => [
        () => provide(Greeting, 'again'),
        () => contribute(Rule, 'late'),
        () => handle('hold.released', 'late', () => {}),
      ];
      return { start: () => on('company.changed', (_, { companyId }) => void seen.push(companyId)) };
    },
  });
  const composition = await composeAll([plugin]);
  expect(late()).toHaveLength(3);
  for (const call of late()) expect(call).toThrow(expect.objectContaining({ code: 'SETUP_FAILED' }));
  await composition.start();
  composition.events.emit(companyChanged('salon'));
  expect(seen).toEqual(['salon']);
});
