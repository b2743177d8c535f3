import { expect, test } from 'vitest';
import { edited, errors, range } from './least.scene.ts';
import { parseCase } from './parseCase.ts';

const asked = (ask: unknown, top: object = {}): unknown => edited({ top: { ask, ...top } });
const start = '2026-11-24T10:00:00Z';
const startMs = Date.parse(start);
const INSTANT = 'must be an instant with its offset, such as 2026-11-24T09:00:00+01:00';

test.each<[unknown, object]>([
  [{ next: 3 }, { what: 'next', count: 3 }],
  [{ firstOfDay: true }, { what: 'firstOfDay' }],
  [{ countPerDay: true }, { what: 'countPerDay' }],
  [{ check: start }, { what: 'check', startMs }],
  [{ explain: start }, { what: 'explain', startMs }],
  [{ alternatives: start }, { what: 'alternatives', startMs, count: 3 }],
  [
    { alternatives: start, count: 100 },
    { what: 'alternatives', startMs, count: 100 },
  ],
  [{ wish: {} }, { what: 'wish', wish: {}, count: 10 }],
  [
    { wish: { around: start }, count: 1 },
    { what: 'wish', wish: { around: { ms: startMs } }, count: 1 },
  ],
])('%j is asked', (ask, expected) => {
  const parsed = parseCase(asked(ask));
  expect(parsed.ok && parsed.case.ask).toEqual(expected);
});

test.each<[unknown, string]>([
  [{}, 'ask: must have exactly one of next, firstOfDay, countPerDay, check, explain, alternatives, wish'],
  [
    { next: 1, firstOfDay: true },
    'ask: must have exactly one of next, firstOfDay, countPerDay, check, explain, alternatives, wish',
  ],
  [{ count: 3 }, 'ask: must have exactly one of next, firstOfDay, countPerDay, check, explain, alternatives, wish'],
  ['next', 'ask: must be an object, not "next"'],
  [{ nxt: 1 }, 'ask.nxt: is not a known field; did you mean next?'],
  [{ next: 0 }, 'ask.next: must be at least 1, not 0'],
  [{ next: 1_001 }, 'ask.next: must be at most 1000, not 1001'],
  [{ next: 1, count: 2 }, 'ask.count: is only for alternatives and wish'],
  [{ firstOfDay: false }, 'ask.firstOfDay: must be true, not false'],
  [{ countPerDay: 1 }, 'ask.countPerDay: must be true, not 1'],
  [{ check: '10:00' }, `ask.check: ${INSTANT}, not "10:00"`],
  [{ explain: 5 }, `ask.explain: ${INSTANT}, not 5`],
  [{ alternatives: true }, `ask.alternatives: ${INSTANT}, not true`],
  [{ alternatives: start, count: 0 }, 'ask.count: must be at least 1, not 0'],
  [{ wish: {}, count: 101 }, 'ask.count: must be at most 100, not 101'],
  [{ wish: true }, 'ask.wish: must be an object, not true'],
])('refuses to be asked %j', (ask, expected) => {
  expect(errors(asked(ask))).toContain(expected);
});

test('who asks for the next few may leave the end of the range out, and asks about 400 days', () => {
  const open = { range: { from: range.from } };
  const parsed = parseCase(asked({ next: 1 }, open));
  const fromMs = Date.parse(range.from);
  expect(parsed.ok && parsed.case.range).toEqual({ fromMs, toMs: fromMs + 400 * 86_400_000 });
  for (const ask of [undefined, { firstOfDay: true }, { wish: {} }]) {
    expect(errors(asked(ask, open))).toEqual(['range.to: is required']);
  }
});

test.each<[object, object]>([
  [{}, {}],
  [{ weekdays: ['su', 'MO'] }, { weekdays: [6, 0] }],
  [{ partOfDay: 'morning' }, { partOfDay: { fromMinute: 0, toMinute: 720 } }],
  [{ partOfDay: 'noon' }, { partOfDay: { fromMinute: 660, toMinute: 840 } }],
  [{ partOfDay: 'afternoon' }, { partOfDay: { fromMinute: 720, toMinute: 1_080 } }],
  [{ partOfDay: 'evening' }, { partOfDay: { fromMinute: 1_020, toMinute: 1_440 } }],
  [{ partOfDay: { from: '09:30', to: '24:00' } }, { partOfDay: { fromMinute: 570, toMinute: 1_440 } }],
  [{ resources: ['anna', 'whoever'] }, { resources: ['anna', 'whoever'] }],
  [{ around: '09:30' }, { around: { minuteOfDay: 570 } }],
  [{ around: start }, { around: { ms: startMs } }],
])('%j is wished', (wish, expected) => {
  const parsed = parseCase(edited({ top: { wish, ask: { wish } } }));
  expect(parsed.ok && [parsed.case.wish, parsed.case.ask]).toEqual([
    expected,
    { what: 'wish', wish: expected, count: 10 },
  ]);
});

test.each<[unknown, string]>([
  [[], 'wish: must be an object, not an array'],
  [{ weekday: 'mo' }, 'wish.weekday: is not a known field; did you mean weekdays?'],
  [{ weekdays: [] }, 'wish.weekdays: must not be empty'],
  [{ weekdays: 'mo' }, 'wish.weekdays: must be an array, not "mo"'],
  [{ weekdays: ['mo', 'monday'] }, 'wish.weekdays[1]: must be one of mo, tu, we, th, fr, sa, su, not "monday"'],
  [
    { partOfDay: 'night' },
    'wish.partOfDay: must be one of morning, noon, afternoon, evening, or from and to, not "night"',
  ],
  [{ partOfDay: { from: '09:00' } }, 'wish.partOfDay.to: is required'],
  [
    { partOfDay: { from: '24:00', to: '09:00' } },
    'wish.partOfDay.from: must be a time HH:MM from 00:00 to 23:59, not "24:00"',
  ],
  [{ resources: [] }, 'wish.resources: must not be empty'],
  [{ around: 'noon' }, 'wish.around: must be an instant with its offset, or a time HH:MM, not "noon"'],
  [{ around: 9 }, 'wish.around: must be an instant with its offset, or a time HH:MM, not 9'],
])('refuses to be wished %j', (wish, expected) => {
  expect(errors(edited({ top: { wish } }))).toContain(expected);
});
