import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMoney, isMoney } from './money.ts';

const euros = (amountMinor: number): { amountMinor: number; currency: string } => ({ amountMinor, currency: 'EUR' });

test('money is a whole, exact count of minor units and three capitals', () => {
  expect(isMoney(euros(4500))).toBe(true);
  expect(isMoney(euros(0))).toBe(true);
  for (const amountMinor of [0.5, NaN, Infinity, 2 ** 53]) expect(isMoney(euros(amountMinor))).toBe(false);
  for (const currency of ['', 'eur', 'EURO', 'E1R', 'EUR\n', '€'])
    expect(isMoney({ amountMinor: 1, currency })).toBe(false);
});

test('sums are exact, commutative and in the same currency', () => {
  const amount = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });
  fc.assert(
    fc.property(amount, amount, amount, (a, b, c) => {
      expect(addMoney(euros(a), euros(b))).toEqual(addMoney(euros(b), euros(a)));
      expect(addMoney(addMoney(euros(a), euros(b)), euros(c))).toEqual(
        addMoney(euros(a), addMoney(euros(b), euros(c))),
      );
      expect(addMoney(euros(a), euros(b)).amountMinor).toBe(a + b);
    }),
  );
});

test('two currencies, and sums beyond exact integers, are thrown back', () => {
  expect(() => addMoney(euros(1), { amountMinor: 1, currency: 'USD' })).toThrow(RangeError);
  expect(() => addMoney(euros(Number.MAX_SAFE_INTEGER), euros(1))).toThrow(RangeError);
});
