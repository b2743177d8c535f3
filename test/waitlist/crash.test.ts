import { afterEach, expect, test, vi } from 'vitest';
import type { CompanyDoor } from '../../src/index.ts';
import { Maintenance } from '../../src/adapter.ts';
import { Documents, Publisher, type DocumentStore } from '../../src/plugin.ts';
import { waitlist } from '../../src/plugins/waitlist/index.ts';
import { join } from '../../src/plugins/waitlist/joining.ts';
import { Offering } from '../../src/plugins/waitlist/offering.ts';
import { WaitlistStore } from '../../src/plugins/waitlist/store.ts';
import { granted, refusedWith } from '../engine/salon.ts';
import { FIVE, HOUR, lineBench, NINE, type LineBench } from './line.ts';

const opened: LineBench[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});
const start = async (more: Parameters<typeof lineBench>[1] = {}): Promise<LineBench> => {
  const made = await lineBench({}, more);
  opened.push(made);
  return made;
};
/** One whose outbox nobody delivers, so that a test decides who promotes, and when. */
const still = (file?: string): Promise<LineBench> => start({ relay: false, ...(file === undefined ? {} : { file }) });

type Put = Publisher['put'];

/** What a process promotes with; `put` stands for its way to the database. */
function promoter({ engine, clock }: LineBench, put: (real: Put) => Put = (real) => real): Offering {
  const publisher = engine.get(Publisher);
  const broken: Publisher = { put: put(publisher.put.bind(publisher)) };
  const store = new WaitlistStore({ documents: engine.get(Documents), publisher: broken });
  return new Offering({ store, now: () => clock.now(), notice: () => undefined, offerSeconds: 900, maxOffers: 1 });
}

const freed = { fromMs: NINE, toMs: NINE + HOUR };
const crash = new Error('the process has died');

/** Counts the holds that are made at a bench. */
function holdsOf({ engine }: LineBench): readonly string[] {
  const holds: string[] = [];
  engine.on('hold.created', ({ hold }) => holds.push(hold.id));
  return holds;
}

/** A door that holds without a key, as if nothing told two attempts of one entry from one. */
const keyless = (door: CompanyDoor): CompanyDoor => ({
  ...door,
  hold: (target, { idempotencyKey: _, ...options }) => door.hold(target, options),
});

test('a process that dies between the cancellation and the promotion leaves it to the next one', async () => {
  const first = await still();
  const [nine] = await first.fill(8);
  const erika = await first.join('Erika');
  granted(await first.door.cancel(nine?.id as never));
  await first.engine.stop();
  const second = await start({ file: first.file });
  await vi.waitFor(async () => expect((await second.entry(erika.id)).status).toBe('offered'));
  expect(second.offered).toEqual([erika.id]);
});

test('control: without the plugin in the process that delivers, nobody is promoted', async () => {
  const first = await still();
  const [nine] = await first.fill(8);
  const erika = await first.join('Erika');
  granted(await first.door.cancel(nine?.id as never));
  await first.engine.stop();
  const without = await start({ file: first.file, plugins: [{ ...waitlist(), setup: deaf }] });
  const maintenance = without.engine.get(Maintenance);
  await vi.waitFor(async () => expect(await maintenance.backlog()).toMatchObject({ unsent: 0 }));
  expect((await without.entry(erika.id)).status).toBe('waiting');
});

/** The plugin as it would be if it heard nothing. */
const deaf: ReturnType<typeof waitlist>['setup'] = (context, required) =>
  waitlist().setup({ ...context, handle: () => undefined }, required);

/** Dies at the second write of an entry: after its hold, before the entry says so. */
const diesAfterHold = (real: Put): Put => {
  let writes = 0;
  return (...input) => (++writes === 2 ? Promise.reject(crash) : real(...input));
};

test('a process that dies between the hold and the entry: the next one finds the very same hold', async () => {
  const at = await still();
  const [nine] = await at.fill(8);
  const erika = await at.join('Erika');
  const max = await at.join('Max');
  granted(await at.door.cancel(nine?.id as never));
  const holds = holdsOf(at);
  await expect(promoter(at, diesAfterHold).promote(at.door, freed)).rejects.toBe(crash);
  expect(holds).toHaveLength(1);
  expect((await at.entry(erika.id)).status).toBe('waiting');

  await promoter(at).promote(at.door, freed);
  expect(await at.entry(erika.id)).toMatchObject({ status: 'offered', offer: { holdId: holds[0] } });
  expect((await at.entry(max.id)).status).toBe('waiting');
  expect(holds).toHaveLength(1);
});

test('control: without the key the next one does not find that hold, and nobody hears of it', async () => {
  const at = await still();
  const [nine] = await at.fill(8);
  const erika = await at.join('Erika');
  granted(await at.door.cancel(nine?.id as never));
  await expect(promoter(at, diesAfterHold).promote(keyless(at.door), freed)).rejects.toBe(crash);
  await promoter(at).promote(keyless(at.door), freed);
  expect((await at.entry(erika.id)).status).toBe('waiting');
});

test('whoever accepts right after such a crash gets what was held for him', async () => {
  const at = await still();
  const [nine] = await at.fill(8);
  const erika = await at.join('Erika');
  granted(await at.door.cancel(nine?.id as never));
  const holds = holdsOf(at);
  await expect(promoter(at, diesAfterHold).promote(at.door, freed)).rejects.toBe(crash);
  expect(granted(await at.list.accept(at.company, erika.id)).appointment.id).toBe(holds[0]);
});

test('a process that dies before the hold: the next one makes it', async () => {
  const at = await still();
  const [nine] = await at.fill(8);
  const erika = await at.join('Erika');
  granted(await at.door.cancel(nine?.id as never));
  const dying: CompanyDoor = { ...at.door, hold: () => Promise.reject(crash) };
  await expect(promoter(at).promote(dying, freed)).rejects.toBe(crash);
  await promoter(at).promote(at.door, freed);
  expect((await at.entry(erika.id)).status).toBe('offered');
});

test('a process that dies between the booking and the entry: it is noted as booked, not offered again', async () => {
  const at = await still();
  const [nine] = await at.fill(8);
  const erika = await at.join('Erika');
  granted(await at.door.cancel(nine?.id as never));
  await promoter(at).promote(at.door, freed);
  const { offer } = await at.entry(erika.id);
  const owner = `waitlist:${erika.id}`;
  const { appointment } = granted(await at.door.book({ hold: offer?.holdId as never, owner }));
  at.clock.advance(20 * 60_000);
  await at.turn();
  expect(await at.entry(erika.id)).toMatchObject({ status: 'booked', appointmentId: appointment.id });
});

/**
 * One process has written down what it is about to hold. Before it does, another finds that taken, ends the attempt, and it
 * becomes free again. Then the first one holds it, for an entry that knows nothing of it.
 */
async function lostRace(doorOf: (door: CompanyDoor) => CompanyDoor): Promise<{ at: LineBench; holds: number }> {
  const at = await still();
  const other = await still(at.file);
  const [nine] = await at.fill(8);
  const erika = await at.join('Erika');
  granted(await at.door.cancel(nine?.id as never));
  const holds = holdsOf(at);
  const slow: CompanyDoor = {
    ...doorOf(at.door),
    async hold(...input) {
      const { appointment } = granted(await other.door.book({ service: 'anna-only', start: NINE }));
      await promoter(other).promote(other.door, freed);
      granted(await other.door.cancel(appointment.id));
      return at.door.hold(...input);
    },
  };
  await promoter(at).promote(slow, freed);
  expect((await at.entry(erika.id)).status).toBe('waiting');
  return { at, holds: holds.length };
}

test('a hold that nobody knows of any more after a lost race is let go at once', async () => {
  const { at, holds } = await lostRace((door) => door);
  expect(holds).toBe(1);
  granted(await at.door.check({ service: 'anna-only', start: NINE }));
});

test('control: without that it blocks the time until it runs out', async () => {
  const keeps = (door: CompanyDoor): CompanyDoor => ({
    ...door,
    release: () => Promise.resolve({ ok: true } as never),
  });
  const { at } = await lostRace(keeps);
  expect(refusedWith(await at.door.check({ service: 'anna-only', start: NINE }))).toBe('SLOT_TAKEN');
});

test('a cancellation that is delivered twice is one offer and one hold', async () => {
  const at = await still();
  const booked = await at.fill(8);
  const erika = await at.join('Erika', { start: undefined, from: NINE, to: FIVE });
  granted(await at.door.cancel(booked[0]?.id as never));
  granted(await at.door.cancel(booked[1]?.id as never));
  const holds = holdsOf(at);
  for (let time = 0; time < 2; time++) await promoter(at).promote(at.door, freed);
  expect(holds).toHaveLength(1);
  expect(at.offered).toEqual([erika.id]);
});

/** Two processes promote at once, and neither goes on before both have found what is free. */
async function twoAtOnce(wrap: (door: CompanyDoor) => CompanyDoor): Promise<number> {
  const one = await still();
  const two = await still(one.file);
  const taken = [granted(await one.door.book({ service: 'cut', start: NINE })).appointment];
  taken.push(granted(await one.door.book({ service: 'cut', start: NINE })).appointment);
  await one.join('Erika', { service: 'cut' });
  for (const { id } of taken) granted(await one.door.cancel(id));
  const holds = [holdsOf(one), holdsOf(two)];
  const both = Promise.withResolvers<undefined>();
  let arrived = 0;
  const together = ({ door }: LineBench): CompanyDoor => ({
    ...wrap(door),
    async check(query) {
      const answer = await door.check(query);
      if (++arrived === 2) both.resolve(undefined);
      await both.promise;
      return answer;
    },
  });
  await Promise.all(
    [one, two].map((at) => promoter(at, wrap === keyless ? blind : undefined).promote(together(at), freed)),
  );
  return holds.flat().length;
}

/** A way to the database that does not look which version it replaces. */
const blind =
  (real: Put): Put =>
  (company, { expectedVersion: _, ...write }, ...events) =>
    real(company, write, ...events);

test('two processes that promote at the same moment make one hold, though two chairs are free', async () => {
  for (let round = 0; round < 5; round++) expect(await twoAtOnce((door) => door)).toBe(1);
});

test('control: without version and key they make two', async () => {
  expect(await twoAtOnce(keyless)).toBe(2);
});

/** Twenty people join from two processes at once a line that has room for three. */
async function crowd(documentsOf: (real: DocumentStore) => DocumentStore): Promise<{ joined: number; placed: number }> {
  const one = await still();
  const two = await still(one.file);
  await one.fill(8);
  const limits = { maxPerSlot: 3, maxPerCustomer: 9, maxWaiting: 99 };
  const storeOf = ({ engine }: LineBench): WaitlistStore => {
    const documents = documentsOf(engine.get(Documents));
    return new WaitlistStore({ documents, publisher: engine.get(Publisher) });
  };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const at = index % 2 === 0 ? one : two;
      const deps = { store: storeOf(at), limits, newId: () => crypto.randomUUID(), now: () => at.clock.now() };
      const who = { customer: { name: 'N', phone: `+49170000${1000 + index}` } };
      return join(deps, at.door, { service: 'anna-only', start: NINE }, who);
    }),
  );
  return { joined: answers.filter(({ ok }) => ok).length, placed: (await storeOf(one).line(one.company)).length };
}

test('as many get into the line as it has room for, however many come at once', async () => {
  expect(await crowd((real) => real)).toEqual({ joined: 3, placed: 3 });
});

test('control: where the version of the line is not looked at, too many get in or some are lost', async () => {
  const careless = (real: DocumentStore): DocumentStore => ({
    get: (...input) => real.get(...input),
    list: (...input) => real.list(...input),
    delete: (...input) => real.delete(...input),
    put: (company, { expectedVersion: _, ...write }) => real.put(company, write),
  });
  expect(await crowd(careless)).not.toEqual({ joined: 3, placed: 3 });
});
