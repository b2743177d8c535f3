import { afterEach, expect, test, vi } from 'vitest';
import type { Appointment, CompanyDoor } from '../../src/index.ts';
import { serve } from '../../src/adapters/http/index.ts';
import { Documents, Publisher } from '../../src/plugin.ts';
import type { Line } from '../../src/plugins/waitlist/line.ts';
import { Offering } from '../../src/plugins/waitlist/offering.ts';
import { WaitlistStore } from '../../src/plugins/waitlist/store.ts';
import { granted, refusedWith, salon } from '../engine/salon.ts';
import { HOUR, lineBench, NINE, person, type LineBench } from './line.ts';

const opened: LineBench[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** A salon with a class of four. */
async function start(more: Parameters<typeof lineBench>[1] = {}): Promise<LineBench> {
  const yoga = { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 60, seats: 4, resources: ['anna'] };
  const made = await lineBench(
    {},
    {
      companies: [salon({ services: [...(salon().services ?? []), yoga] }), salon({ key: 'other', numbers: [] })],
      ...more,
    },
  );
  opened.push(made);
  return made;
}

const nine = { service: 'yoga', start: NINE };
/** Takes seats of the class at nine, one party for each number. */
const seated = async ({ door }: LineBench, ...parties: readonly number[]): Promise<readonly Appointment[]> => {
  const booked: Appointment[] = [];
  for (const partySize of parties) booked.push(granted(await door.book({ ...nine, partySize })).appointment);
  return booked;
};
const wait = async ({ list, company }: LineBench, name: string, partySize?: number, wish: object = nine) =>
  granted(await list.join(company, wish as typeof nine, { ...person(name), partySize })).entry;

test('a party for which too few seats became free is passed over, and keeps its place for when there are enough', async () => {
  const at = await start();
  const [two, one, another] = await seated(at, 2, 1, 1);
  const three = await wait(at, 'Erika', 3);
  const pair = await wait(at, 'Max', 2);
  const single = await wait(at, 'Anton');
  expect([three, pair, single].map(({ position, wish }) => [position, wish.partySize])).toEqual([
    [1, 3],
    [2, 2],
    [3, 1],
  ]);

  granted(await at.door.cancel(one?.id as never));
  await vi.waitFor(() => expect(at.offered).toEqual([single.id]));
  expect(await at.entry(three.id)).toMatchObject({ status: 'waiting', position: 1 });
  expect(await at.entry(pair.id)).toMatchObject({ status: 'waiting', position: 2 });
  // His seat goes back, and with the next two there is room for three, but for nobody else beside them.
  granted(await at.list.leave(at.company, single.id));
  await vi.waitFor(async () => granted(await at.door.check(nine)));
  granted(await at.door.cancel(two?.id as never));
  await vi.waitFor(() => expect(at.offered).toEqual([single.id, three.id]));
  expect(await at.entry(pair.id)).toMatchObject({ status: 'waiting', position: 2 });
  expect(refusedWith(await at.door.check(nine))).toBe('SLOT_TAKEN');

  const accepted = granted(await at.list.accept(at.company, three.id));
  expect(accepted.appointment).toMatchObject({ partySize: 3, startMs: NINE, sessionId: another?.sessionId });
});

test('seats that one party leaves over go to the next that fits into them, in one promotion', async () => {
  const at = await start();
  const [all] = await seated(at, 4);
  const pair = await wait(at, 'Max', 2);
  const three = await wait(at, 'Erika', 3);
  const single = await wait(at, 'Anton', 1);
  const window = await wait(at, 'Otto', 1, { service: 'yoga', from: NINE, to: NINE + 60_000 });
  granted(await at.door.cancel(all?.id as never));
  await vi.waitFor(() => expect(at.offered).toEqual([pair.id, single.id, window.id]));
  expect(await at.entry(three.id)).toMatchObject({ status: 'waiting', position: 2 });
});

/** Somebody in front is looked at when one seat is free, and two more become free before the next one is. */
async function freedBetween(walk: (offering: Offering, door: CompanyDoor, line: Line) => Promise<void>) {
  const at = await start({ relay: false });
  const [two, one] = await seated(at, 2, 1, 1);
  const three = await wait(at, 'Erika', 3);
  const pair = await wait(at, 'Max', 2);
  granted(await at.door.cancel(one?.id as never));
  let looks = 0;
  const door: CompanyDoor = {
    ...at.door,
    async check(query) {
      const answer = await at.door.check(query);
      if (++looks === 1) granted(await at.door.cancel(two?.id as never));
      return answer;
    },
  };
  const { engine, clock } = at;
  const store = new WaitlistStore({ documents: engine.get(Documents), publisher: engine.get(Publisher) });
  const settings = { now: () => clock.now(), notice: () => undefined, offerSeconds: 900, maxOffers: 1 };
  await walk(new Offering({ store, ...settings }), door, await store.line(at.company));
  return [(await at.entry(three.id)).status, (await at.entry(pair.id)).status];
}

test('who comes later takes nothing that became free while those ahead were passed over', async () => {
  const promote = (offering: Offering, door: CompanyDoor) =>
    offering.promote(door, { fromMs: NINE, toMs: NINE + HOUR });
  expect(await freedBetween(promote)).toEqual(['offered', 'waiting']);
});

test('control: where those ahead are not looked at once more, he takes it', async () => {
  const walk = async (offering: Offering, door: CompanyDoor, line: Line): Promise<void> => {
    for (const { id } of line) await offering.offer(door, id, []);
  };
  expect(await freedBetween(walk)).toEqual(['waiting', 'offered']);
});

test('a party waits only where a session could ever have room for it', async () => {
  const at = await start();
  await seated(at, 3);
  const ask = async (partySize: unknown, wish = nine): Promise<object> =>
    at.list.join(at.company, wish, { ...person('Erika'), partySize: partySize as number });
  expect(await ask(5)).toMatchObject({ refusal: { code: 'LIMIT_REACHED' } });
  expect(await ask(2, { ...nine, service: 'anna-only' })).toMatchObject({ refusal: { code: 'LIMIT_REACHED' } });
  // One seat is free for one, and taken for two.
  expect(await ask(1)).toMatchObject({ refusal: { code: 'SLOT_FREE' } });
  expect(await ask(2)).toMatchObject({ ok: true, entry: { wish: { partySize: 2 } } });
  for (const wrong of [0, 1.5, -1, 1_001, '2', null])
    expect(await ask(wrong)).toMatchObject({ refusal: { code: 'INPUT_INVALID', errors: [{ path: 'partySize' }] } });
});

test('the same key with another number of people is another request', async () => {
  const at = await start();
  await seated(at, 4);
  const keyed = { ...person('Erika'), idempotencyKey: 'one' };
  granted(await at.list.join(at.company, nine, { ...keyed, partySize: 2 }));
  expect(granted(await at.list.join(at.company, nine, { ...keyed, partySize: 2 })).replayed).toBe(true);
  expect(refusedWith(await at.list.join(at.company, nine, { ...keyed, partySize: 3 }))).toBe('KEY_REUSED');
});

test('a party joins over HTTP, and what is wrong with it is named', async () => {
  const at = await start();
  await seated(at, 4);
  const http = await serve(at.engine, { port: 0 });
  try {
    const { secret } = granted(await at.engine.keys.create(at.company, 'test'));
    const post = async (partySize: unknown) => {
      const response = await fetch(`${http.url}/api/v2/waitlist`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          service: 'yoga',
          start: '2026-11-24T09:00:00+01:00',
          customer: { phone: '+491701234567' },
          partySize,
        }),
      });
      return { status: response.status, body: (await response.json()) as object };
    };
    expect(await post(2)).toMatchObject({ status: 201, body: { status: 'waiting', partySize: 2 } });
    for (const wrong of ['two', 0, 1.5])
      expect(await post(wrong)).toMatchObject({ status: 400, body: { errors: [{ path: 'partySize' }] } });
  } finally {
    http.server.closeAllConnections();
    await http.close();
  }
});
