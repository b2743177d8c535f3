import { expect, test } from 'vitest';
import { idBytes } from './ids.ts';
import { uuidV7Source } from '../../adapter.ts';
import { firstIdOf, partOf, yearOf, yearsFrom } from './years.ts';

test('the least id of a year is the bound between its ids and those of the year before', () => {
  const idAt = uuidV7Source((bytes) => crypto.getRandomValues(bytes));
  for (const year of [1971, 2025, 2026, 2027, 2100]) {
    const bound = Buffer.from(firstIdOf(year), 'hex');
    const [last, first] = [Date.UTC(year, 0, 1) - 1, Date.UTC(year, 0, 1)];
    expect(bound).toHaveLength(16);
    expect(Buffer.compare(idBytes(uuidV7Source((bytes) => bytes.fill(255))(last)), bound)).toBe(-1);
    expect(Buffer.compare(idBytes(uuidV7Source((bytes) => bytes.fill(0))(first)), bound)).toBe(1);
    expect(Buffer.compare(idBytes(idAt(first)), bound)).toBe(1);
  }
});

test('a part tells its year by its name', () => {
  expect(yearsFrom(2026, 2028).map((year) => yearOf(partOf(year)))).toEqual([2026, 2027, 2028]);
  expect(yearsFrom(2026, 2025)).toEqual([]);
  expect(['earlier', 'later', 'y20260'].map(yearOf)).toEqual([null, null, null]);
});
