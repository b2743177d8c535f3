import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Storage, StorageFactory } from '../../src/adapter.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import type { BatchItem, BatchOptions, ResourceId } from '../../src/index.ts';
import { BookingRule, definePlugin } from '../../src/plugin.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, refusedWith, salon, type Bench } from './salon.ts';

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

describe('what the batch itself takes counts against those after it', () => {
  const scarce = salon({
    policies: { customerLimits: { perWeek: 2 } },
    resources: [
      { key: 'anna', name: 'Anna', schedule: 'week', limits: { perDay: 2 } },
      { key: 'room', name: 'Room', kind: 'room', schedule: 'week' },
      { key: 'pool', name: 'Pool', kind: 'equipment', schedule: 'week', capacity: 3 },
      { key: 'ben', name: 'Ben', schedule: 'week' },
    ],
    services: [
      { key: 'cut', name: 'Cut', durationMinutes: 30, stepMinutes: 30, resources: ['anna'] },
      { key: 'swim', name: 'Swim', durationMinutes: 60, stepMinutes: 30, resources: ['pool'] },
      { key: 'advice', name: 'Advice', durationMinutes: 30, resources: ['ben'], limits: { perWeek: 1 } },
      { key: 'chat', name: 'Chat', durationMinutes: 30, resources: ['ben'] },
      { key: 'talk', name: 'Talk', durationMinutes: 30, resources: ['ben'], bufferAfterMinutes: 30 },
      {
        key: 'perm',
        name: 'Perm',
        stepMinutes: 30,
        resources: ['ben', 'room'],
        segments: [
          { key: 'wrap', durationMinutes: 30, gapAfterMinutes: 30, assign: { staff: 1 } },
          { key: 'rinse', durationMinutes: 30, assign: { staff: 1, room: 1 } },
        ],
      },
    ],
  });
  beforeEach(async () => {
    await at.close();
    at = await bench({ companies: [scarce] });
  });
  const many = async (...wanted: readonly [service: string, time: string, date?: string, phone?: string][]) => {
    const items = wanted.map(([service, time, date, phone]): BatchItem => ({
      service,
      start: on(time, date),
      ...(phone === undefined ? {} : { customer: { phone } }),
    }));
    return codes(granted(await at.door.bookMany(items, EACH)).items);
  };

  test('places of what takes several side by side', async () => {
    const swims = ['10:00', '10:30', '10:30', '10:00', '11:00'].map((time) => ['swim', time] as const);
    expect(await many(...swims)).toEqual(['booked', 'booked', 'booked', 'SLOT_TAKEN', 'booked']);
  });

  test('limits of a resource, of a service and of a customer', async () => {
    expect(await many(['cut', '09:00'], ['cut', '10:00'], ['cut', '11:00'], ['cut', '11:00', '2026-11-25'])).toEqual([
      ...['booked', 'booked', 'LIMIT_REACHED', 'booked'],
    ]);
    expect(
      await many(['advice', '09:00'], ['advice', '10:00', '2026-11-25'], ['advice', '10:00', '2026-12-01']),
    ).toEqual(['booked', 'LIMIT_REACHED', 'booked']);
    const phone = '+4930123456';
    expect(
      await many(
        ['swim', '09:00', '2026-11-25', phone],
        ['swim', '12:00', '2026-11-26', phone],
        ['swim', '12:00', '2026-11-27', phone],
        ['swim', '12:00', '2026-11-27'],
      ),
    ).toEqual(['booked', 'booked', 'LIMIT_REACHED', 'booked']);
  });

  test('segments, whose gaps stay free for others, and buffers', async () => {
    expect(await many(['perm', '10:00'], ['chat', '10:30'], ['chat', '11:00'], ['perm', '10:30'])).toEqual([
      ...['booked', 'booked', 'SLOT_TAKEN', 'SLOT_TAKEN'],
    ]);
    expect(await many(['talk', '14:00'], ['talk', '14:30'], ['talk', '15:00'])).toEqual([
      ...['booked', 'SLOT_TAKEN', 'booked'],
    ]);
  });
});

describe('rules', () => {
  test('are asked about all items at once, each with its customer, and what they refuse is free for those after it', async () => {
    const asked: number[] = [];
    const rule: BookingRule = {
      name: 'not-by-name',
      check: (_, requests) => {
        asked.push(requests.length);
        return requests.map(({ customerId }) => (customerId === null ? undefined : { message: 'No names.' }));
      },
    };
    const plugin = definePlugin({
      name: 'strict',
      apiVersion: 1,
      requires: {},
      setup: ({ contribute }) => contribute(BookingRule, rule),
    });
    await at.close();
    at = await bench({
      plugins: [plugin],
      companies: [salon({ services: [{ key: 'cut', name: 'Cut', durationMinutes: 60, resources: ['anna'] }] })],
    });
    const batch = granted(
      await at.door.bookMany([cut('10:00', { customer: { name: 'Erika' } }), cut('10:00'), cut('12:00')], EACH),
    );
    expect(codes(batch.items)).toEqual(['RULE_REFUSED', 'booked', 'booked']);
    expect(batch.items[0]).toMatchObject({ refusal: { rule: 'not-by-name', reasons: [{ message: 'No names.' }] } });
    expect(asked).toEqual([2, 1]);
  });
});

describe('a thousand items', () => {
  /** Counts the reads and writes that reach the storage. */
  function counting(factory: StorageFactory): {
    readonly factory: StorageFactory;
    readonly calls: Map<string, number>;
  } {
    const calls = new Map<string, number>();
    return {
      calls,
      factory: {
        name: factory.name,
        create: async (options) => {
          const storage = await factory.create(options);
          return new Proxy(storage, {
            get(target, name: keyof Storage) {
              const member = target[name];
              if (typeof member !== 'function') return member;
              return (...args: unknown[]): unknown => {
                calls.set(name, (calls.get(name) ?? 0) + 1);
                return (member as (...all: unknown[]) => unknown).apply(target, args);
              };
            },
          });
        },
      },
    };
  }

  test('are read in one statement for each stretch without a gap of more than a week, and written at once', async () => {
    const resources = Array.from({ length: 50 }, (_, nth) => ({ key: `s${nth}`, name: `S${nth}`, schedule: 'week' }));
    const company = salon({
      resources,
      services: [{ key: 'cut', name: 'Cut', durationMinutes: 30, stepMinutes: 30, bufferAfterMinutes: 5 }],
    });
    const folder = mkdtempSync(join(tmpdir(), 'askpro-many-'));
    const { factory, calls } = counting(sqlite({ file: join(folder, 'many.db'), synchronous: 'NORMAL' }));
    await at.close();
    at = await bench({ storage: factory, companies: [company], relay: false });
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const days = ['2026-11-24', '2026-11-25', '2026-12-21'];
    const items = Array.from({ length: 1_000 }, (_, nth): BatchItem => ({
      service: 'cut',
      start: on(`${String(9 + (nth % 7)).padStart(2, '0')}:00`, days[Math.floor(nth / 350)] ?? '2026-12-21'),
    }));
    calls.clear();
    const batch = granted(await at.door.bookMany(items, ALL));
    expect(batch.items).toHaveLength(1_000);
    expect(Object.fromEntries(calls)).toEqual({ busy: 2, write: 1 });
    const resourceOf = (item: (typeof batch.items)[number]): ResourceId | undefined =>
      granted(item).appointment.resourceIds[0];
    expect(new Set(batch.items.map(resourceOf)).size).toBe(50);
  });
});
