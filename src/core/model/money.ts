/** An amount in the currency's smallest unit: `{ amountMinor: 4500, currency: 'EUR' }` is 45 euros. */
export interface Money {
  /** Integer count of minor units (ISO 4217). */
  readonly amountMinor: number;
  /** ISO 4217 code in capitals. */
  readonly currency: string;
}

/** Whether the value is money this engine can carry: a safe integer, and a three-letter currency. */
export const isMoney = (value: Money): boolean =>
  Number.isSafeInteger(value.amountMinor) && /^[A-Z]{3}$/.test(value.currency);

/** Adds two amounts of one currency; throws a RangeError when the currencies differ or the sum is no safe integer. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${b.currency} to ${a.currency}`);
  const amountMinor = a.amountMinor + b.amountMinor;
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`${amountMinor} ${a.currency} is beyond exact integers`);
  return { amountMinor, currency: a.currency };
}
