import { demandEqual } from '../law.ts';
import type { Storage } from '../storage.ts';
import { at } from './minutes.ts';
import type { Proofs } from './tenantProof.ts';

/** What a company keeps no longer says nothing of another one. */
export const retiredTenancy: Pick<Proofs<Storage, never>, 'retire' | 'idleCustomers'> = {
  retire: async (scene, mine, other) => {
    const call = mine.call({ status: 'analyzed', startedMs: at(0), transcript: 'mine' });
    const row = mine.appointment([mine.span(0, 30), mine.benSpan(0, 30)]);
    for (const shop of [mine, other]) {
      const of = { companyId: shop.id };
      await scene.commit(shop, { ...shop.booking({ ...row, ...of }), events: [] });
      const named = { ...call, ...of, providerCallId: shop.id, appointmentId: row.id };
      await scene.storage.saveCall(shop.id, named, 0);
    }
    const kept = await scene.storage.callById(mine.id, call.id);
    scene.clock.set(at(600));
    const old = { beforeMs: at(600), unchangedSinceMs: at(600), limit: 9 };
    for (const kind of ['appointments', 'transcripts', 'calls'] as const)
      demandEqual((await scene.storage.retire(other.id, { kind, ...old })).taken, 1, `${kind} taken of the other`);
    demandEqual(await scene.storage.appointment(mine.id, row.id), row, 'appointment of the first');
    demandEqual(await scene.storage.callById(mine.id, call.id), kept, 'call of the first');
    demandEqual((await scene.storage.ownedRows(mine.id, row.id)).spans.length, 2, 'spans of the first');
    const query = { resourceId: mine.ben, limit: 9 };
    demandEqual((await scene.storage.appointments(mine.id, query)).length, 1, 'appointments of its second resource');
  },

  idleCustomers: async (scene, mine, other) => {
    const customer = await scene.customer(mine, { phone: '+4930111' });
    const query = { beforeMs: at(0), limit: 9 };
    demandEqual(await scene.storage.idleCustomers(other.id, query), { ids: [], next: null }, 'idle ones of the other');
    await scene.customer(other, { id: customer.id, phone: '+4930111' });
    await scene.book(other, [other.span(30, 60)], { customerId: customer.id });
    const call = { customerId: customer.id, from: '+4930111', startedMs: at(30), providerCallId: 'call-2' };
    await scene.storage.saveCall(other.id, other.call(call), 0);
    demandEqual((await scene.storage.idleCustomers(mine.id, query)).ids, [customer.id], 'idle ones of the first');
  },
};
