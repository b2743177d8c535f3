import { expect, test } from 'vitest';
import { mariadbPositions, postgresPositions } from './positions.ts';

test.each([
  ['0-1-42', '0-1-42', true],
  // Another server's number is another line of history, higher or not.
  ['0-1-43', '0-2-42', false],
  ['0-2-43', '0-1-42', false],
  ['0-1-9', '0-1-10', false],
  // Numbers beyond what a double holds.
  ['0-1-9007199254740992', '0-1-9007199254740993', false],
  ['0-1-42,1-1-7', '0-1-42,1-1-7', true],
  ['0-1-42', '0-1-42,1-1-7', false],
  ['1-1-99', '0-1-1', false],
  ['', '0-1-1', false],
  // A primary that tells no position, such as one without a binary log, may have written anything.
  ['', '', false],
  ['0-1-42', '', false],
])('on MariaDB, who has applied "%s" has all of "%s": %s', (applied, wanted, expected) => {
  expect(mariadbPositions.covers(applied, wanted)).toBe(expected);
});

test.each([
  ['7 1 0/3000060', '7 1 0/3000060', true],
  ['7 1 0/3000061', '7 1 0/3000060', true],
  ['7 1 0/300005F', '7 1 0/3000060', false],
  ['7 1 1/0', '7 1 0/FFFFFFFF', true],
  ['7 1 0/FFFFFFFF', '7 1 10/0', false],
  ['7 1f 1/0', '7 1F 1/0', true],
  // The log of another cluster or timeline tells nothing, and neither does a server that was promoted.
  ['8 1 9/0', '7 1 0/3000060', false],
  ['7 1 9/0', '7 2 0/3000060', false],
  ['7 2 9/0', '7 1 0/3000060', false],
  ['', '7 1 0/3000060', false],
])('on PostgreSQL, who has applied "%s" has all of "%s": %s', (applied, wanted, expected) => {
  expect(postgresPositions.covers(applied, wanted)).toBe(expected);
});
