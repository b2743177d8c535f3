import type { Appointment, CompanyDefinition, PolicyRules } from '../../src/index.ts';
import { bench, granted, salon, type Bench } from './salon.ts';

/** A time of a date in Berlin. */
export const on = (time: string, date = '2026-11-24'): string => `${date}T${time}:00+01:00`;
/** Somebody whom appointments are for. */
export const CALLER = { phone: '+4930123', name: 'Clara' };
/** Hundredths of a euro. */
export const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

/** A salon with policies at its four levels. */
export async function openWith(
  levels: {
    readonly company?: PolicyRules;
    readonly branch?: PolicyRules;
    readonly service?: PolicyRules;
    readonly anna?: PolicyRules;
    readonly ben?: PolicyRules;
  } = {},
): Promise<Bench> {
  const plain = salon();
  const [branch, [anna, ben], [cut]] = [plain.branches[0], plain.resources ?? [], plain.services ?? []];
  const company: CompanyDefinition = {
    ...plain,
    policies: levels.company ?? {},
    branches: branch === undefined ? [] : [{ ...branch, policies: levels.branch ?? {} }],
    resources: [
      { ...anna, key: 'anna', name: 'Anna', policies: levels.anna ?? {} },
      { ...ben, key: 'ben', name: 'Ben', policies: levels.ben ?? {} },
      { key: 'chair', name: 'Chair', kind: 'equipment', schedule: 'week' },
    ],
    services: [
      { ...cut, key: 'cut', name: 'Cut', price: EUR(4500), durationMinutes: 60, policies: levels.service ?? {} },
      { key: 'both', name: 'Both', durationMinutes: 60, assign: 'all', resources: ['anna', 'ben'], price: EUR(8001) },
      { key: 'free', name: 'Free', durationMinutes: 30 },
    ],
  };
  return bench({ companies: [company] });
}

/** Books for {@link CALLER}. */
export const book = async (bench: Bench, start: string, service = 'cut', resource?: string): Promise<Appointment> => {
  const wish = { service, start, ...(resource === undefined ? {} : { resource }) };
  return granted(await bench.door.book(wish, { customer: CALLER })).appointment;
};
