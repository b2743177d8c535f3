import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { withoutValues } from './withoutValues.ts';

const driverError = (): Error =>
  Object.assign(new Error('too long'), {
    code: '22001',
    sql: "INSERT INTO customers (company_id, name) VALUES (X'01', 'Anna', '+4930')",
    detail: 'Key (phone)=(+4930) already exists.',
  });

const wrapped = (): Error => {
  const original = driverError();
  const told = { original, parent: original, sql: 'SELECT 1 WHERE name = $1', parameters: ['Anna'] };
  return Object.assign(new Error('refused', { cause: new AggregateError([driverError()], 'all') }), told);
};

test('an error keeps what it says, and loses the values, wherever in its causes they stand', () => {
  const error = wrapped();
  expect(inspect(error, { depth: 9 })).toMatch(/Anna[^]*\+4930/);
  expect(withoutValues(error)).toBe(error);
  const told = inspect(error, { depth: 9, showHidden: true });
  expect(told).not.toMatch(/Anna|4930/);
  expect(told).toContain('INSERT INTO customers (company_id, name) VALUES (X');
  expect(told).toMatch(/refused[^]*too long[^]*22001/);
});

test('an error that names itself, and something that is no error, end it as well', () => {
  const loop: Error & { original?: Error } = new Error('loop');
  loop.original = loop;
  expect(withoutValues(loop)).toBe(loop);
  expect(withoutValues('text')).toBe('text');
  expect(withoutValues(undefined)).toBe(undefined);
});
