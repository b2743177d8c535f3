import { expect, test } from 'vitest';
import type { DomainEvent } from '../events.ts';
import { compose, type Composition } from './compose.ts';
import { contributionPoint } from './contribution.ts';
import { definePlugin, type Plugin } from './definePlugin.ts';
import { Events } from './domainEvents.ts';
import { manualTimer } from './manualTimer.ts';
import { all, optional } from './requirement.ts';
import { bind, token, type Binding } from './token.ts';

const Greeting = token<string>()('test/greeting');
const Name = token<string>()('test/name');
const Rule = contributionPoint<string>()('test/rule');

const provider = (value: string): Plugin =>
  definePlugin({
    name: 'provider',
    apiVersion: 1,
    provides: [Greeting],
    setup: ({ provide }) => provide(Greeting, value),
  });

const composeAll = (plugins: readonly Plugin[], values: readonly Binding[] = []): Promise<Composition> =>
  compose({ plugins, values, onError: () => {} });

const companyChanged = (companyId: string): DomainEvent<'company.changed'> => ({
  id: 'event' as DomainEvent['id'],
  companyId: companyId as DomainEvent['companyId'],
  name: 'company.changed',
  aggregate: companyId,
  occurredMs: 0,
  payload: { revision: 1 },
});

test('a plugin receives what another provides and what the host brings, whatever the order given', async () => {
  const Sentence = token<string>()('test/sentence');
  const speaker = definePlugin({
    name: 'speaker',
    apiVersion: 1,
    requires: { greeting: Greeting, name: Name },
    provides: [Sentence],
    setup: ({ provide }, { greeting, name }) => provide(Sentence, `${greeting} ${name}`),
  });
  const composition = await composeAll([speaker, provider('Hello')], [bind(Name, 'Ada')]);
  expect(composition.get(Sentence)).toBe('Hello Ada');
  expect(composition.boot.plugins.map(({ name, after }) => [name, after])).toEqual([
    ['provider', []],
    ['speaker', ['provider']],
  ]);
});

test('an optional requirement is undefined where nothing provides it', async () => {
  const heard: unknown[] = [];
  const listener = definePlugin({
    name: 'listener',
    apiVersion: 1,
    requires: { greeting: optional(Greeting) },
    setup(_, { greeting }) {
      heard.push(greeting);
    },
  });
  await composeAll([listener]);
  await composeAll([listener, provider('Hello')]);
  expect(heard).toEqual([undefined, 'Hello']);
});

test('contributions come in plugin order, to readers set up before the contributors too', async () => {
  let rules: readonly string[] = [];
  const reader = definePlugin({
    name: 'reader',
    apiVersion: 1,
    requires: { rules: all(Rule) },
    setup(_, required) {
      rules = required.rules;
    },
  });
  const contributors = ['b', 'a'].map((name) =>
    definePlugin({ name, apiVersion: 1, setup: ({ contribute }) => contribute(Rule, `rule of ${name}`) }),
  );
  const composition = await composeAll([reader, ...contributors]);
  expect(rules).toEqual(['rule of b', 'rule of a']);
  expect(composition.all(Rule)).toBe(rules);
  expect(Object.isFrozen(rules)).toBe(true);
});

test('the event bus is there to be required, and observers hear what stopping plugins emit', async () => {
  const seen: string[] = [];
  const emitter = definePlugin({
    name: 'emitter',
    apiVersion: 1,
    requires: { events: Events },
    setup: (_, { events }) => ({ stop: () => events.emit(companyChanged('last')) }),
  });
  const composition = await composeAll([emitter]);
  expect(composition.get(Events)).toBe(composition.events);
  composition.events.on('company.changed', (_, { companyId }) => void seen.push(companyId));
  await composition.start();
  await composition.stop();
  composition.events.emit(companyChanged('too late'));
  expect(seen).toEqual(['last']);
});

test('the host is told when it asks for what nothing provides', async () => {
  const composition = await composeAll([]);
  expect(() => composition.get(Greeting)).toThrow(expect.objectContaining({ code: 'PLUGIN_REQUIREMENT_MISSING' }));
  expect(composition.all(Rule)).toEqual([]);
});

test('a value the host brings twice, or that a plugin provides as well, is refused', async () => {
  const twice = composeAll([], [bind(Greeting, 'one'), bind(Greeting, 'two')]);
  await expect(twice).rejects.toMatchObject({ code: 'PLUGIN_PROVIDED_TWICE' });
  const both = composeAll([provider('one')], [bind(Greeting, 'two')]);
  await expect(both).rejects.toThrow(/Both "host" and "provider" provide "test\/greeting"/u);
});

test('the boot report tells the time of each setup and start', async () => {
  const timer = manualTimer();
  const plugin = definePlugin({
    name: 'plugin',
    apiVersion: 1,
    setup() {
      timer.advance(5);
      return { start: () => timer.advance(7) };
    },
  });
  const composition = await compose({ plugins: [plugin], onError: () => {}, timer });
  expect(composition.boot).toMatchObject({ setupMs: 5, startMs: 0 });
  await composition.start();
  expect(composition.boot).toEqual({
    setupMs: 5,
    startMs: 7,
    plugins: [{ name: 'plugin', after: [], setupMs: 5, startMs: 7 }],
  });
});
