import type { Temporal } from 'temporal-polyfill';

import {
  DAY_NAMES,
  type CaseOverride,
  type CaseResource,
  type CaseSpan,
  type CaseWeeklyWindow,
  type CaseWindow,
} from './caseFile.ts';
import type { Random } from './random.ts';

/** Zones with ordinary changes, none, half hours, 45 minutes, changes at midnight, of half an hour, of two, and backwards. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Asuncion',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Australia/Adelaide',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const;

/** The dates and the instants around which schedules are made. */
export interface Stage {
  readonly firstDate: Temporal.PlainDate;
  readonly days: number;
  readonly zone: string;
  /** When the zone's clock changes within the stage. */
  readonly change?: Temporal.ZonedDateTime;
}

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

/** A random resource without busy time; adds the tags of what it uses. */
export function randomResource(
  random: Random,
  stage: Stage,
  id: string,
  kind: string,
  tags: Set<string>,
): CaseResource {
  const { zone } = stage;
  const { change } = stage;
  const overridden = change !== undefined && random.chance(0.3);
  if (overridden) tags.add('borders at the change of the clock');
  const overrides = overridden
    ? [overrideAround(random, change)]
    : random.chance(0.35)
      ? randomOverrides(random, stage, tags)
      : [];
  const timeOff = random.chance(0.25) ? randomTimeOff(random, stage, tags) : [];
  const validFrom = random.chance(0.1) ? dateOf(random, stage) : undefined;
  const validTo = random.chance(0.1) ? dateOf(random, stage) : undefined;
  if (validFrom !== undefined || validTo !== undefined) tags.add('valid dates');
  if (overrides.length > 0) tags.add('overrides');
  if (timeOff.length > 0) tags.add('time off');
  const inOrder = validFrom === undefined || validTo === undefined || validFrom <= validTo;
  return {
    id,
    ...(kind !== 'staff' || random.chance(0.5) ? { kind } : {}),
    ...(zone !== 'UTC' || random.chance(0.5) ? { timeZone: zone } : {}),
    weekly: randomWeekly(random, tags),
    ...(overrides.length > 0 ? { overrides } : {}),
    ...(validFrom !== undefined ? { validFrom } : {}),
    ...(validTo !== undefined && inOrder ? { validTo } : {}),
    ...(timeOff.length > 0 ? { timeOff } : {}),
  };
}

/** A random half-open span around the stage, a minute to `longestMinutes` long; a few do not keep to whole minutes. */
export function randomSpan(random: Random, stage: Stage, longestMinutes: number): CaseSpan {
  const midnight = stage.firstDate.subtract({ days: 1 }).toZonedDateTime(stage.zone).toInstant();
  const ragged = random.chance(0.05);
  const start = midnight.add({
    minutes: random.int(0, (stage.days + 2) * 24 * 12) * 5 + (random.chance(0.1) ? random.int(1, 4) : 0),
    milliseconds: ragged ? random.pick([1, 30_000, 59_999]) : 0,
  });
  const end = start.add({ minutes: random.int(1, longestMinutes), milliseconds: ragged ? random.int(0, 59_999) : 0 });
  return { start: isoText(random, start, stage.zone), end: isoText(random, end, stage.zone) };
}

/** An instant as ISO 8601, in UTC or with the offset of the zone. */
export function isoText(random: Random, instant: Temporal.Instant, zone: string): string {
  return random.chance(0.5) ? instant.toString() : instant.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never' });
}

function randomWeekly(random: Random, tags: Set<string>): CaseWeeklyWindow[] {
  const entries: CaseWeeklyWindow[] = [];
  const groups = random.pick([1, 1, 1, 2, 3]);
  const order = random.shuffled(DAY_NAMES);
  for (let group = 0; group < groups; group++) {
    const days =
      groups === 1 && random.chance(0.7) ? [...DAY_NAMES] : order.filter((_day, index) => index % groups === group);
    for (const window of dayOf(random, tags)) entries.push({ days, ...window });
  }
  return entries;
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
    tags.add('closed date');
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

function randomTimeOff(random: Random, stage: Stage, tags: Set<string>): CaseSpan[] {
  if (random.chance(0.15)) tags.add('long time off');
  return Array.from({ length: random.int(1, 2) }, () =>
    randomSpan(random, stage, tags.has('long time off') ? 2880 : 300),
  );
}

function dateOf(random: Random, stage: Stage): string {
  return stage.firstDate.add({ days: random.int(-1, stage.days) }).toString();
}

function clock(hour: number, minute: number): string {
  return `${hour.toString().padStart(2, '0')}:${minute.toString().padStart(2, '0')}`;
}
