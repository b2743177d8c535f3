import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utcFormat } from '../../time/instant.ts';
import { answerCase } from './answerCase.ts';
import { packBusy } from './packBusy.ts';
import { parseCase } from './parseCase.ts';

const entry = new URL('../../../case.ts', import.meta.url).href;
// Node 22.16 reads TypeScript only when asked to.
const stripTypes = process.features.typescript ? [] : ['--experimental-strip-types'];
const iso = (ms: number): string => new Date(ms).toISOString();

function caseText(busy: string): string {
  return `{"range":{"from":"2026-11-24T00:00:00Z","to":"2026-11-25T00:00:00Z"},"service":{"durationMinutes":30},
    "resources":[{"id":"anna","weekly":[{"days":["tu"],"from":"09:00","to":"17:00"}],"busy":${busy}}]}`;
}

/** A case with so many busy intervals, as text; 70 MB for a million. */
function manyBusy(count: number, kinds: readonly string[] = []): string {
  const first = Date.UTC(2020, 0, 1);
  const [startText, endText] = [utcFormat(), utcFormat()];
  const parts = Array.from({ length: count }, (_, index) => {
    const start = first + index * 600_000;
    const kind = kinds.length === 0 ? '' : `,"kind":"${kinds[index % kinds.length]}"`;
    return `{"start":"${startText(start)}","end":"${endText(start + 300_000)}"${kind}}`;
  });
  return caseText(`[${parts.join()}]`);
}

/** Reads standard input with `program` in a process of its own; what that cost it. */
function costOf(program: string, stdinPath: string): { readonly userMs: number; readonly peakMiB: number } {
  const stdin = openSync(stdinPath, 'r');
  try {
    const script = `
      import { existsSync, readFileSync } from 'node:fs';
      const { answerCase, parseCase } = await import(${JSON.stringify(entry)});
      const text = readFileSync(0, 'utf8');
      const before = process.cpuUsage();
      const result = ${program};
      const userMs = process.cpuUsage(before).user / 1_000;
      // Linux counts what the parent had into maxRSS, so the peak of this program alone is read where it is told.
      const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
      const peak = Number(/VmHWM:\\s+(\\d+) kB/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
      console.log(JSON.stringify({ result, userMs, peakMiB: peak / 1_024 }));
    `;
    const run = spawnSync(process.execPath, [...stripTypes, '--input-type=module', '--no-warnings', '--eval', script], {
      stdio: [stdin, 'pipe', 'inherit'],
      encoding: 'utf8',
    });
    const { result, ...cost } = JSON.parse(run.stdout) as {
      readonly result: unknown;
      readonly userMs: number;
      readonly peakMiB: number;
    };
    expect(result).toBe('{"slots":[]}');
    return cost;
  } finally {
    closeSync(stdin);
  }
}

test.each<[string, readonly string[], number]>([
  ['a million busy intervals', [], 1_000_000],
  // In a text of the same length.
  ['busy intervals that say what occupies', ['appointment', 'external'], 800_000],
])(
  '%s are answered in no more time than JSON.parse takes twice, and in 256 MiB',
  (_name, kinds, count) => {
    const folder = mkdtempSync(join(tmpdir(), 'askpro-slots-'));
    try {
      const path = join(folder, 'case.json');
      writeFileSync(path, manyBusy(count, kinds));
      const inTurn = Array.from({ length: 3 }, () => ({
        ours: costOf('JSON.stringify(answerCase(parseCase(text).case))', path),
        floor: costOf(`(JSON.parse(text), '{"slots":[]}')`, path),
      }));
      const [{ ours, floor }] = inTurn.toSorted(
        (left, right) => left.ours.userMs / left.floor.userMs - right.ours.userMs / right.floor.userMs,
      ) as [(typeof inTurn)[number]];
      // Compared in time of the processor and in the quietest of three turns: the tests share their machine.
      expect(ours.userMs).toBeLessThan(2 * floor.userMs);
      expect(ours.peakMiB).toBeLessThan(256);
      // The control: as objects and strings, the intervals do not fit.
      expect(floor.peakMiB).toBeGreaterThan(256);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);

test('ten thousand overrides are answered at once', () => {
  const overrides = Array.from({ length: 10_000 }, (_, index) => ({
    date: iso(Date.UTC(2020, 0, 1) + index * 86_400_000).slice(0, 10),
    windows: index % 2 === 0 ? [] : [{ from: '09:00', to: '09:30' }],
  }));
  const before = performance.now();
  const parsed = parseCase({
    range: { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
    service: { durationMinutes: 30 },
    resources: [{ id: 'anna', overrides }],
  });
  const answer = parsed.ok ? answerCase(parsed.case) : parsed;
  expect('slots' in answer && answer.slots.length).toBeGreaterThan(180);
  expect(performance.now() - before).toBeLessThan(2_000);
});

const range = { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' };
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `name ${index}`);
const byName = (count: number, value: unknown): object => Object.fromEntries(names(count).map((name) => [name, value]));
const many = <T>(count: number, value: T): readonly T[] => new Array<T>(count).fill(value);
const halfHour = { durationMinutes: 30 };

test.each<[string, object]>([
  ['fields', byName(200_000, 1)],
  ['fields of a service', { service: byName(200_000, 1) }],
  ['lengths', { service: { ...halfHour, durationMinutesOf: byName(200_000, 1) } }],
  ['lengths of nobody', { service: { ...halfHour, durationMinutesOf: byName(1_000, 1) } }],
  ['kinds', { service: { ...halfHour, assign: byName(200_000, 1) } }],
  ['skills of kinds', { service: { ...halfHour, skills: byName(200_000, []) } }],
  ['eligible', { service: { ...halfHour, eligible: names(200_000) } }],
  ['services', { service: undefined, visit: { services: many(200_000, halfHour) } }],
  ['segments', { service: { segments: many(200_000, halfHour) } }],
  ['booked', { service: { ...halfHour, limits: { perDay: 1, booked: many(200_000, range.from) } } }],
  ['schedules', { schedules: byName(200_000, {}) }],
  ['schedules that are not there', { resources: names(1_000).map((id) => ({ id, within: names(20) })) }],
  ['skills', { resources: [{ id: 'anna', skills: names(200_000) }] }],
  ['closed dates', { resources: [{ id: 'anna', closedDates: many(200_000, '2026-11-24') }] }],
  ['sessions', { service: { ...halfHour, seats: 2 }, sessions: many(200_000, {}) }],
  ['preferred', { prefer: names(200_000) }],
  ['wished', { wish: { resources: names(200_000) } }],
])('too many %s are refused at once', (_name, fields) => {
  const before = performance.now();
  const parsed = parseCase({ range, service: halfHour, resources: [{ id: 'anna' }], ...fields });
  expect(parsed.ok).toBe(false);
  expect(performance.now() - before).toBeLessThan(2_000);
});

test('more ways to carry a service out than could be counted one by one are refused at once', () => {
  const resources = names(1_000).map((id) => ({ id }));
  const durationMinutesOf = Object.fromEntries(names(1_000).map((id, index) => [id, index + 1]));
  const before = performance.now();
  const service = { keep: 'free', segments: many(24, { durationMinutes: 1, durationMinutesOf }) };
  expect(parseCase({ range, service, resources }).ok).toBe(false);
  expect(performance.now() - before).toBeLessThan(2_000);
});

test('ten thousand sessions are read at once', () => {
  const busy = [{ start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' }];
  const sessions = many(10_000, { start: range.from, resources: ['anna'], taken: 0 });
  const before = performance.now();
  const service = { ...halfHour, seats: 2 };
  expect(parseCase({ range, service, resources: [{ id: 'anna', busy }], sessions }).ok).toBe(true);
  expect(performance.now() - before).toBeLessThan(2_000);
});

test('names of the prototype are names like any other', () => {
  const text = `{"range":${JSON.stringify(range)},"prefer":["__proto__","constructor"],
    "schedules":{"__proto__":{"weekly":[{"days":["tu"],"from":"09:00","to":"10:00"}]}},
    "resources":[{"id":"__proto__","kind":"__proto__","within":["__proto__"],"skills":["toString"]}],
    "service":{"durationMinutes":60,"durationMinutesOf":{"__proto__":30},"assign":{"__proto__":1},
      "skills":{"__proto__":["toString"]},"stepMinutes":60}}`;
  const parsed = parseCase(text);
  expect(parsed.ok && JSON.stringify(answerCase(parsed.case))).toBe(
    '{"slots":[{"start":"2026-11-24T09:00:00.000Z","end":"2026-11-24T09:30:00.000Z","resources":["__proto__"],' +
      '"preferred":true}],"preference":{"__proto__":"free","constructor":"unknown"}}',
  );
});

test.each([
  ['brackets', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
])('deeply nested %s are refused, not overflown by', (_name, nested) => {
  expect(parseCase(nested).ok).toBe(false);
  expect(parseCase(caseText(nested)).ok).toBe(false);
});

test('a field of the prototype changes nothing and is refused', () => {
  for (const text of [
    '{"__proto__":{"polluted":1}}',
    caseText('[{"__proto__":{"start":1}}]'),
    caseText('{"__proto__":[]}'),
  ]) {
    expect(parseCase(text).ok).toBe(false);
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('whatever JSON comes, the parser answers and does not throw', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseCase(text).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseCase(text).ok).toBe(false);
    }),
  );
});

test('thousands of faults are answered with the first few', () => {
  const parsed = parseCase(caseText(`[${Array.from({ length: 5_000 }, () => '{}').join()}]`));
  expect(parsed.ok || parsed.errors.length).toBeLessThanOrEqual(20);
});

const space = fc.constantFrom('', ' ', '\n  ', '\t', '\r\n');
const kind = fc.constantFrom('', '', '"kind":"appointment"', '"kind" : "café ☕"', '"kind":"external"');
const packable = fc
  .tuple(fc.nat(1e9), fc.nat(1e6), fc.nat(2), space, space, kind)
  .map(([start, length, turned, a, b, word]) => {
    const fields = [`"start"${a}:${b}"${iso(start)}"`, `"end":${a}"${iso(start + length)}"`];
    if (word !== '') fields.push(word);
    const rotated = [...fields.slice(turned), ...fields.slice(0, turned)];
    return `${a}{${b}${rotated.join(`${b},${a}`)}${a}}${b}`;
  });
const anything = fc.oneof(
  { weight: 9, arbitrary: packable },
  fc.constantFrom(
    '{}',
    'null',
    '{"start":"2026-11-24T10:00:00Z"}',
    '{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T09:00:00Z"}',
    '{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z","end":"2026-11-24T12:00:00Z"}',
    '{"start":"2026-11-24T10:00:00Z","end":"never"}',
    '{"start":"2026-11-24T10:00:00\\u005a","end":"2026-11-24T11:00:00Z"}',
    '{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z","kind":""}',
    '{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z","kind":7}',
    '{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z","kind":"a\\"b"}',
    '{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z","kind":"a\tb"}',
    `{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z","kind":"${'x'.repeat(200)}"}`,
    `{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z","kind":"${'x'.repeat(201)}"}`,
    '{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z","kind":"a","kind":"b"}',
    '{"start":"a\\","start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z"}',
    '"busy":[',
    ']',
  ),
);

/** The reader's answer to a text that is, or is not, read ahead for busy lists. */
function read(text: string): unknown {
  const parsed = parseCase(text);
  if (!parsed.ok) return parsed.errors.map(({ path }) => path);
  const { busy, busyKinds } = parsed.case.resources[0] ?? {};
  return [answerCase(parsed.case), busy, busyKinds];
}

test('busy lists that are read ahead are read as they would be otherwise', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 6 }), space, (elements, gap) => {
      const text = caseText(`${gap}[${elements.join()}]${gap}`);
      // Blanks make the text long enough to be read ahead.
      expect(read(text + ' '.repeat(1 << 18))).toEqual(read(text));
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('a list that is read ahead leaves a name that the text does not have', () => {
  const list = '[{"start":"2026-11-24T10:00:00Z","end":"2026-11-24T11:00:00Z"}]';
  const { text, lists } = packBusy(`{"busy":${list},"note":"busy-list-0"}`, 0);
  expect([...lists.keys()]).toEqual(['busy-list--0']);
  expect(JSON.parse(text)).toEqual({ busy: 'busy-list--0', note: 'busy-list-0' });
});

test('the name of a list is no way to give one', () => {
  expect(read(caseText('"busy-list-0"') + ' '.repeat(1 << 18))).toEqual(['resources[0].busy']);
});

test('a range with room for more picks than fit into memory is refused with the limit', () => {
  const resources = names(1_000).map((id) => ({ id, weekly: [{ days: ['mo'], from: '09:00', to: '17:00' }] }));
  const year = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
  const service = { durationMinutes: 5, stepMinutes: 5, assign: 'all' };
  const parsed = parseCase({ range: year, service, resources });
  expect(parsed.ok ? [] : parsed.errors).toMatchObject([{ path: 'range' }]);
  expect(parseCase({ range: year, service: { ...service, assign: 'any' }, resources }).ok).toBe(true);
  expect(parseCase({ range: year, service, resources, ask: { next: 3 } }).ok).toBe(true);
});
