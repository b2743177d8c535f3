import type { Call } from '../../model/call.ts';
import { demand, demandEqual } from '../law.ts';
import { at, MINUTE_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

const racers = Array.from({ length: 20 }, (_, i) => i);

/** What a call names, as far as a law says it. */
type Names = { readonly [Field in 'branchId' | 'customerId' | 'appointmentId']?: NonNullable<Call[Field]> };

/** What a call of the shop may name. */
async function namesIn(scene: Scene, shop: Shop): Promise<Names> {
  const customer = await scene.customer(shop);
  const row = await scene.book(shop, [shop.span(0, 30)]);
  return { branchId: row.branchId, customerId: customer.id, appointmentId: row.id };
}

/** Calls, put together from events in any order. */
export const callLaws: StorageSentences = {
  'a call is read back as it was saved': async (scene) => {
    const shop = scene.shop();
    const bare = shop.call();
    const full = shop.call({
      branchId: scene.id(),
      providerCallId: 'call-2',
      from: '+4915112345678',
      to: '+4930123456',
      status: 'analyzed',
      customerId: scene.id(),
      appointmentId: scene.id(),
      startedMs: at(0),
      endedMs: at(3),
      transcript: 'Agent: Guten Tag 💇\nUser: Hallo\n'.repeat(5000),
      summary: 'Möchte „morgen“',
      outcome: 'agent_hangup',
      offers: { '1': 'a.b.c', '2': 'd.e.f' },
    });
    for (const call of [bare, full]) demandEqual(await scene.storage.saveCall(shop.id, call, 0), true, 'whether saved');
    demandEqual(await scene.storage.call(shop.id, 'acme', 'call-1'), bare, 'a call with empty fields');
    demandEqual(await scene.storage.call(shop.id, 'acme', 'call-2'), full, 'a call with every field');
  },

  'a call is found by its own id as well': async (scene) => {
    const shop = scene.shop();
    const call = shop.call({ summary: 'Hallo' });
    await scene.storage.saveCall(shop.id, call, 0);
    demandEqual(await scene.storage.callById(shop.id, call.id), call, 'the call');
    demandEqual(await scene.storage.callById(shop.id, scene.id()), undefined, 'a call nobody made');
  },

  'a call is found by provider and id, both to the last character': async (scene) => {
    const shop = scene.shop();
    await scene.storage.saveCall(shop.id, shop.call(), 0);
    for (const [provider, id] of [
      ['acme', 'call-2'],
      ['Acme', 'call-1'],
      ['acme', 'Call-1'],
      ['acme', 'call-1 '],
    ] as const) {
      demandEqual(await scene.storage.call(shop.id, provider, id), undefined, `call "${id}" of "${provider}"`);
    }
    const other = shop.call({ provider: 'other' });
    demandEqual(await scene.storage.saveCall(shop.id, other, 0), true, 'whether another provider may use the id too');
    demandEqual(await scene.storage.call(shop.id, 'other', 'call-1'), other, 'call of the other provider');
  },

  'a call is saved only over the version expected': async (scene) => {
    const shop = scene.shop();
    const call = shop.call();
    const save = (version: number, expectedVersion: number) =>
      scene.storage.saveCall(shop.id, { ...call, version, summary: `version ${version}` }, expectedVersion);
    demandEqual(await save(2, 1), false, 'a second version of nothing');
    demandEqual(await scene.storage.call(shop.id, 'acme', 'call-1'), undefined, 'call before any save');
    demandEqual(await save(1, 0), true, 'the first version');
    demandEqual(await save(1, 0), false, 'the first version again');
    demandEqual(await save(2, 1), true, 'the second version');
    demandEqual(await save(9, 1), false, 'a late second version');
    demandEqual(await save(9, 3), false, 'a version that is not there yet');
    const stored = await scene.storage.call(shop.id, 'acme', 'call-1');
    demandEqual([stored?.version, stored?.summary], [2, 'version 2'], 'version and summary');
  },

  'a call is saved where all that it has to name is there, else not at all': async (scene) => {
    const [shop, other] = [await scene.openShop('shop'), await scene.openShop('other')];
    const own = await namesIn(scene, shop);
    const foreign = await namesIn(scene, other);
    const call = shop.call();
    const save = (version: number, names: Names): Promise<boolean> =>
      scene.storage.saveCall(shop.id, { ...call, ...names, version }, version - 1, names);
    for (const version of [1, 2]) {
      for (const field of ['branchId', 'customerId', 'appointmentId'] as const) {
        const [theirs, nobodys] = [{ [field]: foreign[field] }, { ...own, [field]: scene.id() }];
        demandEqual(await save(version, theirs), false, `version ${version} with ${field} of another company`);
        demandEqual(await save(version, nobodys), false, `version ${version} with ${field} of nobody`);
      }
      const stored = await scene.storage.callById(shop.id, call.id);
      demandEqual(stored?.version, version === 1 ? undefined : 1, 'version that is stored');
      demandEqual(await save(version, own), true, `version ${version} with what is there`);
    }
    const stored = await scene.storage.callById(shop.id, call.id);
    demandEqual(stored, { ...call, ...own, version: 2 }, 'the call');
  },

  'who saves a call while what it names is taken away names it as long as it is there, or does not save': async (
    scene,
  ) => {
    const shop = await scene.openShop();
    const customers = await Promise.all(racers.map(() => scene.customer(shop)));
    const visits = await Promise.all(racers.map((i) => scene.book(shop, [shop.span(i * 30, i * 30 + 30)])));
    for (const { event } of await scene.lease('relay', MINUTE_MS, 1_000))
      await scene.storage.maintenance.markSent('relay', event.id);
    const overMs = at(racers.length * 30);
    const piece = { kind: 'appointments', beforeMs: overMs, unchangedSinceMs: overMs, limit: 5 } as const;
    const save = async (i: number, names: Names): Promise<boolean> =>
      scene.storage.saveCall(shop.id, shop.call({ providerCallId: `call-${i}`, ...names }), 0, names);
    await Promise.all(
      racers.flatMap((i): readonly Promise<unknown>[] => {
        const [customer, visit] = [customers[i], visits[i]];
        if (customer === undefined || visit === undefined) return [];
        return [
          save(i, { customerId: customer.id }),
          scene.storage.forget(shop.id, { customer: customer.id, events: [] }),
          save(racers.length + i, { appointmentId: visit.id }),
          scene.storage.retire(shop.id, piece),
        ];
      }),
    );
    for (const { customerId, appointmentId } of await scene.storage.walk(shop.id, 'calls', { limit: 99 })) {
      if (customerId !== null)
        demand(
          (await scene.storage.customer(shop.id, customerId)) !== undefined,
          'a call names a customer who is gone',
        );
      if (appointmentId !== null)
        demand((await scene.storage.appointment(shop.id, appointmentId)) !== undefined, 'a call names what is gone');
    }
  },

  'a call of one company is not saved for another': async (scene) => {
    const [shop, other] = [scene.shop('shop'), scene.shop('other')];
    const call = shop.call();
    await scene.storage.saveCall(shop.id, call, 0);
    const stolen = other.call({ summary: 'stolen' });
    for (const expectedVersion of [0, 1]) {
      demandEqual(await scene.storage.saveCall(other.id, stolen, expectedVersion), false, 'whether saved');
      const same = { ...stolen, id: call.id };
      demandEqual(await scene.storage.saveCall(other.id, same, expectedVersion), false, 'whether saved by its id');
    }
    demandEqual(await scene.storage.call(shop.id, 'acme', 'call-1'), call, 'call of the first');
    demandEqual(await scene.storage.call(other.id, 'acme', 'call-1'), undefined, 'call of the other');
  },
};
