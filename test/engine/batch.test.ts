import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BatchItem, BatchOptions } from '../../src/index.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, refusedWith, type Bench } from './salon.ts';

const on = (time: string, date = '2026-11-24'): string => `${date}T${time}:00+01:00`;
const cut = (time: string, over: Partial<BatchItem> = {}): BatchItem =>
  ({ service: 'cut', start: on(time), ...over }) as BatchItem;
const ALL: BatchOptions = { mode: 'all' };
const EACH: BatchOptions = { mode: 'each' };

let at: Bench;
beforeEach(async () => {
  at = await bench();
});
afterEach(() => at.close());

const codes = (items: readonly { readonly ok: boolean }[]): readonly string[] =>
  items.map((item) => (item.ok ? 'booked' : refusedWith(item)));
const booked = async (): Promise<number> => granted(await at.door.listAppointments({ limit: 200 })).page.items.length;

describe('a batch', () => {
  test('is booked as a whole, and its appointments are listed by what they have in common', async () => {
    const batch = granted(await at.door.bookMany([cut('09:00'), cut('09:00'), cut('11:00')], ALL));
    const appointments = batch.items.map((item) => granted(item).appointment);
    expect(appointments.map(({ startMs }) => startMs)).toEqual(
      ['09:00', '09:00', '11:00'].map((t) => Date.parse(on(t))),
    );
    expect(new Set(appointments.map(({ resourceIds }) => resourceIds[0])).size).toBe(2);
    const groupId = batch.groupId ?? undefined;
    expect(granted(await at.door.listAppointments({ groupId })).page.items).toEqual(appointments);
    const ledger = new Ledger(at.file, 300_000);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
    ledger.close();
  });

  test('of all or nothing books nothing and names each item that cannot be had, and why', async () => {
    granted(await at.door.book({ service: 'anna-only', start: on('12:00') }));
    const batch = await at.door.bookMany(
      [cut('10:00'), { service: 'anna-only', start: on('12:00') }, cut('18:00'), cut('10:10')],
      ALL,
    );
    expect(batch).toMatchObject({
      ok: false,
      refusal: {
        code: 'BATCH_REFUSED',
        items: [
          { index: 1, path: 'items[1]', refusal: { code: 'SLOT_TAKEN', reasons: [{ code: 'BUSY' }] } },
          { index: 2, path: 'items[2]', refusal: { code: 'OUTSIDE_HOURS' } },
          { index: 3, path: 'items[3]', refusal: { code: 'OFF_GRID' } },
        ],
      },
    });
    expect(await booked()).toBe(1);
  });

  test('of each books whatever can be had; of those who want one time the first gets it', async () => {
    const batch = granted(await at.door.bookMany([cut('10:00'), cut('10:30'), cut('10:00'), cut('11:00')], EACH));
    expect(codes(batch.items)).toEqual(['booked', 'booked', 'SLOT_TAKEN', 'booked']);
    expect(await booked()).toBe(3);
  });

  test('of which nothing can be had books nothing and has nothing in common', async () => {
    const batch = granted(await at.door.bookMany([cut('03:00')], EACH));
    expect([batch.groupId, codes(batch.items)]).toEqual([null, ['OUTSIDE_HOURS']]);
  });

  test('with wrong fields is refused with all of them by their paths', async () => {
    const batch = await at.door.bookMany(
      [
        cut('10:00', { notes: 'x'.repeat(2_001) }),
        { service: 'cut' } as BatchItem,
        cut('11:00', { status: 'cancelled' as never }),
      ],
      { mode: 'some' as never },
    );
    if (batch.ok || batch.refusal.code !== 'INPUT_INVALID') throw new Error('granted');
    expect(batch.refusal.errors.map(({ path }) => path)).toEqual([
      'mode',
      'items[0].notes',
      'items[1].start',
      'items[2].status',
    ]);
    const later = await at.door.bookMany(
      [cut('10:00'), { service: 'cut', start: 'soon' }, cut('11:00', { customer: { phone: '12' } })],
      EACH,
    );
    expect(later).toMatchObject({
      refusal: { errors: [{ path: 'items[1].start' }, { path: 'items[2].customer.phone' }] },
    });
    expect(refusedWith(await at.door.bookMany([], ALL))).toBe('INPUT_INVALID');
    expect(
      refusedWith(
        await at.door.bookMany(
          Array.from({ length: 1_001 }, () => cut('10:00')),
          ALL,
        ),
      ),
    ).toBe('INPUT_INVALID');
    expect(await booked()).toBe(0);
  });

  test('takes offers, and refuses one that is nobody’s for its item alone', async () => {
    const found = granted(await at.door.find({ service: 'cut', from: on('00:00'), count: 1 }));
    const offer = at.door.offer(found.slots[0]);
    const batch = granted(await at.door.bookMany([{ offer }, { offer: offer.token }, { offer: 'nonsense' }], EACH));
    expect(codes(batch.items)).toEqual(['booked', 'SLOT_TAKEN', 'OFFER_INVALID']);
  });

  test('what the company does not have is refused item by item', async () => {
    const batch = granted(
      await at.door.bookMany(
        [{ service: 'none', start: on('10:00') }, cut('10:00', { resource: 'nobody' } as never), cut('10:00')],
        EACH,
      ),
    );
    expect(codes(batch.items)).toEqual(['SERVICE_UNKNOWN', 'RESOURCE_UNKNOWN', 'booked']);
  });

  test('makes one customer of one phone number, and knows those it knew', async () => {
    const known = granted(
      await at.door.book({ service: 'cut', start: on('16:00') }, { customer: { phone: '+4930111222', name: 'Known' } }),
    );
    const batch = granted(
      await at.door.bookMany(
        [
          cut('09:00', { customer: { phone: '030 123456', name: 'Erika' } }),
          cut('10:00', { customer: { phone: '+4930123456', email: 'e@example.com' } }),
          cut('11:00', { customer: { phone: '+4930111222' } }),
          cut('12:00', { customer: { name: 'Nobody’s number' } }),
        ],
        ALL,
      ),
    );
    const [first, second, third, fourth] = batch.items.map((item) => granted(item).appointment.customerId);
    expect(second).toBe(first);
    expect(third).toBe(known.appointment.customerId);
    expect(new Set([first, third, fourth]).size).toBe(3);
    const { items } = granted(await at.door.listCustomers()).page;
    expect(items).toHaveLength(3);
    expect(items.find(({ id }) => id === first)).toMatchObject({ name: 'Erika', email: 'e@example.com' });
  });

  test('a customer who only wanted what could not be had is not made', async () => {
    granted(await at.door.bookMany([cut('03:00', { customer: { name: 'Early' } }), cut('10:00')], EACH));
    expect(granted(await at.door.listCustomers()).page.items).toEqual([]);
  });
});

describe('under a key', () => {
  const items = [cut('10:00'), cut('03:00'), cut('11:00')];

  test('a batch gives its first answer again with what is booked as it is now', async () => {
    const first = granted(await at.door.bookMany(items, { mode: 'each', idempotencyKey: 'b1' }));
    const { appointment } = granted(first.items[2] ?? { ok: false });
    const moved = granted(await at.door.reschedule(appointment.id, { start: on('15:00') })).appointment;
    const again = granted(await at.door.bookMany(items, { mode: 'each', idempotencyKey: 'b1' }));
    expect(again).toMatchObject({ replayed: true, groupId: first.groupId });
    expect(again.items[0]).toEqual(first.items[0]);
    expect(again.items[2]).toEqual({ ok: true, appointment: moved });
    expect(codes(again.items)).toEqual(['booked', 'REFUSED_EARLIER', 'booked']);
    expect(await booked()).toBe(2);
  });

  test('another mode or other items are refused, and a refused batch does not use its key up', async () => {
    expect(refusedWith(await at.door.bookMany(items, { mode: 'all', idempotencyKey: 'b1' }))).toBe('BATCH_REFUSED');
    granted(await at.door.bookMany(items, { mode: 'each', idempotencyKey: 'b1' }));
    expect(refusedWith(await at.door.bookMany(items, { mode: 'all', idempotencyKey: 'b1' }))).toBe('KEY_REUSED');
    const other = [...items.slice(0, 2), cut('11:00', { notes: 'other' })];
    expect(refusedWith(await at.door.bookMany(other, { mode: 'each', idempotencyKey: 'b1' }))).toBe('KEY_REUSED');
  });

  test('thirty at once have one effect', async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, () => at.door.bookMany([cut('10:00'), cut('11:00')], { ...ALL, idempotencyKey: 'b' })),
    );
    expect(new Set(all.map((answer) => granted(answer).groupId)).size).toBe(1);
    expect(await booked()).toBe(2);
  });
});
