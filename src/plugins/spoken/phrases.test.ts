import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSpoken, type SpokenOptions, type SpokenReading } from './index.ts';

interface Row {
  readonly now: string;
  readonly phrase: string;
  readonly means: string;
  readonly told: string;
}

/** The rows of a table: phrase | local start, or range, or question | told back. */
function rowsOf(name: string): { readonly timeZone: string; readonly rows: readonly Row[] } {
  let [timeZone, now] = ['', ''];
  const rows: Row[] = [];
  for (const line of readFileSync(join(import.meta.dirname, 'tables', name), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const heading = /^(zone|now) (\S+)$/.exec(line);
    if (heading?.[1] === 'zone') timeZone = heading[2] ?? '';
    else if (heading?.[1] === 'now') now = heading[2] ?? '';
    else {
      const [phrase = '', means = '', told = ''] = line.split('|').map((cell) => cell.trim());
      rows.push({ now, phrase, means, told });
    }
  }
  return { timeZone, rows };
}

const minute = (iso: string): string => iso.slice(0, 16);
const meant = (reading: SpokenReading): string => {
  if (!reading.ok) return `? ${reading.question.code}`;
  return reading.start === undefined
    ? `${minute(reading.from)} .. ${minute(reading.to ?? '')}`.trim()
    : minute(reading.start);
};
const told = (reading: SpokenReading): string => (reading.ok ? reading.echo : reading.question.text);

/** `halb drei` of a night that shows it twice, counted from now as its second. */
const saidTwice = new Set(['in vier Stunden', 'in three hours']);

describe.each([
  ['german.txt', 'de'],
  ['english.txt', 'en'],
] as const)('%s', (name, language) => {
  const { timeZone, rows } = rowsOf(name);
  const options = (now: string): SpokenOptions => ({ now, timeZone, language });

  test('has at least 150 phrases, and at least 40 at each of five awkward moments', () => {
    expect(new Set(rows.map(({ phrase }) => phrase)).size).toBeGreaterThanOrEqual(150);
    const byNow = Map.groupBy(rows, ({ now }) => now);
    expect(byNow.size).toBe(5);
    for (const group of byNow.values()) expect(group.length).toBeGreaterThanOrEqual(40);
  });

  test.each(rows)('$now: $phrase', ({ now, phrase, means, told: words }) => {
    const reading = readSpoken(phrase, options(now));
    expect(told(reading)).toBe(words);
    expect(meant(reading)).toBe(means);
    if (!reading.ok) {
      // What is offered is read as just that when the caller says it.
      for (const { text, ...time } of reading.question.options ?? [])
        expect(readSpoken(text, options(now))).toEqual({ ok: true, echo: text, ...time });
    } else if (!saidTwice.has(phrase)) expect(readSpoken(reading.echo, options(now))).toEqual(reading);
  });
});
