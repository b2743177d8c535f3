import { demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { StorageSentences } from './scene.ts';

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
