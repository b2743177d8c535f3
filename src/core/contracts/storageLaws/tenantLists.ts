import { demandEqual } from '../law.ts';
import type { Storage } from '../storage.ts';
import { at } from './minutes.ts';
import type { Shop } from './shop.ts';
import type { Proofs } from './tenantProof.ts';

/** One proof for each list of the contract. */
export const listTenancy: Pick<
  Proofs<Storage>,
  'holds' | 'holdsOf' | 'appointments' | 'agenda' | 'customers' | 'findCustomers' | 'calls'
> = {
  holds: async (scene, mine, other) => {
    const hold = mine.hold([mine.span(0, 30)]);
    await scene.commit(mine, mine.holding(hold));
    demandEqual(await scene.storage.holds(other.id, { limit: 9 }), [], 'holds of the other');
    const twin = { ...hold, companyId: other.id };
    await scene.commit(other, other.holding(twin));
    demandEqual(await scene.storage.holds(mine.id, { limit: 9 }), [hold], 'holds of the first');
    demandEqual(await scene.storage.holds(other.id, { limit: 9 }), [twin], 'holds of the other, when there are some');
  },

  holdsOf: async (scene, mine, other) => {
    const hold = mine.hold([mine.span(0, 30)]);
    await scene.commit(mine, mine.holding(hold));
    demandEqual(await scene.storage.holdsOf(other.id, hold.owner), [], 'holds of the other');
    const twin = { ...hold, companyId: other.id };
    await scene.commit(other, other.holding(twin));
    demandEqual(await scene.storage.holdsOf(mine.id, hold.owner), [hold], 'holds of the first');
  },

  appointments: async (scene, mine, other) => {
    const customerId = scene.id<NonNullable<Awaited<ReturnType<Storage['customer']>>>['id']>();
    const row = await scene.book(mine, [mine.span(0, 30)], { customerId });
    const twin = await scene.book(other, row.spans, { ...row, companyId: other.id, notes: 'other' });
    const { branchId } = row;
    for (const filter of [
      {},
      { branchId },
      { customerId },
      { resourceId: mine.anna },
      { sort: 'created' },
      { sort: '-updated', updatedFromMs: 0 },
      { fromMs: at(0), toMs: at(1) },
    ] as const) {
      const what = `with ${Object.keys(filter).join()}`;
      demandEqual(await scene.storage.appointments(mine.id, { ...filter, limit: 9 }), [row], `of the first ${what}`);
      demandEqual(await scene.storage.appointments(other.id, { ...filter, limit: 9 }), [twin], `of the other ${what}`);
    }
  },

  agenda: async (scene, mine, other) => {
    const row = await scene.book(mine, [mine.span(0, 30)]);
    const query = { branchId: row.branchId, fromMs: at(0), toMs: at(60), limit: 9 };
    const ids = async (shop: Shop) => (await scene.storage.agenda(shop.id, query)).map(({ id }) => id);
    demandEqual(await ids(other), [], 'agenda of the other');
    const twin = await scene.book(other, row.spans, { branchId: row.branchId });
    demandEqual([await ids(mine), await ids(other)], [[row.id], [twin.id]], 'agendas of both');
  },

  customers: async (scene, mine, other) => {
    const customer = await scene.customer(mine);
    demandEqual(await scene.storage.customers(other.id, { limit: 9 }), [], 'customers of the other');
    const twin = await scene.customer(other);
    demandEqual(await scene.storage.customers(mine.id, { limit: 9 }), [customer], 'customers of the first');
    demandEqual(
      await scene.storage.customers(other.id, { limit: 9 }),
      [twin],
      'customers of the other, when there is one',
    );
  },

  findCustomers: async (scene, mine, other) => {
    const customer = await scene.customer(mine, { name: 'Anna', phone: '+4930111' });
    for (const search of [
      { by: 'name', prefix: 'a', limit: 9 },
      { by: 'phone', prefix: '+49', limit: 9 },
    ] as const)
      demandEqual(await scene.storage.findCustomers(other.id, search), [], `of the other by ${search.by}`);
    const twin = await scene.customer(other, { id: customer.id, name: 'Anna', phone: '+4930111' });
    for (const search of [
      { by: 'name', prefix: 'a', limit: 9 },
      { by: 'phone', prefix: '+49', limit: 9 },
    ] as const) {
      demandEqual(await scene.storage.findCustomers(mine.id, search), [customer], `of the first by ${search.by}`);
      demandEqual(await scene.storage.findCustomers(other.id, search), [twin], `its twin by ${search.by}`);
    }
  },

  calls: async (scene, mine, other) => {
    const call = mine.call({ from: '+491' });
    await scene.storage.saveCall(mine.id, call, 0);
    const ids = async (shop: Shop, caller?: string) =>
      (await scene.storage.calls(shop.id, { caller, limit: 9 })).map(({ companyId }) => companyId);
    demandEqual([await ids(other), await ids(other, '+491')], [[], []], 'calls of the other');
    await scene.storage.saveCall(other.id, other.call({ id: call.id, providerCallId: 'call-2', from: '+491' }), 0);
    for (const caller of [undefined, '+491'])
      demandEqual(
        [await ids(mine, caller), await ids(other, caller)],
        [[mine.id], [other.id]],
        'companies of the calls',
      );
  },
};
