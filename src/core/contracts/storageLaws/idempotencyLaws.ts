import { demand, demandEqual } from '../law.ts';
import type { StorageSentences } from './scene.ts';

/** Keys that make a write happen once. */
export const idempotencyLaws: StorageSentences = {
  'a key is kept with its fingerprint and what the write made': async (scene) => {
    const shop = scene.shop();
    const row = shop.appointment([shop.span(0, 30)]);
    const idempotency = { key: 'Schlüssel „1“', fingerprint: 'f'.repeat(64), resultId: row.id };
    await scene.commit(shop, shop.booking(row, { idempotency }));
    const { fingerprint, resultId } = idempotency;
    demandEqual(await scene.storage.idempotency(shop.id, idempotency.key), { fingerprint, resultId }, 'record');
    demandEqual(await scene.storage.idempotency(shop.id, 'another'), undefined, 'record of a key nobody used');
  },

  'the same key and fingerprint answer with the first result and write nothing': async (scene) => {
    const shop = scene.shop();
    const first = shop.appointment([shop.span(0, 30)]);
    const key = { key: 'k', fingerprint: 'f' };
    await scene.commit(shop, shop.booking(first, { idempotency: { ...key, resultId: first.id } }));
    const { unsent } = await scene.storage.maintenance.backlog();
    const again = shop.appointment([shop.benSpan(0, 30)]);
    const write = shop.booking(again, { idempotency: { ...key, resultId: again.id }, release: [first.id] });
    const outcome = await scene.storage.write(shop.id, write);
    demandEqual(outcome, { kind: 'replayed', resultId: first.id }, 'outcome');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
    demandEqual(await scene.storage.appointment(shop.id, again.id), undefined, 'the second appointment');
    demandEqual((await scene.storage.maintenance.backlog()).unsent, unsent, 'events in the outbox');
  },

  'a replay is answered even where the write could no longer be had': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    const write = shop.conversion(hold, { idempotency: { key: 'k', fingerprint: 'f', resultId: hold.id } });
    await scene.commit(shop, write);
    const requireHold = { id: hold.id, owner: hold.owner };
    const late = shop.appointment([shop.span(0, 30)]);
    const again = await scene.storage.write(shop.id, { ...write, requireHold, claims: [shop.claim(late)] });
    demandEqual(again, { kind: 'replayed', resultId: hold.id }, 'outcome');
  },

  'the same key with another fingerprint is refused and writes nothing': async (scene) => {
    const shop = scene.shop();
    const first = shop.appointment([shop.span(0, 30)]);
    const idempotency = { key: 'k', fingerprint: 'f', resultId: first.id };
    await scene.commit(shop, shop.booking(first, { idempotency }));
    const other = shop.booking(shop.appointment([shop.benSpan(0, 30)]), {
      idempotency: { ...idempotency, fingerprint: 'F' },
    });
    demandEqual(await scene.storage.write(shop.id, other), { kind: 'key-reused' }, 'outcome');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
    const record = await scene.storage.idempotency(shop.id, 'k');
    demandEqual(record, { fingerprint: 'f', resultId: first.id }, 'record');
  },

  'a refused write does not use up its key': async (scene) => {
    const shop = scene.shop();
    const inTheWay = await scene.book(shop, [shop.span(0, 30)]);
    const row = shop.appointment([shop.span(0, 30)]);
    const write = shop.booking(row, { idempotency: { key: 'k', fingerprint: 'f', resultId: row.id } });
    demandEqual(await scene.storage.write(shop.id, write), { kind: 'taken' }, 'outcome while the time is taken');
    await scene.commit(shop, { release: [inTheWay.id], events: [] });
    demandEqual(await scene.storage.write(shop.id, write), { kind: 'committed' }, 'outcome when it is free');
  },

  'keys are told apart to the last character': async (scene) => {
    const shop = scene.shop();
    for (const key of ['key', 'Key', 'key ', 'kéy', 'ke\u0301y']) {
      const write = { idempotency: { key, fingerprint: key, resultId: scene.id() as never }, events: [] };
      demandEqual(await scene.storage.write(shop.id, write), { kind: 'committed' }, `outcome of "${key}"`);
      demand(
        (await scene.storage.idempotency(shop.id, key))?.fingerprint === key,
        `"${key}" should be found as itself`,
      );
    }
  },
};
