import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import {
  isFirstStatus,
  mayBecome,
  occupies,
  occupyingStatuses,
  openStatuses,
  statuses,
  type AppointmentStatus,
} from './status.ts';

const src = join(import.meta.dirname, '../..');
const all: readonly AppointmentStatus[] = ['pending', 'confirmed', 'completed', 'cancelled', 'noShow'];

test('every pair of statuses goes as the matrix says', () => {
  // Rows: from. Columns, in the same order: to. Written by hand, so that no change of the table passes unnoticed.
  const matrix = `
    pending    . x . x .
    confirmed  x . x x x
    completed  . . . . x
    cancelled  . . . . .
    noShow     . . x . .`;
  const rows = matrix
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  expect(rows.map(([from]) => from)).toEqual(all);
  for (const [from, ...cells] of rows) {
    cells.forEach((cell, column) => {
      const to = all[column] as AppointmentStatus;
      expect(`${from} → ${to}: ${mayBecome(from as AppointmentStatus, to)}`).toBe(`${from} → ${to}: ${cell === 'x'}`);
    });
  }
});

test('the table knows each status once, and nothing follows a cancellation', () => {
  expect(Object.keys(statuses)).toEqual(all);
  expect(statuses.cancelled.next).toEqual([]);
  for (const { next } of Object.values(statuses)) expect(new Set(next).size).toBe(next.length);
});

test('every status but a cancellation occupies its time', () => {
  expect(occupyingStatuses).toEqual(['pending', 'confirmed', 'completed', 'noShow']);
  for (const status of all) expect(occupies(status)).toBe(status !== 'cancelled');
});

test('what can still be cancelled is open', () => {
  expect(openStatuses).toEqual(['pending', 'confirmed']);
});

test('an appointment begins pending or confirmed, and with nothing else that anyone may send', () => {
  expect([...all, '', 'CONFIRMED', 'toString', '__proto__'].filter(isFirstStatus)).toEqual(['pending', 'confirmed']);
});

/** Files whose code, comments apart, names two statuses close together: a list, a union or a chain of comparisons. */
function relisting(): readonly string[] {
  const name = `['"](?:${all.join('|')})['"]`;
  const list = new RegExp(`(${name})[^;{}]{0,60}?(?!\\1)${name}`, 's');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|Laws[./]/.test(file))
    .filter((file) => {
      const code = readFileSync(join(src, file), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
      return list.test(code);
    })
    .map((file) => relative(src, join(src, file)));
}

test('no other file lists statuses, so no second list can come to disagree', () => {
  // The laws of a contract are tests that happen to be published.
  expect(relisting()).toEqual(['core/model/status.ts']);
});
