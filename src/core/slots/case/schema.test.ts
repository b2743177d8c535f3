import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHOICES } from './bookingRules.ts';
import { CLOSED_FIELDS } from './closedDates.ts';
import { BUSY_FIELDS, INTERVAL_FIELDS } from './intervals.ts';
import { LIMITS_FIELDS } from './limits.ts';
import { ASK_FIELDS } from './parseAsk.ts';
import { CASE_FIELDS } from './parseCase.ts';
import { CUSTOMER_FIELDS } from './parseCustomer.ts';
import { RANGE_FIELDS } from './parseRange.ts';
import { RESOURCE_FIELDS } from './parseResource.ts';
import { SCHEDULE_FIELDS } from './parseSchedule.ts';
import { SERVICE_FIELDS } from './parseService.ts';
import { SESSION_FIELDS } from './parseSessions.ts';
import { VISIT_FIELDS, VISITED_FIELDS } from './parseVisit.ts';
import { PARTS_OF_DAY, WISH_FIELDS } from './parseWish.ts';
import { accepted, complete, PLACES } from './places.scene.ts';
import { GAP_FIELDS, SEGMENT_FIELDS } from './segments.ts';
import { OVERRIDE_FIELDS, WEEKLY_FIELDS, WINDOW_FIELDS } from './windows.ts';

interface Definition {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Definition[];
  readonly additionalProperties?: Definition | false;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly items?: Definition;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly pattern?: string;
}

const path = new URL('../../../../schema/case.schema.json', import.meta.url);
const schema = JSON.parse(readFileSync(path, 'utf8')) as { readonly $defs: Readonly<Record<string, Definition>> };
const objects = Object.entries(schema.$defs).filter(([, { properties }]) => properties !== undefined);

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  case: CASE_FIELDS,
  range: RANGE_FIELDS,
  service: SERVICE_FIELDS,
  segment: SEGMENT_FIELDS,
  gap: GAP_FIELDS,
  visit: VISIT_FIELDS,
  visitedService: VISITED_FIELDS,
  limits: LIMITS_FIELDS,
  schedule: SCHEDULE_FIELDS,
  resource: RESOURCE_FIELDS,
  session: SESSION_FIELDS,
  customer: CUSTOMER_FIELDS,
  weekly: WEEKLY_FIELDS,
  override: OVERRIDE_FIELDS,
  window: WINDOW_FIELDS,
  dates: CLOSED_FIELDS,
  interval: INTERVAL_FIELDS,
  busy: BUSY_FIELDS,
  wish: WISH_FIELDS,
  ask: ASK_FIELDS,
};

test('schema and parser know the same objects', () => {
  expect(objects.map(([name]) => name).sort()).toEqual(Object.keys(FIELDS).sort());
  expect(Object.keys(PLACES).sort()).toEqual(Object.keys(FIELDS).sort());
});

test.each(objects)('schema and parser know the same fields of: %s', (name, definition) => {
  expect(Object.keys(definition.properties ?? {}).sort()).toEqual([...(FIELDS[name] ?? [])].sort());
  expect(definition.additionalProperties).toBe(false);
});

test.each(objects)('schema and parser require the same fields of: %s', (name, { required = [], properties = {} }) => {
  expect(accepted(name, {})).toBe(true);
  const without = Object.keys(complete(name)).filter((field) => !accepted(name, { [field]: undefined }));
  // Of several fields that stand for each other, or go together, the schema says so in other words.
  expect(
    without.filter((field) => Object.hasOwn(properties, field) && !ONE_OF_SEVERAL.has(`${name}.${field}`)),
  ).toEqual(expect.arrayContaining([...required]));
  expect([...required]).toEqual(
    expect.arrayContaining(without.filter((field) => !ONE_OF_SEVERAL.has(`${name}.${field}`))),
  );
});

const ONE_OF_SEVERAL = new Set([
  'case.service',
  'range.to',
  'service.durationMinutes',
  'visitedService.durationMinutes',
  'limits.perDay',
  'ask.wish',
]);

const resolved = (field: Definition): Definition =>
  field.$ref === undefined ? field : { ...schema.$defs[field.$ref.slice('#/$defs/'.length)], ...field };

const fields = objects.flatMap(([name, { properties = {} }]) =>
  Object.entries(properties).map(([field, definition]) => [name, field, resolved(definition)] as const),
);
const alternatives = fields.flatMap(([name, field, definition]) =>
  [definition, ...(definition.oneOf ?? [])].map((each) => [name, field, resolved(each)] as const),
);

test.each(alternatives.filter(([, , { type }]) => type === 'integer'))(
  'schema and parser have the same limits of a number: %s.%s',
  (name, field, { minimum = NaN, maximum = NaN }) => {
    // Other rules may say more of such a number, but this one is said of every other number.
    const refused = (value: unknown): boolean =>
      !accepted(name, { [field]: value }, /must be (a whole|at least|at most)/);
    expect([minimum - 1, minimum, maximum, maximum + 1].map(refused)).toEqual([true, false, false, true]);
    expect([minimum + 0.5, NaN, Infinity, String(minimum), null].map(refused)).toEqual(Array(5).fill(true));
  },
);

test.each(alternatives.filter(([, , definition]) => definition.enum !== undefined))(
  'schema and parser accept the same words: %s.%s',
  (name, field, definition) => {
    const words = definition.enum ?? [];
    expect(words.map((word) => accepted(name, { [field]: word }))).toEqual(words.map(() => true));
    expect(accepted(name, { [field]: 'whatever' })).toBe(false);
    const all: readonly unknown[] | undefined = { ...CHOICES, partOfDay: [...PARTS_OF_DAY.keys()] }[field];
    expect([...words].sort()).toEqual([...(all ?? (name === 'service' ? ['any', 'all'] : ['any']))].sort());
  },
);

test.each(alternatives.filter(([, , { type }]) => type === 'array'))(
  'schema and parser have the same limits of a list: %s.%s',
  (name, field, { minItems = 0, maxItems = NaN }) => {
    const refused = (length: number, pattern: RegExp): boolean =>
      !accepted(name, { [field]: new Array<undefined>(length) }, pattern);
    expect(refused(maxItems + 1, new RegExp(`at most ${maxItems} are allowed`))).toBe(true);
    expect(refused(0, /empty|must have \d/)).toBe(minItems > 0);
    if (minItems > 1) expect(refused(minItems - 1, new RegExp(`must have ${minItems} to`))).toBe(true);
  },
);

test.each(alternatives.filter(([, , { maxProperties }]) => maxProperties !== undefined))(
  'schema and parser have the same limits of a map: %s.%s',
  (name, field, { minProperties = 0, maxProperties = NaN }) => {
    const map = (length: number): object =>
      Object.fromEntries(Array.from({ length }, (_, index) => [`name ${index}`, undefined]));
    const refusedLength = (length: number): boolean => !accepted(name, { [field]: map(length) }, /must name/);
    expect([maxProperties, maxProperties + 1].map(refusedLength)).toEqual([false, true]);
    expect(refusedLength(minProperties)).toBe(false);
    if (minProperties > 0) expect(refusedLength(minProperties - 1)).toBe(true);
  },
);

test('a share is more than nothing', () => {
  const accepts = (weight: unknown): boolean => accepted('resource', { weight });
  expect(schema.$defs['resource']?.properties?.['weight']).toMatchObject({ exclusiveMinimum: 0, maximum: 1_000_000 });
  expect([0.5, 1_000_000].map(accepts)).toEqual([true, true]);
  expect([0, -1, 1_000_001, NaN, Infinity, '1'].map(accepts)).toEqual(Array(6).fill(false));
});

test.each<[string, string, string, readonly string[]]>([
  [
    'instant',
    'session',
    'start',
    [
      '2026-11-24T09:00Z',
      '2026-11-24T09:00:00.5+00:00',
      '2026-11-24T24:00:00Z',
      '2026-11-24T09:00:00',
      '2026-11-24t09:00:00Z',
      '2026-11-24T09:00:00+0100',
      '2026-13-24T09:00:00Z',
    ],
  ],
  ['endTime', 'window', 'to', ['00:00', '24:00', '24:01', '23:60', '9:00', '23:59']],
  ['time', 'window', 'from', ['00:00', '24:00', '23:60', '9:00', '23:59']],
  ['date', 'override', 'date', ['2026-11-24', '2026-11-31x', '2026-00-01', '26-11-24']],
])('pattern and parser accept the same texts as %s', (name, place, field, texts) => {
  const pattern = new RegExp(schema.$defs[name]?.pattern ?? '$^');
  for (const text of texts) {
    expect(`${text} ${accepted(place, { [field]: text })}`).toBe(`${text} ${pattern.test(text)}`);
  }
});
