import type { Sequelize } from 'sequelize';
import { expect, test } from 'vitest';
import { usualPace } from '../../migrationTurn.ts';
import { MigrationLease } from './migrationLease.ts';

/** As PostgreSQL answers who comes second; Sequelize does not know it as a refusal by a key. */
const typeExists = Object.assign(new Error('type "schema_lock" already exists'), { name: 'SequelizeDatabaseError' });

type Says = 'CREATE' | 'INSERT' | 'SELECT' | 'UPDATE';

/** A server that answers as it is told. */
function leaseOn(answers: Partial<Record<Says, () => unknown>>) {
  const asked: string[] = [];
  const query = (sql: string): Promise<unknown> => {
    const says = sql.split(' ', 1)[0] as Says;
    asked.push(says);
    return Promise.resolve().then(answers[says] ?? (() => [[], 1]));
  };
  const sequelize = { query } as unknown as Sequelize;
  const lease = new MigrationLease({ sequelize, name: 'it', nowMs: '0', isContended: () => false }, usualPace);
  return { asked, done: lease.during(() => Promise.resolve('done')) };
}

const fails = (error: Error) => (): never => {
  throw error;
};

test('who made the lock at the same moment and came second goes on, whatever the server calls that', async () => {
  const { asked, done } = leaseOn({ CREATE: fails(typeExists), SELECT: () => [[{ beat: 0 }], 1] });
  expect(await done).toBe('done');
  expect(asked).toEqual(['CREATE', 'INSERT', 'SELECT', 'UPDATE', 'UPDATE']);
});

test('the same where it is the row that another one was about to make', async () => {
  const refused = Object.assign(new Error('duplicate'), { name: 'SequelizeUniqueConstraintError' });
  const { done } = leaseOn({ INSERT: fails(refused), SELECT: () => [[{ beat: 0 }], 1] });
  expect(await done).toBe('done');
});

test.each([
  ['there is no such row', (): unknown => [[], 0]],
  ['there is no such table', fails(new Error('no table'))],
])('control: where %s after all, the first error comes out', async (_, SELECT) => {
  const { asked, done } = leaseOn({ CREATE: fails(typeExists), INSERT: fails(new Error('no table')), SELECT });
  await expect(done).rejects.toBe(typeExists);
  expect(asked).not.toContain('UPDATE');
});

test('nobody looks where both could be made', async () => {
  const { asked, done } = leaseOn({});
  await done;
  expect(asked).not.toContain('SELECT');
});
