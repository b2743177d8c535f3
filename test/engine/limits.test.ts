import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StorageFactory } from '../../src/adapter.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { attemptOn } from './attempts.ts';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

const on = (time: string, date = '2026-11-24'): string => `${date}T${time}:00+01:00`;
const TUESDAY = { from: on('00:00'), to: on('00:00', '2026-11-25') };

const companies = [
  salon({
    policies: { customerLimits: { perWeek: 2 } },
    resources: [
      { key: 'anna', name: 'Anna', schedule: 'week', limits: { perDay: 2, perWeek: 3 } },
      { key: 'pool', name: 'Pool', kind: 'equipment', schedule: 'week', capacity: 3 },
      { key: 'ben', name: 'Ben', schedule: 'week' },
    ],
    services: [
      { key: 'cut', name: 'Cut', durationMinutes: 30, stepMinutes: 30, resources: ['anna'] },
      { key: 'swim', name: 'Swim', durationMinutes: 60, stepMinutes: 30, resources: ['pool'] },
      {
        key: 'advice',
        name: 'Advice',
        durationMinutes: 30,
        stepMinutes: 30,
        resources: ['ben'],
        limits: { perDay: 1 },
      },
      { key: 'talk', name: 'Talk', durationMinutes: 30, stepMinutes: 30, resources: ['ben'] },
    ],
  }),
];

let at: Bench;
beforeEach(async () => {
  at = await bench({ companies });
});
afterEach(() => at.close());

const book = (service: string, time: string, date?: string) => at.door.book({ service, start: on(time, date) });

describe('capacity', () => {
  test('as many as fit are booked side by side, and time is taken where all of them are', async () => {
    for (const time of ['10:00', '10:30', '10:30']) granted(await book('swim', time));
    expect(refusedWith(await book('swim', '10:00'))).toBe('SLOT_TAKEN');
    expect(refusedWith(await book('swim', '10:30'))).toBe('SLOT_TAKEN');
    granted(await book('swim', '11:00'));
    const found = granted(await at.door.find({ service: 'swim', ...TUESDAY }));
    const starts = found.slots.map(({ start }) => start.slice(11, 16));
    expect(['09:30', '10:00', '10:30', '11:00', '11:30'].filter((time) => starts.includes(time))).toEqual([
      ...['09:30', '11:30'],
    ]);
  });

  test('forty who race for three places end with three', async () => {
    const attempts = Array.from({ length: 40 }, (_, index) => ({
      service: 'swim',
      start: on('12:00'),
      viaHold: index % 2 === 0,
    }));
    const outcomes = await Promise.all(attempts.map((attempt) => attemptOn(at.door, attempt)));
    expect(outcomes.filter((outcome) => 'resource' in outcome)).toHaveLength(3);
  });
});

describe('a limit', () => {
  test('of a resource closes the day when it is reached, and the week, and a cancellation opens it again', async () => {
    granted(await book('cut', '09:00'));
    const { appointment } = granted(await book('cut', '10:00'));
    expect(refusedWith(await book('cut', '11:00'))).toBe('LIMIT_REACHED');
    expect((await at.door.find({ service: 'cut', ...TUESDAY })).ok).toBe(false);
    granted(await book('cut', '09:00', '2026-11-25'));
    expect(refusedWith(await book('cut', '10:00', '2026-11-26'))).toBe('LIMIT_REACHED');
    granted(await book('cut', '10:00', '2026-11-30'));
    granted(await at.door.cancel(appointment.id));
    granted(await book('cut', '15:00'));
  });

  test('is explained: which one, of whom and until when', async () => {
    granted(await book('advice', '09:00'));
    const { blockers } = granted(await at.door.explain({ service: 'advice', start: on('10:00') }));
    expect(blockers).toMatchObject([
      { code: 'LIMIT_REACHED', scope: 'service', period: 'day', limit: 1, firstDate: '2026-11-24' },
    ]);
  });

  test('moves with an appointment that is moved', async () => {
    const { appointment } = granted(await book('advice', '09:00'));
    granted(await at.door.reschedule(appointment.id, { start: on('11:00') }));
    expect(refusedWith(await book('advice', '14:00'))).toBe('LIMIT_REACHED');
    granted(await at.door.reschedule(appointment.id, { start: on('11:00', '2026-11-25') }));
    granted(await book('advice', '14:00'));
  });

  test('of a customer counts once he is known, for what was held as well', async () => {
    const customer = { name: 'Erika', phone: '030 555 0199' };
    const forErika = (time: string) => at.door.book({ service: 'talk', start: on(time) }, { customer });
    granted(await forErika('09:00'));
    granted(await forErika('09:30'));
    expect(refusedWith(await forErika('10:00'))).toBe('LIMIT_REACHED');
    const { hold } = granted(await at.door.hold({ service: 'talk', start: on('10:30') }, { owner: 'call' }));
    expect(refusedWith(await at.door.book(hold, { customer }))).toBe('LIMIT_REACHED');
    // Nothing of the attempt is left behind: somebody else can have what is held.
    granted(await at.door.book(hold, { customer: { name: 'Max', phone: '030 555 0198' } }));
  });

  test('is held for a hold, and free again when it expires', async () => {
    granted(await at.door.hold({ service: 'advice', start: on('09:00') }, { owner: 'call' }));
    expect(refusedWith(await book('advice', '15:00'))).toBe('LIMIT_REACHED');
    at.clock.advance(301_000);
    granted(await book('advice', '15:00'));
  });
});

const advices = Array.from({ length: 40 }, (_, index) => ({
  service: 'advice',
  start: on(`${9 + (index % 8)}`.padStart(2, '0').concat(':00')),
  viaHold: index % 2 === 0,
}));

const bookedAtOnce = async ({ door }: Bench): Promise<number> => {
  const outcomes = await Promise.all(advices.map((attempt) => attemptOn(door, attempt)));
  return outcomes.filter((outcome) => 'resource' in outcome).length;
};

test('forty who race for eight times of a day that allows one end with one', async () => {
  expect(await bookedAtOnce(at)).toBe(1);
});

test('control: a storage that leaves the units out lets several through', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-limits-'));
  const file = join(folder, 'unguarded.db');
  const inner = sqlite({ file, synchronous: 'NORMAL' });
  const storage: StorageFactory = {
    name: 'without units',
    async create(options) {
      const guarded = await inner.create(options);
      const write: typeof guarded.write = (company, { units: _, ...rest }) => guarded.write(company, rest);
      return new Proxy(guarded, {
        get(target, name) {
          if (name === 'write') return write;
          const member: unknown = Reflect.get(target, name);
          return typeof member === 'function' ? (member.bind(target) as unknown) : member;
        },
      });
    },
  };
  const unguarded = await bench({ companies, file, storage });
  expect(await bookedAtOnce(unguarded)).toBeGreaterThan(1);
  await unguarded.close();
  rmSync(folder, { recursive: true });
});
