import { expect, test } from 'vitest';
import { EngineError, faults, type FaultCode } from './errors.ts';

const rows = Object.entries(faults) as [FaultCode, (typeof faults)[FaultCode]][];

test('a fault is an error that tells its code, what happened here, what to do, and why', () => {
  const cause = new Error('SQLITE_BUSY');
  const fault = new EngineError('STORAGE_BUSY', 'askpro.db stayed locked for 5 s.', cause);
  expect(fault).toBeInstanceOf(Error);
  expect(fault).toMatchObject({ name: 'EngineError', code: 'STORAGE_BUSY', retryable: true, cause });
  expect(fault.message).toBe(`STORAGE_BUSY: askpro.db stayed locked for 5 s. ${faults.STORAGE_BUSY.fix}`);
});

test('a fault without a cause has none', () => {
  expect('cause' in new EngineError('ENGINE_STOPPED', 'It was stopped.')).toBe(false);
});

test.each(rows)('%s says in whole sentences what happened and what to do', (code, { meaning, fix, retryable }) => {
  expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)+$/);
  for (const sentence of [meaning, fix]) expect(sentence).toMatch(/^[A-Z].{5,160}[.]$/);
  expect(new EngineError(code, 'Here.').retryable).toBe(retryable);
});
