import type { CompanyDoor } from '../../src/index.ts';
import { MONDAY, refusedWith, granted } from '../engine/salon.ts';
import type { Range } from './booked.ts';
import { at, AWAY_MS, FULL_DAY } from './firms.ts';

const DAY_MS = 86_400_000;

/** Something a caller asks, what is read for it, and what comes of it. */
export interface Question {
  readonly name: string;
  readonly service: 'cut' | 'massage';
  /** One range for each statement. */
  readonly reads: readonly Range[];
  /** Further statements, none of which finds a row. */
  readonly beside?: number;
  ask(door: CompanyDoor): Promise<unknown>;
}

const one = (startMs: number): Range => ({ fromMs: startMs, toMs: startMs + 1 });
const near = (startMs: number): Range => ({
  fromMs: Math.max(MONDAY, startMs - DAY_MS),
  toMs: startMs + 9 * DAY_MS,
});
const far = (startMs: number): Range => ({ fromMs: startMs + 9 * DAY_MS, toMs: startMs + 409 * DAY_MS });

const finds = (service: Question['service']): readonly Question[] =>
  [1, 7, 28].flatMap((days): readonly Question[] => {
    const range = { fromMs: at(0, 0), toMs: at(days, 0) };
    const query = { service, from: range.fromMs, to: range.toMs };
    return [
      { name: `find over ${days} days`, service, reads: [range], ask: async (door) => granted(await door.find(query)) },
      {
        name: `find the first three of ${days} days`,
        service,
        reads: [range],
        ask: async (door) => granted(await door.find({ ...query, count: 3 })),
      },
    ];
  });

const FULL_MS = at(FULL_DAY, 10);

/** Each way of asking for times. */
export const questions: readonly Question[] = [
  ...finds('cut'),
  ...finds('massage'),
  {
    name: 'find the next three',
    service: 'cut',
    reads: [{ fromMs: MONDAY, toMs: MONDAY + 14 * DAY_MS }],
    ask: async (door) => granted(await door.find({ service: 'cut', count: 3 })),
  },
  {
    name: 'check what is free',
    service: 'massage',
    reads: [one(at(1, 12))],
    ask: async (door) => granted(await door.check({ service: 'massage', start: at(1, 12) })),
  },
  {
    name: 'explain what is free',
    service: 'massage',
    reads: [{ fromMs: at(-13, 12), toMs: at(15, 12) }],
    ask: async (door) => granted(await door.explain({ service: 'massage', start: at(1, 12) })),
  },
  {
    name: 'explain what is taken',
    service: 'cut',
    reads: [{ fromMs: FULL_MS - 14 * DAY_MS, toMs: FULL_MS + 14 * DAY_MS }],
    ask: async (door) => granted(await door.explain({ service: 'cut', start: FULL_MS })),
  },
  {
    name: 'check what is taken, and hear of alternatives',
    service: 'cut',
    reads: [one(FULL_MS), near(FULL_MS)],
    ask: async (door) => threeFor(await door.check({ service: 'cut', start: FULL_MS }), 'SLOT_TAKEN'),
  },
  {
    name: 'book what is taken, for somebody new, and hear of alternatives',
    service: 'cut',
    reads: [one(FULL_MS), near(FULL_MS)],
    // Who calls, and what he has booked.
    beside: 2,
    ask: async (door) => {
      const customer = { phone: '+493055501234' };
      threeFor(await door.book({ service: 'cut', start: FULL_MS }, { customer }), 'SLOT_TAKEN');
    },
  },
  {
    name: 'find on a full day, and hear of alternatives',
    service: 'cut',
    reads: [{ fromMs: at(FULL_DAY, 0), toMs: at(FULL_DAY + 1, 0) }, near(at(FULL_DAY, 0))],
    ask: async (door) =>
      threeFor(await door.find({ service: 'cut', from: at(FULL_DAY, 0), to: at(FULL_DAY + 1, 0) }), 'NO_SLOT'),
  },
  {
    name: 'check where nobody works for weeks, and hear of alternatives after that',
    service: 'cut',
    reads: [one(AWAY_MS), near(AWAY_MS), far(AWAY_MS)],
    ask: async (door) => threeFor(await door.check({ service: 'cut', start: AWAY_MS }), 'OUTSIDE_HOURS'),
  },
  {
    name: 'find the next three where nobody works for weeks',
    service: 'cut',
    reads: [
      { fromMs: AWAY_MS - 14 * DAY_MS + 50_400_000, toMs: AWAY_MS + 50_400_000 },
      { fromMs: AWAY_MS + 50_400_000, toMs: AWAY_MS + 386 * DAY_MS + 50_400_000 },
    ],
    ask: async (door) =>
      granted(await door.find({ service: 'cut', from: AWAY_MS - 14 * DAY_MS + 50_400_000, count: 3 })),
  },
];

/** The refusal must be this one and name three other starts. */
function threeFor(answer: { readonly ok: boolean }, code: string): void {
  const refused = answer as { readonly refusal?: { readonly alternatives?: readonly unknown[] } };
  if (refusedWith(answer) !== code || refused.refusal?.alternatives?.length !== 3)
    throw new Error(`not three alternatives for ${code}: ${JSON.stringify(answer)}`);
}
