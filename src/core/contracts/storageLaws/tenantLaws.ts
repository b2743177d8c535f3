import { demand, demandEqual } from '../law.ts';
import type { Storage } from '../storage.ts';
import type { Scene, StorageSentences } from './scene.ts';
import { sameId, type Shop } from './shop.ts';
import { removesNoCompany, removesNothing } from './tenantRemovals.ts';
import { listTenancy } from './tenantLists.ts';
import { documentTenancy } from './tenantDocuments.ts';
import type { Beside, Proofs, TenantProof } from './tenantProof.ts';
import { retiredTenancy } from './tenantRetired.ts';
import { sharesNoScarce, tellsNoScarce } from './tenantScarce.ts';

/** Another company whose rows have the very ids of the first, so that only the company tells them apart. */
const twins = (scene: Scene): readonly [Shop, Shop] => {
  const [mine, other] = [scene.shop('mine'), scene.shop('other')];
  other.resourceIds = mine.resourceIds;
  [other.anna, other.ben] = [mine.anna, mine.ben];
  other.course = mine.course;
  return [mine, other];
};

/**
 * One proof for each method of the contract: a method without one does not compile. A new one is proven here to neither
 * tell nor change a row of another company, and an adapter in `test/laws/broken/tenantFaults.ts` breaks its proof.
 */
export const storageTenancy: Proofs<Storage, Beside> = {
  config: async (scene, mine, other) => {
    await mine.save(0);
    demandEqual(await scene.storage.config(other.id), undefined, 'configuration of the other');
    await other.save(0);
    demandEqual((await scene.storage.config(mine.id))?.company.key, 'mine', 'key of the first');
    demandEqual((await scene.storage.config(mine.id))?.services.length, 1, 'services of the first');
    demandEqual((await scene.storage.config(other.id))?.company.key, 'other', 'key of the other');
  },

  saveConfig: async (scene, mine, other) => {
    await mine.save(0);
    const before = await scene.storage.config(mine.id);
    // The same ids within another company are other entities.
    const { branches, schedules, resources, services } = mine.config;
    const renamed = <T extends object>(all: readonly T[]): T[] => all.map((each) => ({ ...each, name: 'other' }));
    const outcome = await other.save(0, {
      branches: renamed(branches),
      schedules,
      resources: renamed(resources),
      services: renamed(services),
    });
    demandEqual(outcome, { kind: 'committed', revision: 1 }, 'outcome of the other');
    await other.save(1, {
      branches: [],
      schedules: [],
      resources: [],
      services: [],
      numbers: [],
      agents: [],
      keys: [],
    });
    await removesNothing(scene, mine, other);
    demandEqual(await scene.storage.config(mine.id), before, 'configuration of the first');
  },

  removeCompany: removesNoCompany,
  ...listTenancy,
  ...retiredTenancy,

  busy: async (scene, mine, other) => {
    await tellsNoScarce(scene, mine, other);
    const booked = await scene.book(mine, [mine.span(0, 30)]);
    demandEqual(await scene.busy(other), [[], []], 'busy of the other');
    await scene.book(other, [other.span(60, 90)]);
    demandEqual(await scene.busy(mine), [[0, 30], []], 'busy of the first');
    demandEqual(
      await scene.busy(other, 0, 600, booked.id),
      [[60, 90], []],
      'busy of the other except one of the first',
    );
  },

  write: async (scene, mine, other) => {
    const booked = mine.appointment([mine.span(0, 30)]);
    const held = mine.hold([mine.benSpan(0, 30)]);
    const customer = await scene.customer(mine, { phone: '+4930111', name: 'mine' });
    const idempotency = { key: 'k', fingerprint: 'f', resultId: booked.id };
    await scene.commit(mine, mine.booking(booked, { idempotency }));
    await scene.commit(mine, mine.holding(held));
    await sharesNoScarce(scene, mine, other);
    const { id, owner } = held;
    const refused = async (what: string, write: Parameters<Storage['write']>[1], kind: string): Promise<void> =>
      demandEqual((await scene.storage.write(other.id, write)).kind, kind, `outcome of ${what}`);

    await refused('releasing what another company holds', { release: [booked.id, id], events: [] }, 'committed');
    await refused('requiring its hold', { requireHold: { id, owner }, events: [] }, 'hold-expired');
    await refused('converting its hold', other.conversion(held), 'hold-expired');
    await refused('updating its appointment', other.update(booked), 'version-conflict');
    await refused('the same key', { idempotency: { ...idempotency, fingerprint: 'g' }, events: [] }, 'committed');
    await refused(
      'the same number',
      { customers: [{ ...customer, companyId: other.id, name: 'other' }], events: [] },
      'committed',
    );
    await refused('counting its customer', { missed: [{ customerId: customer.id, by: 1 }], events: [] }, 'committed');
    const twin = { ...booked, companyId: other.id, notes: 'other' };
    await refused('the same time and id', other.booking(twin), 'committed');
    await refused('the same hold', other.holding({ ...held, companyId: other.id, owner: 'other' }), 'committed');

    demandEqual(await scene.storage.appointment(mine.id, booked.id), booked, 'appointment of the first');
    demandEqual(await scene.storage.hold(mine.id, id), held, 'hold of the first');
    demandEqual(await scene.storage.customer(mine.id, customer.id), customer, 'customer of the first');
    demandEqual((await scene.storage.idempotency(mine.id, 'k'))?.fingerprint, 'f', 'fingerprint of the first');
    await scene.commit(other, { release: [booked.id, id], events: [] });
    demandEqual(
      await scene.busy(mine),
      [
        [0, 30],
        [0, 30],
      ],
      'busy of the first',
    );
    demand(!(await scene.isFree(mine, [...booked.spans, ...held.spans])), 'the first should keep its claims');
    await scene.commit(mine, mine.conversion(held));
    demandEqual(
      (await scene.storage.appointment(mine.id, sameId(id)))?.companyId,
      mine.id,
      'company of the conversion',
    );
  },

  idempotency: async (scene, mine, other) => {
    const use = (shop: Shop, fingerprint: string) =>
      scene.commit(shop, { idempotency: { key: 'k', fingerprint, resultId: scene.id() as never }, events: [] });
    await use(mine, 'mine');
    demandEqual(await scene.storage.idempotency(other.id, 'k'), undefined, 'record of the other');
    await use(other, 'other');
    demandEqual((await scene.storage.idempotency(mine.id, 'k'))?.fingerprint, 'mine', 'fingerprint of the first');
    demandEqual((await scene.storage.idempotency(other.id, 'k'))?.fingerprint, 'other', 'fingerprint of the other');
  },

  hold: async (scene, mine, other) => {
    const hold = mine.hold([mine.span(0, 30)]);
    await scene.commit(mine, mine.holding(hold));
    demandEqual(await scene.storage.hold(other.id, hold.id), undefined, 'hold of the other');
    const twin = { ...hold, companyId: other.id, owner: 'other' };
    await scene.commit(other, other.holding(twin));
    demandEqual(await scene.storage.hold(mine.id, hold.id), hold, 'hold of the first');
    demandEqual(await scene.storage.hold(other.id, hold.id), twin, 'its twin');
  },

  ownedRows: async (scene, mine, other) => {
    const booked = await scene.book(mine, [mine.span(0, 30)]);
    const told = await scene.storage.ownedRows(mine.id, booked.id);
    demandEqual([told.spans.length, told.events.length], [1, 1], 'rows of the first');
    demandEqual(await scene.storage.ownedRows(other.id, booked.id), { spans: [], events: [] }, 'rows of the other');
    await scene.book(other, booked.spans, { id: booked.id });
    demandEqual(await scene.storage.ownedRows(mine.id, booked.id), told, 'rows of the first when there are twins');
  },

  appointment: async (scene, mine, other) => {
    const booked = await scene.book(mine, [mine.span(0, 30)]);
    demandEqual(await scene.storage.appointment(other.id, booked.id), undefined, 'appointment of the other');
    const twin = await scene.book(other, booked.spans, { id: booked.id, notes: 'other' });
    demandEqual(await scene.storage.appointment(mine.id, booked.id), booked, 'appointment of the first');
    demandEqual(await scene.storage.appointment(other.id, booked.id), twin, 'its twin');
  },

  customer: async (scene, mine, other) => {
    const customer = await scene.customer(mine, { name: 'mine' });
    demandEqual(await scene.storage.customer(other.id, customer.id), undefined, 'customer of the other');
    const twin = await scene.customer(other, { id: customer.id, name: 'other' });
    demandEqual(await scene.storage.customer(mine.id, customer.id), customer, 'customer of the first');
    demandEqual(await scene.storage.customer(other.id, customer.id), twin, 'its twin');
  },

  customerByPhone: async (scene, mine, other) => {
    const customer = await scene.customer(mine, { phone: '+4930111' });
    demandEqual(await scene.storage.customerByPhone(other.id, '+4930111'), undefined, 'customer of the other');
    const twin = await scene.customer(other, { phone: '+4930111' });
    demandEqual(await scene.storage.customerByPhone(mine.id, '+4930111'), customer, 'customer of the first');
    demandEqual(
      await scene.storage.customerByPhone(other.id, '+4930111'),
      twin,
      'customer of the other, when there is one',
    );
  },

  forget: async (scene, mine, other) => {
    const customer = await scene.customer(mine, { phone: '+4930111' });
    const row = await scene.book(mine, [mine.span(0, 30)], { notes: 'mine' });
    const call = mine.call({ from: '+4930111' });
    await scene.storage.saveCall(mine.id, call, 0);
    const all = { appointments: [row.id], calls: [call.id], aggregates: [row.id], customer: customer.id, events: [] };
    demandEqual(await scene.storage.forget(other.id, all), true, 'whether the other may forget what he has not');
    demandEqual(await scene.storage.appointment(mine.id, row.id), row, 'appointment of the first');
    demandEqual(await scene.storage.callById(mine.id, call.id), call, 'call of the first');
    demandEqual(await scene.storage.customer(mine.id, customer.id), customer, 'customer of the first');
    const { events } = await scene.storage.ownedRows(mine.id, row.id);
    demandEqual(
      events.map(({ payload }) => payload),
      [{ revision: 1 }],
      'payloads of the first',
    );
  },

  walk: async (scene, mine, other) => {
    const [customer, row] = [await scene.customer(mine), await scene.book(mine, [mine.span(0, 30)])];
    const call = mine.call();
    await scene.storage.saveCall(mine.id, call, 0);
    for (const kind of ['appointments', 'customers', 'calls'] as const)
      demandEqual(await scene.storage.walk(other.id, kind, { limit: 9 }), [], `${kind} of the other`);
    await scene.book(other, row.spans, { id: row.id, notes: 'other' });
    await scene.customer(other, { id: customer.id, name: 'other' });
    await scene.storage.saveCall(other.id, other.call({ id: call.id, providerCallId: 'call-2' }), 0);
    for (const [kind, mineOnly] of [
      ['appointments', row],
      ['customers', customer],
      ['calls', call],
    ] as const)
      demandEqual(await scene.storage.walk(mine.id, kind, { limit: 9 }), [mineOnly], `${kind} of the first`);
  },

  call: async (scene, mine, other) => {
    await scene.storage.saveCall(mine.id, mine.call(), 0);
    demandEqual(await scene.storage.call(other.id, 'acme', 'call-1'), undefined, 'call of the other');
  },

  callById: async (scene, mine, other) => {
    const call = mine.call();
    await scene.storage.saveCall(mine.id, call, 0);
    demandEqual(await scene.storage.callById(other.id, call.id), undefined, 'call of the other');
    const twin = other.call({ id: call.id, providerCallId: 'call-2' });
    await scene.storage.saveCall(other.id, twin, 0);
    demandEqual(await scene.storage.callById(mine.id, call.id), call, 'call of the first');
    demandEqual(await scene.storage.callById(other.id, call.id), twin, 'its twin');
  },

  saveCall: async (scene, mine, other) => {
    const call = mine.call();
    await scene.storage.saveCall(mine.id, call, 0);
    const twin = other.call({ id: call.id, providerCallId: 'call-2', summary: 'other' });
    demandEqual(
      await scene.storage.saveCall(other.id, twin, 0),
      true,
      'whether the other may have a call of the same id',
    );
    const next = { ...twin, providerCallId: call.providerCallId, version: 2 };
    demandEqual(
      await scene.storage.saveCall(other.id, next, 1),
      false,
      'whether the other may save the first one’s call',
    );
    demandEqual(await scene.storage.call(mine.id, 'acme', 'call-1'), call, 'call of the first');
    demandEqual(await scene.storage.call(other.id, 'acme', 'call-2'), twin, 'call of the other');
  },
};

const sentencesOf = (methods: Readonly<Record<string, TenantProof>>, of: string): StorageSentences =>
  Object.fromEntries(
    Object.entries(methods).map(([method, proof]) => [
      `${of}${method} neither reads nor changes a row of another company`,
      (scene: Scene) => proof(scene, ...twins(scene)),
    ]),
  );

/** What keeps companies apart. */
export const tenantLaws: StorageSentences = {
  ...sentencesOf(storageTenancy, ''),
  ...sentencesOf(documentTenancy, 'documents.'),
};
