import { expect } from 'vitest';
import { migrate } from '../../src/adapters/sequelize/index.ts';
import type { Call, Customer, ResourceId, StorageFactory } from '../../src/adapter.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from './sample.ts';

/**
 * Takes the columns by which lists find their rows away, as a database of an earlier version lacks them, and brings them
 * back: what was stored must be found again.
 */
export async function expectListsToBeFilled(factory: StorageFactory): Promise<void> {
  const config = sampleCompany(3);
  const company = config.company.id;
  const ids = config.resources.map(({ id }) => id);
  const [one = newId<ResourceId>(), two = one, three = one] = ids;
  const alone = sampleAppointment(config, two, mondayMs);
  const together = { ...sampleAppointment(config, one, mondayMs + minutes(60)), resourceIds: [one, two, three, two] };
  const customer: Customer = {
    id: newId(),
    companyId: company,
    phone: null,
    name: "Jürgen O'Neill",
    email: null,
    locale: null,
    noShows: 0,
  };
  const blank = { branchId: null, customerId: null, appointmentId: null, endedMs: null, outcome: null, summary: null };
  const call: Call = {
    ...blank,
    id: newId(),
    companyId: company,
    provider: 'acme',
    providerCallId: company,
    from: null,
    to: null,
    status: 'inbound',
    startedMs: null,
    transcript: null,
    offers: {},
    version: 1,
    updatedMs: mondayMs,
  };
  const withStorage = async (work: (storage: Awaited<ReturnType<StorageFactory['create']>>) => Promise<void>) => {
    const storage = await factory.create({});
    await storage.start();
    await work(storage).finally(() => storage.stop());
  };
  await migrate(factory, 'up');
  await withStorage(async (storage) => {
    for (const row of [alone, together]) await storage.write(company, bookingOf(row, { customers: [customer] }));
    await storage.saveCall(company, call, 0);
  });
  while ((await migrate(factory, 'status')).applied.includes('0004-lists')) await migrate(factory, 'down');
  await migrate(factory, 'up');
  await withStorage(async (storage) => {
    const of = async (resourceId: ResourceId): Promise<readonly string[]> =>
      (await storage.appointments(company, { resourceId, limit: 9 })).map(({ id }) => id);
    expect([await of(one), await of(two), await of(three)]).toEqual([
      [together.id],
      [alone.id, together.id],
      [together.id],
    ]);
    const search = { by: 'name', prefix: "jurgen o'", limit: 9 } as const;
    expect(await storage.findCustomers(company, search)).toEqual([customer]);
    expect(await storage.calls(company, { fromMs: mondayMs, toMs: mondayMs + 1, limit: 9 })).toHaveLength(1);
  });
}
