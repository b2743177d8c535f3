import type { Customer } from '../question.ts';
import { present, readFields, within, type Reading } from './fields.ts';
import { readBusy } from './intervals.ts';
import { readLimits } from './limits.ts';

/** The fields of a customer. */
export const CUSTOMER_FIELDS = ['limits', 'busy'] as const;

/** Reads who the appointment is for; undefined when it is absent. */
export function readCustomer(reading: Reading, value: unknown): Customer | undefined {
  if (value === undefined) return undefined;
  const path = 'customer';
  const fields = readFields(reading, value, path, CUSTOMER_FIELDS);
  if (fields === undefined) return undefined;
  const limits = readLimits(reading, fields.get('limits'), within(path, 'limits'));
  const busy = fields.has('busy') ? readBusy(reading, fields.get('busy'), within(path, 'busy')).pairs : undefined;
  return present({ limits, busy });
}
