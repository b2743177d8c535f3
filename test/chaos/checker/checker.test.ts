import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Operation, Violation } from './history.ts';
import { judge } from './judge.ts';
import { resolve } from './kept.ts';
import { played, plays, type Played } from './play.ts';
import { contradictions } from './stored.ts';
import type { OwnerRow, Tables, UnitRow } from './tables.ts';

const judged = ({ operations, tables, scarce }: Played): readonly Violation[] => judge(operations, tables, scarce);

test('a history of a database that makes no mistakes has nothing wrong in it', () => {
  fc.assert(
    fc.property(plays, (play) => {
      expect(judged(played(play))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('each operation that nobody answered is settled by its key, one way or the other', () => {
  fc.assert(
    fc.property(plays, (play) => {
      const { operations, tables } = played(play);
      const { committed, absent } = resolve(operations, tables);
      expect(committed + absent).toBe(operations.filter(({ outcome }) => outcome === 'unknown').length);
    }),
  );
});

/** A grant that stands at the end, told to whom it was given, and its row. */
function standing({ operations, tables }: Played): readonly [Operation, OwnerRow] | undefined {
  for (const operation of operations.toReversed()) {
    const { gives, key } = operation;
    if (gives === null || gives.expiresMs !== null) continue;
    const isSettled = operations.every((other) => other === operation || !other.ends.includes(gives.owner) || other.outcome === 'ok'); // prettier-ignore
    const row = tables.owners.find(({ id, occupies }) => id === gives.owner && occupies);
    const followed = operations.some((other) => other !== operation && other.ends.includes(gives.owner) && (other.answeredMs ?? Infinity) >= operation.invokedMs); // prettier-ignore
    if (row !== undefined && key !== null && isSettled && !followed) return [operation, row];
  }
  return undefined;
}

type Fault = (play: Played, told: Operation, row: OwnerRow) => Played;

const without = (tables: Tables, id: string): Tables => ({
  ...tables,
  owners: tables.owners.filter((row) => row.id !== id),
  claims: tables.claims.filter(({ owner }) => owner !== id),
  spans: tables.spans.filter(({ owner }) => owner !== id),
});

/** One mistake each, and the rule that must notice it. */
const faults: Readonly<Record<string, readonly [Violation['rule'], Fault]>> = {
  'a second one is told that he has the same': [
    'double',
    (play, told) => {
      const answeredMs = (told.answeredMs ?? 0) + 10;
      const others = [1, 2].map((nth): Operation => {
        const owner = `thief${nth}`;
        const takes = told.gives?.takes.map((take) => ({ ...take, holder: owner })) ?? [];
        const gives = told.gives && { ...told.gives, owner, takes };
        return { ...told, key: null, invokedMs: answeredMs - 5, answeredMs, gives, result: owner, ends: [] };
      });
      return { ...play, operations: [...play.operations, ...others] };
    },
  ],
  'what was acknowledged is gone': ['lost', (play, _, { id }) => ({ ...play, tables: without(play.tables, id) })],
  'an acknowledged cancellation is undone': [
    'lost',
    (play, told, { id }) => {
      const atMs = (told.answeredMs ?? 0) + 10;
      const cancel = { ...told, what: 'cancel', key: null, invokedMs: atMs, answeredMs: atMs, gives: null, ends: [id] };
      return { ...play, operations: [...play.operations, cancel] };
    },
  ],
  'an acknowledged move is undone': [
    'lost',
    (play, _, row) => {
      const moved = { ...row, spans: row.spans.map((span) => ({ ...span, startMs: span.startMs - 3_000_000 })) };
      return {
        ...play,
        tables: { ...play.tables, owners: play.tables.owners.map((each) => (each === row ? moved : each)) },
      };
    },
  ],
  'the key of an answer is forgotten': [
    'lost',
    (play, { key }) => {
      const keys = new Map([...play.tables.keys].filter(([each]) => each !== key));
      return { ...play, tables: { ...play.tables, keys } };
    },
  ],
  'a key stands for something else': [
    'key',
    (play, { key }) => ({
      ...play,
      tables: { ...play.tables, keys: new Map(play.tables.keys).set(key ?? '', 'other') },
    }),
  ],
  'what was refused under a key was done': [
    'key',
    (play, told) => {
      const refused: Operation = { ...told, outcome: 'refused', gives: null, result: null };
      return { ...play, operations: [...play.operations, refused] };
    },
  ],
  'a key that nobody heard of stands for what is not there': [
    'key',
    (play, told) => {
      const unheard: Operation = {
        ...told,
        key: 'unheard',
        outcome: 'unknown',
        answeredMs: null,
        gives: null,
        ends: [],
      };
      const keys = new Map(play.tables.keys).set('unheard', 'nothing');
      return { ...play, operations: [...play.operations, unheard], tables: { ...play.tables, keys } };
    },
  ],
  'something is there that nobody asked for': [
    'phantom',
    (play, _, row) => ({
      ...play,
      tables: { ...play.tables, owners: [...play.tables.owners, { ...row, id: 'ghost', occupies: false }] },
    }),
  ],
  'one key made two appointments': [
    'phantom',
    (play, told, row) => {
      const unheard: Operation = { ...told, outcome: 'unknown', answeredMs: null, gives: null, result: null };
      const operations = play.operations.map((each) => (each === told ? unheard : each));
      const twin = { ...row, id: 'twin' };
      return { ...play, operations, tables: { ...play.tables, owners: [...play.tables.owners, twin] } };
    },
  ],
  'a claim belongs to nobody': [
    'orphan',
    ({ tables, ...play }) => {
      const claim = { subject: 'cafe', cell: 99, ordinal: 0, owner: 'nobody', expiresMs: null };
      return { ...play, tables: { ...tables, claims: [...tables.claims, claim] } };
    },
  ],
  'an owner lacks one of its claims': [
    'incomplete',
    ({ tables, ...play }, _, { id }) => {
      const lacking = tables.claims.findIndex(({ owner }) => owner === id);
      return { ...play, tables: { ...tables, claims: tables.claims.filter((_claim, index) => index !== lacking) } };
    },
  ],
  'an owner lacks its span': [
    'incomplete',
    ({ tables, ...play }, _, { id }) => ({
      ...play,
      tables: { ...tables, spans: tables.spans.filter(({ owner }) => owner !== id) },
    }),
  ],
  'one place of one cell is claimed twice': [
    'double',
    ({ tables, ...play }, _, { id }) => {
      const [claim] = tables.claims.filter(({ owner }) => owner === id);
      const twice = claim === undefined ? [] : [{ ...claim, owner: 'another' }];
      return { ...play, tables: { ...tables, claims: [...tables.claims, ...twice] } };
    },
  ],
  'occupied time overlaps more often than there are places': [
    'double',
    ({ tables, ...play }, _, { id }) => {
      const [span] = tables.spans.filter(({ owner }) => owner === id);
      const more = span === undefined ? [] : [1, 2].map((nth) => ({ ...span, owner: `other${nth}` }));
      return { ...play, tables: { ...tables, spans: [...tables.spans, ...more] } };
    },
  ],
};

test.each(Object.entries(faults))('it is found that %s', (_, [rule, fault]) => {
  let planted = 0;
  fc.assert(
    fc.property(plays, (play) => {
      const right = played(play);
      const found = standing(right);
      if (found === undefined) return;
      planted++;
      expect(judged(fault(right, ...found)).map((violation) => violation.rule)).toContain(rule);
    }),
  );
  expect(planted).toBeGreaterThan(50);
});

const empty: Tables = { nowMs: 0, claims: [], units: [], spans: [], sessions: [], owners: [], keys: new Map() };
const unit = (owner: string, ordinal: number, more: Partial<UnitRow> = {}): UnitRow => {
  const place = { subject: 'scope', cell: 7, ordinal, owner, expiresMs: null };
  return { ...place, isSeat: false, ...more };
};
const booked = (id: string, more: Partial<OwnerRow> = {}): OwnerRow => ({ id, spans: [], sessionId: null, partySize: 1, expiresMs: null, occupies: true, ...more }); // prettier-ignore
const rulesOf = (tables: Partial<Tables>, limits = 1): readonly string[] =>
  contradictions(
    { ...empty, ...tables },
    { grainMs: 1, limits: new Map([['scope', limits]]), seats: new Map([['yoga', 2]]) },
  ).map(({ rule }) => rule);

test('a limit counts the units that are taken of a period, and each has the claim that guards it', () => {
  const [one, two] = [unit('a', 0), unit('b', 1)];
  const owners = [booked('a'), booked('b')];
  expect(rulesOf({ units: [one, two], claims: [one, two], owners }, 2)).toEqual([]);
  expect(rulesOf({ units: [one, two], claims: [one, two], owners }, 1)).toEqual(['double']);
  expect(rulesOf({ units: [one, two], claims: [one], owners }, 2)).toEqual(['incomplete']);
});

test('a session has no more seats taken than it has, and each participant as many as he is people', () => {
  const seat = (owner: string, ordinal: number): UnitRow =>
    unit(owner, ordinal, { subject: '5e55', cell: 0, isSeat: true });
  const member = (id: string, partySize: number): OwnerRow => booked(id, { sessionId: '5e55', partySize });
  const sessions = [{ id: '5e55', service: 'yoga' }];
  const both = [seat('a', 0), seat('a', 1)];
  expect(rulesOf({ sessions, units: both, claims: both, owners: [member('a', 2)] })).toEqual([]);
  expect(rulesOf({ sessions, units: both, claims: both, owners: [member('a', 1)] })).toEqual(['incomplete']);
  const three = [...both, seat('b', 2)];
  expect(rulesOf({ sessions, units: three, claims: three, owners: [member('a', 2), member('b', 1)] })).toEqual([
    'double',
  ]);
  expect(rulesOf({ sessions })).toEqual(['orphan']);
});
