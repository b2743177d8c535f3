import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CASE_FIELDS, CASE_LIMITS, parseCase, RANGE_FIELDS, RESOURCE_FIELDS } from './parseCase.ts';
import { INTERVAL_FIELDS, OVERRIDE_FIELDS, SCHEDULE_LIMITS, WEEKLY_FIELDS, WINDOW_FIELDS } from './parseSchedule.ts';
import { GAP_FIELDS, SEGMENT_FIELDS, SERVICE_FIELDS, SERVICE_LIMITS } from './parseService.ts';

interface Definition {
  readonly type?: string;
  readonly additionalProperties?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

const path = new URL('../../../../schema/case.schema.json', import.meta.url);
const schema = JSON.parse(readFileSync(path, 'utf8')) as { readonly $defs: Readonly<Record<string, Definition>> };

test.each<[string, readonly string[]]>([
  ['case', CASE_FIELDS],
  ['range', RANGE_FIELDS],
  ['service', SERVICE_FIELDS],
  ['segment', SEGMENT_FIELDS],
  ['gap', GAP_FIELDS],
  ['resource', RESOURCE_FIELDS],
  ['weekly', WEEKLY_FIELDS],
  ['override', OVERRIDE_FIELDS],
  ['window', WINDOW_FIELDS],
  ['interval', INTERVAL_FIELDS],
])('schema and parser know the same fields of a %s', (name, fields) => {
  const definition = schema.$defs[name];
  expect(Object.keys(definition?.properties ?? {}).sort()).toEqual([...fields].sort());
  expect(definition?.additionalProperties).toBe(false);
});

test('the schema describes nothing else', () => {
  const objects = Object.entries(schema.$defs).filter(([, definition]) => definition.type === 'object');
  expect(objects).toHaveLength(10);
});

const LEAST: Readonly<Record<string, unknown>> = {
  now: '2026-11-24T00:00:00Z',
  range: { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' },
  resources: [{ id: 'anna' }],
};

const numbers = Object.entries(schema.$defs['service']?.properties ?? {}).filter(
  ([, field]) => field.type === 'integer',
);

test.each(numbers)('schema and parser have the same limits of %s', (name, { minimum = NaN, maximum = NaN }) => {
  const accepts = (value: number): boolean =>
    parseCase({ ...LEAST, service: { durationMinutes: 60, [name]: value } }).ok;
  expect([minimum - 1, minimum, maximum, maximum + 1].map(accepts)).toEqual([false, true, true, false]);
});

test('schema and parser have the same limits of lists', () => {
  const most = (definition: string, field: string): number | undefined =>
    schema.$defs[definition]?.properties?.[field]?.maxItems;
  expect(most('case', 'resources')).toBe(CASE_LIMITS.resources);
  expect(most('service', 'segments')).toBe(SERVICE_LIMITS.segments);
  expect(most('resource', 'weekly')).toBe(SCHEDULE_LIMITS.weekly);
  expect(most('resource', 'overrides')).toBe(SCHEDULE_LIMITS.overrides);
  expect(most('resource', 'busy')).toBe(SCHEDULE_LIMITS.intervals);
  expect(most('resource', 'timeOff')).toBe(SCHEDULE_LIMITS.intervals);
  expect(most('override', 'windows')).toBe(SCHEDULE_LIMITS.windows);
});

const instantCase = (now: string): boolean => parseCase({ ...LEAST, service: { durationMinutes: 60 }, now }).ok;
const timeCase = (to: string): boolean => {
  const weekly = [{ days: ['mo'], from: '09:00', to }];
  return parseCase({ ...LEAST, service: { durationMinutes: 60 }, resources: [{ id: 'a', weekly }] }).ok;
};

test.each<[string, (text: string) => boolean, readonly string[]]>([
  [
    'instant',
    instantCase,
    [
      '2026-11-24T09:00Z',
      '2026-11-24T09:00:00.5+23:59',
      '2026-11-24T24:00:00Z',
      '2026-11-24T09:00:00',
      '2026-11-24t09:00:00Z',
      '2026-11-24T09:00:00+0100',
    ],
  ],
  ['endTime', timeCase, ['00:00', '24:00', '24:01', '23:60', '9:00', '23:59']],
])('pattern and parser accept the same texts as %s', (name, accepts, texts) => {
  const pattern = new RegExp(schema.$defs[name]?.pattern ?? '$^');
  for (const text of texts) expect(`${text} ${pattern.test(text)}`).toBe(`${text} ${accepts(text)}`);
});
