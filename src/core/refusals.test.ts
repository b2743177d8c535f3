import { expect, test } from 'vitest';
import { refusals, refuse, type RefusalCode } from './refusals.ts';

const rows = Object.entries(refusals) as [RefusalCode, (typeof refusals)[RefusalCode]][];

test('a refusal is a value with its code and data', () => {
  expect(refuse('NUMBER_UNKNOWN', { number: '+49301234567' })).toEqual({
    ok: false,
    refusal: { code: 'NUMBER_UNKNOWN', number: '+49301234567' },
  });
  expect(refuse('HOLD_EXPIRED', {})).toEqual({ ok: false, refusal: { code: 'HOLD_EXPIRED' } });
});

test('data cannot change the code of a refusal', () => {
  const data = { number: '1', code: 'NOT_OWNER' };
  expect(refuse('NUMBER_UNKNOWN', data).refusal.code).toBe('NUMBER_UNKNOWN');
});

test.each(rows)('%s says in whole sentences what happened and what to do', (code, { meaning, fix }) => {
  expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)+$/);
  for (const sentence of [meaning, fix]) expect(sentence).toMatch(/^[A-Z].{5,160}[.]$/);
});

test.each(rows)('%s has the HTTP status of its kind', (code, { status }) => {
  // What is not there is 404, what cannot be read 400; everything else is a conflict with the state of the company.
  const expected = /_UNKNOWN$|^NUMBER_INACTIVE$/.test(code)
    ? 404
    : /_INVALID$/.test(code)
      ? 400
      : (({ NOT_OWNER: 403, KEY_REUSED: 422 } as Partial<Record<RefusalCode, number>>)[code] ?? 409);
  expect(status).toBe(expected);
});
