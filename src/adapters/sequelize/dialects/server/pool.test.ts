import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { EngineError } from '../../../../adapter.ts';
import { beyondBudget } from './budget.ts';
import { poolSettings, serverPool } from './pool.ts';
import type { ConnectionPool } from './pool.ts';
import { tlsSettings } from './tls.ts';

const refuse = (field: string, demand: string): never => {
  throw new EngineError('OPTION_INVALID', `${field} must be ${demand}.`);
};
const settings = (given?: number | ConnectionPool) => poolSettings(given, 10_000, refuse);

test('an embedded engine opens few connections, a server as many as its preset says', () => {
  expect(settings()).toMatchObject({ min: 0, max: 20, idleMs: 60_000, acquireMs: 10_000 });
  expect(settings(5)).toMatchObject({ min: 0, max: 5 });
  expect(settings(serverPool)).toMatchObject({ min: 10, max: 200, idleMs: 300_000, acquireMs: 10_000 });
});

test.each([
  [0, 'connections must'],
  [1.5, 'connections must'],
  ['20', 'connections must'],
  [null, 'connections must'],
  [{ max: 0 }, 'connections.max'],
  [{ max: 5, min: 6 }, 'connections.min'],
  [{ min: -1 }, 'connections.min'],
  [{ idleMs: 0 }, 'connections.idleMs'],
  [{ idleMs: Number.NaN }, 'connections.idleMs'],
  [{ acquireMs: Infinity }, 'connections.acquireMs'],
  [{ preparedStatements: -1 }, 'connections.preparedStatements'],
  [{ processes: 0 }, 'connections.processes'],
])('%j is refused, and the message names %s', (given, named) => {
  expect(() => settings(given as ConnectionPool)).toThrow(named);
});

test('what a server can hold is not told of; what is beyond is, with what would be right', () => {
  const limits = { connections: 151, preparedStatements: 16_382 };
  expect(beyondBudget('db', settings({ max: 100, processes: 1 }), limits)).toEqual([]);
  expect(beyondBudget('db', settings(serverPool), { connections: 200, preparedStatements: 16_382 })).toEqual([]);
  expect(beyondBudget('db', settings({ ...serverPool, processes: 12 }), limits)).toEqual([
    expect.stringMatching(/151 connections.*12 processes with 200 .*2,400.*max_connections.*connections.max to 12/),
    expect.stringMatching(/16,382 prepared.*192,000.*max_prepared_stmt_count.*preparedStatements to 6/),
  ]);
  expect(beyondBudget('db', settings(serverPool), { connections: 500, preparedStatements: null })).toEqual([]);
});

const [ca = ''] = rootCertificates;
const tls = (given: unknown, address = '') =>
  tlsSettings(given as Parameters<typeof tlsSettings>[0], new URLSearchParams(address), refuse);

test('encryption is asked for by option or address, and the option counts first', () => {
  expect(tls(undefined)).toBeUndefined();
  expect(tls(undefined, 'sslmode=disable')).toBeUndefined();
  expect(tls(undefined, 'sslmode=verify-full')).toEqual({});
  expect(tls(undefined, 'ssl=true')).toEqual({});
  expect(tls(true)).toEqual({});
  expect(tls(false, 'ssl=true')).toBeUndefined();
  expect(tls({ ca }, 'sslmode=verify-full')).toEqual({ ca });
});

test.each([
  ['yes', '', 'tls must'],
  [{ ca: 5 }, '', 'tls.ca'],
  [{ ca: [] }, '', 'tls.ca'],
  [{ cert: ca }, '', 'both cert and key'],
  [{ servername: '' }, '', 'tls.servername'],
  [{ rejectUnauthorized: 'no' }, '', 'tls.rejectUnauthorized'],
  // Words that mean less elsewhere than they say are not taken for more.
  [undefined, 'sslmode=require', 'this value of sslmode'],
  [undefined, 'sslmode=prefer', 'verify-full'],
  [undefined, 'ssl-mode=REQUIRED', 'ssl-mode'],
])('%j with the address ?%s is refused: %s', (given, address, named) => {
  expect(() => tls(given, address)).toThrow(named);
});
