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
function manyBusy(count: number): string {
  const first = Date.UTC(2020, 0, 1);
  const [startText, endText] = [utcFormat(), utcFormat()];
  const parts = Array.from({ length: count }, (_, index) => {
    const start = first + index * 600_000;
    return `{"start":"${startText(start)}","end":"${endText(start + 300_000)}"}`;
  });
  return caseText(`[${parts.join()}]`);
}

/** Reads standard input with `program` in a process of its own; what that cost it. */
function costOf(program: string, stdinPath: string): { readonly userMs: number; readonly peakMiB: number } {
  const stdin = openSync(stdinPath, 'r');
  try {
    const script = `
      import { readFileSync } from 'node:fs';
      const { answerCase, parseCase } = await import(${JSON.stringify(entry)});
      const text = readFileSync(0, 'utf8');
      const before = process.cpuUsage();
      const result = ${program};
      const userMs = process.cpuUsage(before).user / 1_000;
      console.log(JSON.stringify({ result, userMs, peakMiB: process.resourceUsage().maxRSS / 1_024 }));
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

test('a million busy intervals are answered in no more time than JSON.parse takes twice, and in 256 MiB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-slots-'));
  try {
    const path = join(folder, 'case.json');
    writeFileSync(path, manyBusy(1_000_000));
    const ours = costOf('JSON.stringify(answerCase(parseCase(text).case))', path);
    const floor = costOf(`(JSON.parse(text), '{"slots":[]}')`, path);
    // Compared within one run and in time of the processor: the tests share their machine.
    expect(ours.userMs).toBeLessThan(2 * floor.userMs);
    expect(ours.peakMiB).toBeLessThan(256);
    // The control: as objects and strings, the intervals do not fit.
    expect(floor.peakMiB).toBeGreaterThan(256);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

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
const packable = fc.tuple(fc.nat(1e9), fc.nat(1e6), fc.boolean(), space, space).map(([start, length, turned, a, b]) => {
  const fields = [`"start"${a}:${b}"${iso(start)}"`, `"end":${a}"${iso(start + length)}"`];
  return `${a}{${b}${(turned ? fields.reverse() : fields).join(`${b},${a}`)}${a}}${b}`;
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
    '"busy":[',
    ']',
  ),
);

/** The reader's answer to a text that is, or is not, read ahead for busy lists. */
function read(text: string): unknown {
  const parsed = parseCase(text);
  return parsed.ok ? answerCase(parsed.case) : parsed.errors.map(({ path }) => path);
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
