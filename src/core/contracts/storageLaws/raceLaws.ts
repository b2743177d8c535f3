import type { WriteOutcome } from '../bookingWrite.ts';
import { demand, demandEqual } from '../law.ts';
import { at, MINUTE_MS } from './minutes.ts';
import { countOutcomes, demandNoOverlap, readDuring, type StorageSentences } from './scene.ts';

const RACERS = 50;
const racers = Array.from({ length: RACERS }, (_, i) => i);

/** Runs one write a racer at the same time. */
const race = (start: (racer: number) => Promise<WriteOutcome>): Promise<WriteOutcome[]> =>
  Promise.all(racers.map(start));

/** What a race for one thing comes to: one has it, all others are told the same. */
const oneWins = (others: WriteOutcome['kind']): Record<string, number> => ({ committed: 1, [others]: RACERS - 1 });

/** What holds when many write at once. */
export const raceLaws: StorageSentences = {
  'of fifty who want the same time at once, one gets it': async (scene) => {
    const shop = scene.shop();
    const wanted = racers.map(() => shop.appointment([shop.span(0, 30)]));
    const outcomes = await Promise.all(wanted.map((row) => scene.storage.write(shop.id, shop.booking(row))));
    demandEqual(countOutcomes(outcomes), oneWins('taken'), 'outcomes');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
    const stored = await Promise.all(wanted.map(({ id }) => scene.storage.appointment(shop.id, id)));
    const kept = outcomes.map(({ kind }) => kind === 'committed');
    demandEqual(
      stored.map((row) => row !== undefined),
      kept,
      'who has an appointment',
    );
  },

  'of many who want overlapping times at once, each cell goes to one, and nobody is refused for nothing': async (
    scene,
  ) => {
    const shop = scene.shop();
    // Lengths and starts that overlap in every way, on two resources in both orders.
    const wanted = racers.map((i) => {
      const from = ((i * 7) % 20) * 5;
      const [anna, ben] = [shop.span(from, from + 10 + (i % 4) * 5), shop.benSpan(from, from + 10 + (i % 4) * 5)];
      return shop.appointment(i % 3 === 0 ? [anna] : i % 3 === 1 ? [ben, anna] : [anna, ben]);
    });
    const outcomes = await race((i) => scene.storage.write(shop.id, shop.booking(wanted[i] ?? shop.appointment([]))));
    const won = wanted.filter((_, i) => outcomes[i]?.kind === 'committed').flatMap(({ spans }) => spans);
    demandEqual(Object.keys(countOutcomes(outcomes)).sort(), ['committed', 'taken'], 'kinds of outcomes');
    demandNoOverlap(won);
    for (const lost of wanted.filter((_, i) => outcomes[i]?.kind === 'taken')) {
      const hindered = lost.spans.some((a) =>
        won.some((b) => a.resourceId === b.resourceId && a.startMs < b.endMs && b.startMs < a.endMs),
      );
      demand(hindered, 'who was refused should overlap one who was not');
    }
    const busy = (await scene.busy(shop)).flat().length / 2;
    demandEqual(busy, won.length, 'spans that are busy');
  },

  'of many who take over one expired hold at once, one gets its time': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    scene.clock.set(hold.expiresMs);
    const outcomes = await race(() => scene.storage.write(shop.id, shop.booking(shop.appointment([shop.span(0, 30)]))));
    demandEqual(countOutcomes(outcomes), oneWins('taken'), 'outcomes');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
  },

  'of many who convert one hold at once, one does': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    const outcomes = await race(() => scene.storage.write(shop.id, shop.conversion(hold)));
    demandEqual(countOutcomes(outcomes), oneWins('hold-expired'), 'outcomes');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
  },

  'of many who change one version at once, one does': async (scene) => {
    const shop = scene.shop();
    const first = await scene.book(shop, [shop.span(0, 30)]);
    const outcomes = await race((i) => scene.storage.write(shop.id, shop.update(first, { notes: String(i) })));
    demandEqual(countOutcomes(outcomes), oneWins('version-conflict'), 'outcomes');
    const winner = outcomes.findIndex(({ kind }) => kind === 'committed');
    demandEqual((await scene.storage.appointment(shop.id, first.id))?.notes, String(winner), 'notes');
    const conflicts = outcomes.filter((each) => each.kind === 'version-conflict');
    demand(
      conflicts.every(({ version }) => version === 2),
      'each who lost should be told version 2',
    );
  },

  'of many who use one key at once, one writes and all others are told its result': async (scene) => {
    const shop = scene.shop();
    const wanted = racers.map((i) => shop.appointment([shop.span(i * 30, i * 30 + 30)]));
    const outcomes = await Promise.all(
      wanted.map((row) => {
        const idempotency = { key: 'k', fingerprint: 'f', resultId: row.id };
        return scene.storage.write(shop.id, shop.booking(row, { idempotency }));
      }),
    );
    demandEqual(countOutcomes(outcomes), oneWins('replayed'), 'outcomes');
    const winner = wanted[outcomes.findIndex(({ kind }) => kind === 'committed')];
    const told = outcomes.filter((each) => each.kind === 'replayed').map(({ resultId }) => resultId);
    demandEqual([...new Set<string>(told)], [winner?.id], 'results told to the others');
    demandEqual((await scene.busy(shop)).flat().length, 2, 'bounds of busy spans');
  },

  'of many new customers with one number at once, one is stored': async (scene) => {
    const shop = scene.shop();
    const outcomes = await race(() =>
      scene.storage.write(shop.id, { customers: [shop.customer({ phone: '+4930111' })], events: [] }),
    );
    demandEqual(countOutcomes(outcomes), oneWins('customer-raced'), 'outcomes');
    demandEqual((await scene.storage.customers(shop.id, { limit: 100 })).length, 1, 'customers');
  },

  'who books for a customer while he is taken away names him as long as he is there, or is told that he is not': async (
    scene,
  ) => {
    const shop = scene.shop();
    const customers = await Promise.all(racers.map(() => scene.customer(shop)));
    const rows = customers.map(({ id }, i) => shop.appointment([shop.span(i * 30, i * 30 + 30)], { customerId: id }));
    const outcomes = await Promise.all(
      customers.map(async ({ id }, i) => {
        const row = rows[i];
        const booking = row === undefined ? { events: [] } : shop.booking(row, { requireCustomers: [id] });
        const [written, isForgotten] = await Promise.all([
          scene.storage.write(shop.id, booking),
          scene.storage.forget(shop.id, { customer: id, events: [] }),
        ]);
        return `${written.kind}, ${isForgotten ? 'taken away' : 'still there'}`;
      }),
    );
    const allowed = ['committed, still there', 'customer-raced, taken away'];
    demandEqual([...new Set([...allowed, ...outcomes])], allowed, 'outcomes');
  },

  'of many who move into one free time at once, one moves and the others keep theirs': async (scene) => {
    const shop = scene.shop();
    const before = [];
    for (const i of racers) before.push(await scene.book(shop, [shop.span(60 + i * 15, 75 + i * 15)]));
    const outcomes = await Promise.all(
      before.map((row) => {
        const target = { ...shop.appointment([shop.span(0, 15)]), id: row.id };
        const { spans, startMs, endMs } = target;
        const more = { release: [row.id], claims: [shop.claim(target)] };
        return scene.storage.write(shop.id, shop.update(row, { spans, startMs, endMs }, more));
      }),
    );
    demandEqual(countOutcomes(outcomes), oneWins('taken'), 'outcomes');
    const [anna] = await scene.busy(shop);
    demandEqual(anna?.length, RACERS * 2, 'bounds of busy spans');
    demandEqual(anna?.slice(0, 2), [0, 15], 'the time that was free');
  },

  'a reader sees all of a write or nothing of it': async (scene) => {
    const shop = scene.shop();
    const query = { resourceIds: shop.resourceIds, fromMs: at(0), toMs: at(600) };
    const book = (i: number) => scene.book(shop, [shop.span(i * 5, i * 5 + 5), shop.benSpan(i * 5, i * 5 + 5)]);
    const seen = await readDuring(
      () => Promise.all(racers.map(book)),
      async () => (await scene.storage.busy(shop.id, query)).busy,
    );
    for (const [anna, ben] of seen) demandEqual(anna, ben, 'what is busy of both at one moment');
  },

  'of many who save one revision of a configuration at once, one does': async (scene) => {
    const shop = await scene.openShop();
    const savers = racers.slice(0, 12);
    const outcomes = await Promise.all(
      savers.map((i) => {
        const company = { ...shop.config.company, name: `name ${i}` };
        return scene.storage.saveConfig(shop.id, { ...shop.config, company }, 1);
      }),
    );
    demandEqual(
      outcomes.flatMap((outcome) => (outcome.kind === 'committed' ? [outcome.revision] : [])),
      [2],
      'revisions that were committed',
    );
    const conflicts = outcomes.filter(({ kind }) => kind === 'revision-conflict').length;
    demandEqual(conflicts, savers.length - 1, 'outcomes that were not');
    const winner = outcomes.findIndex(({ kind }) => kind === 'committed');
    demandEqual((await scene.storage.config(shop.id))?.company.name, `name ${winner}`, 'name');
  },

  'of many who save one version of a call at once, one does': async (scene) => {
    const shop = scene.shop();
    const saved = await Promise.all(
      racers.map((i) => scene.storage.saveCall(shop.id, shop.call({ summary: String(i) }), 0)),
    );
    demandEqual(saved.filter(Boolean).length, 1, 'calls saved');
    const call = await scene.storage.call(shop.id, 'acme', 'call-1');
    demandEqual(call?.summary, String(saved.indexOf(true)), 'summary');
  },

  'of many who put one version of a document at once, one does': async (scene) => {
    const shop = scene.shop();
    const { documents } = scene.storage;
    const put = (value: number, expectedVersion: number) =>
      documents.put(shop.id, { collection: 'c', id: 'd', value, indexes: {}, expectedVersion });
    for (const expectedVersion of [0, 1]) {
      const versions = await Promise.all(racers.map((i) => put(i, expectedVersion)));
      const won = versions.filter((version) => version !== undefined);
      demandEqual(won, [expectedVersion + 1], `versions put over version ${expectedVersion}`);
      const stored = await documents.get(shop.id, 'c', 'd');
      demandEqual(stored?.value, versions.indexOf(expectedVersion + 1), 'value');
    }
  },

  'of many who count up one document without a version, none is lost': async (scene) => {
    const shop = scene.shop();
    const write = { collection: 'c', id: 'd', value: 1, indexes: {} };
    const versions = await Promise.all(racers.map(() => scene.storage.documents.put(shop.id, write)));
    demandEqual(
      [...versions].sort((a = 0, b = 0) => a - b),
      racers.map((i) => i + 1),
      'versions',
    );
  },

  'of many who count one customer’s missed appointments at once, all count': async (scene) => {
    const shop = scene.shop();
    const { id } = await scene.customer(shop);
    await Promise.all(racers.map(() => scene.commit(shop, { missed: [{ customerId: id, by: 1 }], events: [] })));
    demandEqual((await scene.storage.customer(shop.id, id))?.noShows, RACERS, 'missed appointments');
  },

  'an event is lent once, however many relays ask at once': async (scene) => {
    const shop = scene.shop();
    const events = racers.map((i) => shop.event(`aggregate ${i}`));
    await scene.commit(shop, { events });
    const lent = await Promise.all(racers.slice(0, 10).map((i) => scene.lease(`relay ${i}`, MINUTE_MS, 20)));
    const ids = lent.flat().map(({ event }) => event.id);
    demandEqual(new Set(ids).size, ids.length, 'different events among those lent');
    const rest = (await scene.lease('last', MINUTE_MS, 100)).map(({ event }) => event.id);
    demandEqual([...ids, ...rest].sort(), events.map(({ id }) => id).sort(), 'events lent in all');
  },

  'events of one aggregate written at once are all kept': async (scene) => {
    const shop = scene.shop();
    const events = racers.map(() => shop.event('day'));
    await Promise.all(events.map((event) => scene.commit(shop, { events: [event] })));
    demandEqual((await scene.storage.maintenance.backlog()).unsent, RACERS, 'events in the outbox');
  },
};
