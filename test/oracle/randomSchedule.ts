import { Temporal } from 'temporal-polyfill';

import {
  DAY_NAMES,
  type CaseClosedDates,
  type CaseOverride,
  type CaseSchedule,
  type CaseSpan,
  type CaseWeeklyWindow,
  type CaseWindow,
} from './caseFile.ts';
import type { Random } from './random.ts';
import { dateOf, given, randomSpan, type Stage } from './randomStage.ts';

/** One day's windows, by the tag under which coverage counts them. */
const DAY_SHAPES: Readonly<Record<string, (random: Random) => CaseWindow[]>> = {
  'one shift': () => [{ from: '09:00', to: '17:00' }],
  'odd opening': (random) => [
    { from: clock(random.int(6, 11), random.int(0, 59)), to: clock(random.int(14, 22), random.int(0, 59)) },
  ],
  'split shift': (random) => [
    { from: '08:00', to: clock(12, random.int(0, 59)) },
    { from: clock(13, random.pick([0, 10, 15, 30, 50])), to: '18:30' },
  ],
  'touching windows': (random) => {
    const border = clock(random.int(10, 14), random.pick([0, 5, 20, 30]));
    return [
      { from: '07:10', to: border },
      { from: border, to: '19:00' },
    ];
  },
  'overlapping windows': (random) => [
    { from: clock(random.int(11, 12), 0), to: '18:00' },
    { from: '08:20', to: clock(random.int(12, 14), 30) },
  ],
  'early morning': (random) => [
    { from: clock(random.int(0, 2), random.pick([0, 15, 30, 45])), to: clock(random.int(4, 9), random.pick([0, 30])) },
  ],
  'border in the small hours': (random) => [
    { from: '00:00', to: clock(random.int(0, 2), random.pick([15, 30, 45])) },
    { from: clock(random.int(0, 3), random.pick([0, 15, 30, 45])), to: clock(random.int(4, 7), 0) },
  ],
  'across midnight': (random) => [
    {
      from: clock(random.int(18, 23), random.pick([0, 10, 30])),
      to: clock(random.int(1, 6), random.pick([0, 20, 30])),
    },
  ],
  'until midnight': () => [{ from: '16:00', to: '24:00' }],
  'whole day': () => [{ from: '00:00', to: '24:00' }],
  'whole day from noon': () => [{ from: '12:00', to: '12:00' }],
  'morning and night': (random) => [
    { from: '00:00', to: clock(random.int(2, 8), 0) },
    { from: '20:00', to: random.pick(['24:00', '00:30', '02:00']) },
  ],
};

/** A random schedule in the stage's zone; adds the tags of the shapes it uses. */
export function randomSchedule(
  random: Random,
  stage: Stage,
  tags: Set<string>,
): CaseSchedule & { weekly: CaseWeeklyWindow[] } {
  const { zone, change } = stage;
  const overridden = change !== undefined && random.chance(0.22);
  if (overridden) tags.add('borders at the change of the clock');
  const overrides = overridden
    ? [overrideAround(random, change)]
    : random.chance(0.15)
      ? randomOverrides(random, stage, tags)
      : undefined;
  const closing = overrides?.slice(0, random.int(0, 1)).map(({ date }) => date) ?? [];
  const [validFrom, validTo] = random.chance(0.06) ? validity(random, stage) : [];
  return {
    weekly: randomWeekly(random, stage, tags),
    ...given({
      timeZone: zone !== 'UTC' || random.chance(0.5) ? zone : undefined,
      overrides,
      validFrom,
      validTo,
      closedDates: random.chance(0.07) ? [...randomClosedDates(random, stage), ...closing] : undefined,
      timeOff: random.chance(0.15) ? randomTimeOff(random, stage, tags) : undefined,
    }),
  };
}

/** Dates, and stretches of dates, on which no window starts. */
export function randomClosedDates(random: Random, stage: Stage): CaseClosedDates[] {
  return Array.from({ length: random.int(1, 2) }, () => {
    const date = dateOf(random, stage);
    if (random.chance(0.7)) return date;
    const to = Temporal.PlainDate.from(date).add({ days: random.int(0, 2) });
    return { from: date, to: to.toString() };
  });
}

/** One or two spans in which everything is closed. */
export function randomTimeOff(random: Random, stage: Stage, tags: Set<string>): CaseSpan[] {
  const isLong = random.chance(0.1);
  if (isLong) tags.add('long time off');
  return Array.from({ length: random.int(1, 2) }, () => randomSpan(random, stage, isLong ? 2880 : 300));
}

/** A first date, a last date, or both in order. */
function validity(random: Random, stage: Stage): [string | undefined, string | undefined] {
  const [one, other] = [dateOf(random, stage), dateOf(random, stage)].sort();
  return random.pick([
    [one, undefined],
    [undefined, other],
    [one, other],
  ]);
}

function randomWeekly(random: Random, stage: Stage, tags: Set<string>): CaseWeeklyWindow[] {
  const entries: CaseWeeklyWindow[] = [];
  const groups = random.pick([1, 1, 1, 2, 3]);
  const order = random.shuffled(DAY_NAMES);
  for (let group = 0; group < groups; group++) {
    const days =
      groups === 1 && random.chance(0.7) ? [...DAY_NAMES] : order.filter((_day, index) => index % groups === group);
    for (const window of dayOf(random, tags)) entries.push({ days, ...window });
  }
  return random.chance(0.08) ? withSeasons(random, stage, entries, tags) : entries;
}

/** Other hours from a date on, or hours that end at one; each entry has its own dates. */
function withSeasons(
  random: Random,
  stage: Stage,
  entries: readonly CaseWeeklyWindow[],
  tags: Set<string>,
): CaseWeeklyWindow[] {
  const change = Temporal.PlainDate.from(dateOf(random, stage));
  const before = { validTo: change.subtract({ days: random.pick([0, 1, 1]) }).toString() };
  const after = { validFrom: change.toString() };
  if (random.chance(0.4)) return entries.map((entry) => ({ ...entry, ...random.pick([before, after, {}]) }));
  const later = dayOf(random, tags).map((window) => ({ days: DAY_NAMES, ...window, ...after }));
  return [...entries.map((entry) => ({ ...entry, ...before })), ...later];
}

function dayOf(random: Random, tags: Set<string>): CaseWindow[] {
  const [tag, make] = random.pick(Object.entries(DAY_SHAPES));
  tags.add(tag);
  return make(random);
}

function randomOverrides(random: Random, stage: Stage, tags: Set<string>): CaseOverride[] {
  const dates = new Set(Array.from({ length: random.int(1, 3) }, () => dateOf(random, stage)));
  return [...dates].map((date) => {
    if (!random.chance(0.3)) return { date, windows: dayOf(random, tags) };
    return { date, windows: [] };
  });
}

/** Two windows of which every border lies within two hours of the change, on the wall clock from before it. */
function overrideAround(random: Random, change: Temporal.ZonedDateTime): CaseOverride {
  const before = change.subtract({ nanoseconds: 1 }).toPlainDateTime().round({ smallestUnit: 'minute' });
  const date = before.subtract({ hours: 2 }).toPlainDate();
  const border = (): number => random.int(-8, 8) * 15;
  const [first = 0, second = 0, third = 0, fourth = 0] = Array.from({ length: 4 }, border).sort((a, b) => a - b);
  const at = (minutes: number): string => before.add({ minutes }).toPlainTime().toString({ smallestUnit: 'minute' });
  const borders = random.pick([
    [first, third, second, fourth],
    [first, second, third, fourth],
    [first, second, second, fourth],
  ] as const);
  const windows = [
    { from: at(borders[0]), to: at(borders[1]) },
    { from: at(borders[2]), to: at(borders[3]) },
  ];
  return { date: date.toString(), windows };
}

function clock(hour: number, minute: number): string {
  return `${hour.toString().padStart(2, '0')}:${minute.toString().padStart(2, '0')}`;
}
