import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Storage, StorageFactory } from '../../src/adapter.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import type { BatchItem, BatchOptions, ResourceId } from '../../src/index.ts';
import { BookingRule, definePlugin } from '../../src/plugin.ts';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

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
  const many = async (
    ...wanted: readonly (readonly [service: string, time: string, date?: string, phone?: string])[]
  ) => {
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

describe('policies', () => {
  test('count for each item: whoever did not come too often, and what waits for a confirmation', async () => {
    await at.close();
    at = await bench({ companies: [salon({ policies: { maxNoShows: 1, requiresConfirmation: true } })] });
    const phone = '+4930123456';
    const { appointment } = granted(
      await at.door.book({ service: 'cut', start: on('09:00') }, { customer: { phone }, by: 'company' }),
    );
    at.clock.advance(30 * 3_600_000);
    granted(await at.door.noShow(appointment.id));
    const items = [cut('10:00', { customer: { phone } }), cut('11:00')].map((item) => ({
      ...item,
      start: (item as { start: string }).start.replace('24', '26'),
    }));
    const asked = granted(await at.door.bookMany(items, EACH));
    expect(codes(asked.items)).toEqual(['NO_SHOW_LIMIT', 'booked']);
    expect(asked.items[1]).toMatchObject({ appointment: { status: 'pending' } });
    const decided = granted(await at.door.bookMany(items.slice(0, 1), { ...EACH, by: 'company' }));
    expect(decided.items[0]).toMatchObject({ ok: true, appointment: { status: 'confirmed' } });
  });
});
