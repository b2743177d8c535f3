import { afterEach, expect, test, vi } from 'vitest';
import { MINUTE_MS } from '../../src/plugin.ts';
import type { WaitlistOptions } from '../../src/plugins/waitlist/index.ts';
import { granted, refusedWith } from '../engine/salon.ts';
import { FIVE, HOUR, lineBench, NINE, person, type LineBench } from './line.ts';

const opened: LineBench[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});
const start = async (options: WaitlistOptions = {}, more: Parameters<typeof lineBench>[1] = {}): Promise<LineBench> => {
  const made = await lineBench(options, more);
  opened.push(made);
  return made;
};
const anna = { service: 'anna-only', start: NINE };
const window = { start: undefined, from: NINE, to: FIVE };

test('the first in line gets what a cancellation freed, held for him, and nobody else can have it', async () => {
  const { door, list, company, offered, join, entry, fill } = await start();
  const [nine] = await fill(8);
  const first = await join('Erika');
  const second = await join('Max');
  expect([first.position, second.position]).toEqual([1, 2]);

  granted(await door.cancel(nine?.id ?? (first.id as never)));
  await vi.waitFor(() => expect(offered).toEqual([first.id]));
  expect(await entry(first.id)).toMatchObject({
    status: 'offered',
    offer: { startMs: NINE, endMs: NINE + HOUR },
    offers: 1,
  });
  expect(await entry(second.id)).toMatchObject({ status: 'waiting', position: 2, offer: null });
  expect(refusedWith(await door.book(anna))).toBe('SLOT_TAKEN');

  const accepted = granted(await list.accept(company, first.id));
  expect(accepted.appointment).toMatchObject({ startMs: NINE, source: 'waitlist', status: 'confirmed' });
  expect(accepted.entry).toMatchObject({ status: 'booked', appointmentId: accepted.appointment.id, position: null });
  const customer = granted(await door.getCustomer(accepted.appointment.customerId as never)).customer;
  expect(customer.name).toBe('Erika');
  expect(granted(await list.accept(company, first.id)).appointment.id).toBe(accepted.appointment.id);
  expect((await entry(second.id)).position).toBe(1);
});

test('what a reschedule leaves and a hold that is given up go to the line as well', async () => {
  const { door, offered, join, fill } = await start();
  const [nine] = await fill(7);
  const held = granted(await door.hold({ ...anna, start: NINE + 7 * HOUR }, { owner: 'a caller' })).hold;
  const first = await join('Erika');
  const last = await join('Max', { start: NINE + 7 * HOUR });
  granted(await door.reschedule(nine?.id as never, { start: NINE, service: 'cut', resource: 'ben' }));
  await vi.waitFor(() => expect(offered).toEqual([first.id]));
  granted(await door.release({ hold: held.id, owner: held.owner }));
  await vi.waitFor(() => expect(offered).toEqual([first.id, last.id]));
});

test('a window takes the first start in it, on its days and in its part of the day', async () => {
  const { door, offered, join, entry, fill } = await start({ maxPerSlot: 20 });
  const booked = await fill(8);
  const wrongDay = await join('Max', { ...window, weekdays: ['mo', 'we'] });
  const afternoon = await join('Erika', { ...window, weekdays: ['tu'], partOfDay: 'afternoon' });
  const later = await join('Anton', {
    start: undefined,
    from: NINE + 24 * HOUR,
    to: FIVE + 24 * HOUR,
    resource: 'ben',
    weekdays: ['su'],
    service: 'cut',
  });
  granted(await door.cancel(booked[1]?.id as never));
  granted(await door.cancel(booked[5]?.id as never));
  await vi.waitFor(() => expect(offered).toEqual([afternoon.id]));
  expect((await entry(afternoon.id)).offer?.startMs).toBe(NINE + 5 * HOUR);
  expect((await entry(wrongDay.id)).status).toBe('waiting');
  expect((await entry(later.id)).status).toBe('waiting');
});

test('who cannot use what became free is passed over and keeps his place', async () => {
  const { door, offered, join, entry, fill } = await start();
  const booked = await fill(8);
  const tooLong = await join('Max', { ...window, service: 'colour', resource: 'anna' });
  const fits = await join('Erika', window);
  granted(await door.cancel(booked[2]?.id as never));
  await vi.waitFor(() => expect(offered).toEqual([fits.id]));
  expect(await entry(tooLong.id)).toMatchObject({ status: 'waiting', position: 1 });

  // An hour and a half with its buffers needs three of Anna's hours.
  granted(await door.cancel(booked[5]?.id as never));
  granted(await door.cancel(booked[6]?.id as never));
  granted(await door.cancel(booked[7]?.id as never));
  await vi.waitFor(() => expect(offered).toEqual([fits.id, tooLong.id]));
});

test('an offer that runs out goes to the next, and whoever let it run out leaves or goes to the end', async () => {
  for (const { maxOffers, status } of [
    { maxOffers: 1, status: 'expired' },
    { maxOffers: 2, status: 'waiting' },
  ]) {
    const { door, clock, offered, list, company, join, entry, fill, turn } = await start({
      maxOffers,
      offerMinutes: 10,
    });
    const [nine] = await fill(8);
    const first = await join('Erika');
    const second = await join('Max');
    granted(await door.cancel(nine?.id as never));
    await vi.waitFor(() => expect(offered).toEqual([first.id]));
    clock.advance(9 * MINUTE_MS);
    await turn();
    expect((await entry(first.id)).status).toBe('offered');
    clock.advance(MINUTE_MS);
    await turn();
    await vi.waitFor(() => expect(offered).toEqual([first.id, second.id]));
    expect(await entry(first.id)).toMatchObject({ status, position: status === 'waiting' ? 2 : null });
    expect(refusedWith(await list.accept(company, first.id))).toBe('WAITLIST_NOT_OFFERED');
    // The other one lets it run out too.
    clock.advance(10 * MINUTE_MS);
    await turn();
    if (status === 'waiting') await vi.waitFor(() => expect(offered).toEqual([first.id, second.id, first.id]));
    else await vi.waitFor(async () => expect((await entry(second.id)).status).toBe('expired'));
  }
});

test('accepting too late is refused and passes it on at once', async () => {
  const { door, clock, offered, list, company, join, fill } = await start({ offerMinutes: 10 });
  const [nine] = await fill(8);
  const first = await join('Erika');
  const second = await join('Max');
  granted(await door.cancel(nine?.id as never));
  await vi.waitFor(() => expect(offered).toEqual([first.id]));
  clock.advance(10 * MINUTE_MS);
  expect(refusedWith(await list.accept(company, first.id))).toBe('HOLD_EXPIRED');
  await vi.waitFor(() => expect(offered).toEqual([first.id, second.id]));
});

test('who refuses an offer or leaves with one passes it on', async () => {
  const { door, offered, list, company, join, entry, fill } = await start({ maxOffers: 3 });
  const [nine] = await fill(8);
  const first = await join('Erika');
  const second = await join('Max');
  const third = await join('Anton', window);
  granted(await door.cancel(nine?.id as never));
  await vi.waitFor(() => expect(offered).toEqual([first.id]));
  expect(granted(await list.decline(company, first.id)).entry).toMatchObject({ status: 'declined', position: null });
  await vi.waitFor(() => expect(offered).toEqual([first.id, second.id]));
  expect(granted(await list.leave(company, second.id)).entry.status).toBe('left');
  expect(granted(await list.leave(company, second.id)).entry.status).toBe('left');
  await vi.waitFor(() => expect(offered).toEqual([first.id, second.id, third.id]));
  // A window may be offered another start, but never again the one that was refused.
  expect(granted(await list.decline(company, third.id)).entry).toMatchObject({ status: 'waiting', position: 1 });
  await vi.waitFor(async () => granted(await door.check(anna)));
  expect(await entry(third.id)).toMatchObject({ status: 'waiting', offer: null });
  expect(refusedWith(await list.decline(company, third.id))).toBe('WAITLIST_NOT_OFFERED');
});

test('a hold of a caller that runs out frees time without a word, and is noticed all the same', async () => {
  const { door, clock, offered, join, fill, turn } = await start({ recheckMinutes: 5 });
  await fill(7);
  granted(await door.hold({ ...anna, start: NINE + 7 * HOUR }, { owner: 'a caller', ttlSeconds: 60 }));
  const first = await join('Erika', { start: NINE + 7 * HOUR });
  await turn();
  clock.advance(2 * MINUTE_MS);
  await turn();
  expect(offered).toEqual([]);
  clock.advance(3 * MINUTE_MS);
  await turn();
  expect(offered).toEqual([first.id]);
});

test('who is still waiting when his time has come leaves the line', async () => {
  const { clock, join, entry, fill, turn } = await start();
  await fill(8);
  const first = await join('Erika');
  clock.advance(NINE - clock.now());
  await turn();
  expect(await entry(first.id)).toMatchObject({ status: 'waiting' });
  clock.advance(10 * MINUTE_MS);
  await turn();
  expect(await entry(first.id)).toMatchObject({ status: 'past', position: null });
});

test('a company knows nothing of the line of another', async () => {
  const { door, open, offered, list, company, join, fill } = await start();
  const other = await open('other');
  const theirs = granted(await other.book(anna)).appointment;
  await fill(8);
  const ours = await join('Erika');
  granted(await other.cancel(theirs.id));
  expect(refusedWith(await list.get(other.company.id, ours.id))).toBe('WAITLIST_ENTRY_UNKNOWN');
  expect(refusedWith(await list.accept(other.company.id, ours.id))).toBe('WAITLIST_ENTRY_UNKNOWN');
  expect(refusedWith(await list.leave(other.company.id, ours.id))).toBe('WAITLIST_ENTRY_UNKNOWN');
  expect(granted(await list.list(other.company.id)).page.items).toEqual([]);
  expect(await list.offeredTo(other.company.id, { phone: person('Erika').customer?.phone ?? '' })).toEqual([]);
  expect(granted(await list.list(company)).page.items.map(({ id }) => id)).toEqual([ours.id]);
  // Theirs is free, ours is not: nobody was offered anything.
  granted(await other.check(anna));
  expect(refusedWith(await door.check(anna))).toBe('SLOT_TAKEN');
  expect(offered).toEqual([]);
});

test('who is erased leaves the line with all his entries, and what he had goes to the next', async () => {
  const { door, offered, list, company, join, fill } = await start();
  const [nine] = await fill(8);
  const first = await join('Erika');
  const again = await join('Erika', window);
  const second = await join('Max');
  granted(await door.cancel(nine?.id as never));
  await vi.waitFor(() => expect(offered).toEqual([first.id]));
  expect(await list.forget(company, { phone: person('Erika').customer?.phone ?? '' })).toBe(2);
  await vi.waitFor(() => expect(offered).toEqual([first.id, second.id]));
  expect(refusedWith(await list.get(company, first.id))).toBe('WAITLIST_ENTRY_UNKNOWN');
  expect(refusedWith(await list.get(company, again.id))).toBe('WAITLIST_ENTRY_UNKNOWN');
  expect(granted(await list.list(company)).page.items.map(({ id }) => id)).toEqual([second.id]);
});

test('a customer who is erased leaves the line also where he is known by his e-mail address alone', async () => {
  const { door, list, company, fill } = await start();
  await fill(7);
  const customer = { name: 'Erika', phone: '+4917000000001', email: 'Erika@example.org' };
  const { appointment } = granted(await door.book({ service: 'anna-only', start: FIVE - HOUR }, { customer }));
  const wish = { service: 'anna-only', start: NINE };
  const { entry } = granted(await list.join(company, wish, { customer: { email: 'erika@example.org' } }));
  expect(await list.forget(company, { customer: appointment.customerId as never })).toBe(1);
  expect(refusedWith(await list.get(company, entry.id))).toBe('WAITLIST_ENTRY_UNKNOWN');
});
