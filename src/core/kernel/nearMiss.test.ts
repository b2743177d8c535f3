import { expect, test } from 'vitest';
import { nearMiss } from './nearMiss.ts';

const known = ['askpro/clock', 'askpro/documents', 'acme/waitlist'];

test.each([
  ['a typing error', 'askpro/documnets', 'askpro/documents'],
  ['other capitals', 'askpro/Clock', 'askpro/clock'],
  ['another owner of the same word', 'askpro/waitlist', 'acme/waitlist'],
])('%s finds what was meant', (_, wanted, meant) => {
  expect(nearMiss(wanted, known)).toBe(meant);
});

test('nothing near is no guess', () => {
  expect(nearMiss('askpro/telephony', known)).toBeUndefined();
  expect(nearMiss('askpro/clock', [])).toBeUndefined();
});

test('the nearest of several is meant', () => {
  expect(nearMiss('askpro/rulez', ['askpro/roles', 'askpro/rules'])).toBe('askpro/rules');
});
