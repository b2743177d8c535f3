import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attemptOn } from './attempts.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, refusedWith, salon, type Bench } from './salon.ts';
import type { ResourceDefinition, ServiceDefinition } from '../../src/index.ts';

const DAY = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' };
const TEN = '2026-11-24T10:00:00+01:00';

/** Fifty minutes of work, fifteen of waiting, and so on: the perm, during whose waiting times the stylist is free. */
const perm: ServiceDefinition = {
  key: 'perm',
  name: 'Dauerwelle',
  stepMinutes: 15,
  resources: ['anna', 'ben'],
  segments: [
    { key: 'wrap', durationMinutes: 50, gapAfterMinutes: 15 },
    { key: 'rinse', durationMinutes: 5, gapAfterMinutes: 10 },
    { key: 'neutralise', durationMinutes: 15 },
    { key: 'cut', durationMinutes: 40 },
  ],
};
const resources: readonly ResourceDefinition[] = [
  { key: 'anna', name: 'Anna', schedule: 'week', skills: ['cut', 'dye'] },
  { key: 'ben', name: 'Ben', schedule: 'week', skills: ['cut'] },
  { key: 'room', name: 'Room', kind: 'room', schedule: 'week' },
];
const services: readonly ServiceDefinition[] = [
  perm,
  { key: 'cut', name: 'Cut', durationMinutes: 15, stepMinutes: 5, resources: ['anna', 'ben'] },
  { key: 'massage', name: 'Massage', durationMinutes: 60, stepMinutes: 60, assign: { staff: 1, room: 1 } },
  {
    key: 'colour',
    name: 'Colour',
    durationMinutes: 60,
    stepMinutes: 60,
    assign: { staff: 1 },
    skills: { staff: ['dye'] },
  },
  {
    key: 'quick',
    name: 'Quick',
    durationMinutes: 60,
    stepMinutes: 60,
    minutesOf: { ben: 30 },
    resources: ['ben', 'anna'],
  },
  {
    key: 'spa',
    name: 'Spa',
    stepMinutes: 30,
    keep: 'free',
    segments: [
      { key: 'bath', durationMinutes: 30, assign: { room: 1 } },
      { key: 'massage', durationMinutes: 30, assign: { staff: 1 } },
    ],
  },
];

let at: Bench;
let names: ReadonlyMap<string, string>;
beforeEach(async () => {
  at = await bench({ companies: [salon({ resources, services })] });
  names = new Map((await at.door.resources()).map(({ id, key }) => [id, key]));
});
afterEach(() => at.close());

const named = (ids: readonly string[]): string => ids.map((id) => names.get(id)).join('+');

describe('a service of several segments', () => {
  test('claims its own time alone, so that another customer fits into its gaps', async () => {
    const { appointment } = granted(await at.door.book({ service: 'perm', start: TEN, resource: 'anna' }));
    expect(new Date(appointment.endMs).toISOString()).toBe('2026-11-24T11:15:00.000Z');
    expect(appointment.spans.map(({ startMs, endMs }) => (endMs - startMs) / 60_000)).toEqual([50, 5, 55]);
    // Between 10:50 and 11:05 her hands are free, at 11:00 only for as long as that.
    granted(await at.door.book({ service: 'cut', start: '2026-11-24T10:50:00+01:00', resource: 'anna' }));
    expect(
      refusedWith(await at.door.check({ service: 'cut', start: '2026-11-24T10:55:00+01:00', resource: 'anna' })),
    ).toBe('SLOT_TAKEN');
  });

  test('tells its parts, and is booked by an offer as it was listed', async () => {
    const found = granted(await at.door.find({ service: 'perm', ...DAY }));
    const [slot] = found.slots;
    expect(slot.segments?.map(({ key, start }) => `${key} ${start.slice(11, 16)}`)).toEqual([
      ...['wrap 09:00', 'rinse 10:05', 'neutralise 10:20', 'cut 10:35'],
    ]);
    const { appointment } = granted(await at.door.book(at.door.offer(slot)));
    expect(appointment.endMs).toBe(slot.endMs);
  });
});

describe('staff and room together', () => {
  test('are claimed together or not at all', async () => {
    const { appointment } = granted(await at.door.book({ service: 'massage', start: TEN }));
    expect(named(appointment.resourceIds)).toBe('anna+room');
    // Ben is free at ten, the only room is not.
    expect(refusedWith(await at.door.check({ service: 'massage', start: TEN }))).toBe('SLOT_TAKEN');
    granted(await at.door.cancel(appointment.id, { version: appointment.version }));
    granted(await at.door.book({ service: 'massage', start: TEN, resource: 'ben' }));
  });

  test('whoever is wanted is one of them', async () => {
    const found = granted(await at.door.find({ service: 'massage', resource: 'ben', ...DAY }));
    expect(new Set(found.slots.map(({ resourceIds }) => named(resourceIds)))).toEqual(new Set(['ben+room']));
  });
});

test('only those with the skills are asked', async () => {
  const found = granted(await at.door.find({ service: 'colour', ...DAY }));
  expect(new Set(found.slots.map(({ resourceIds }) => named(resourceIds)))).toEqual(new Set(['anna']));
});

test('a length of one’s own is what the appointment lasts and occupies', async () => {
  const { appointment } = granted(await at.door.book({ service: 'quick', start: TEN }));
  expect([named(appointment.resourceIds), (appointment.endMs - appointment.startMs) / 60_000]).toEqual(['ben', 30]);
  const other = granted(await at.door.book({ service: 'quick', start: TEN }));
  const { resourceIds, startMs, endMs } = other.appointment;
  expect([named(resourceIds), (endMs - startMs) / 60_000]).toEqual(['anna', 60]);
});

test('segments served by different kinds occupy each only for its own', async () => {
  const { appointment } = granted(await at.door.book({ service: 'spa', start: TEN }));
  const occupied = appointment.spans.map(
    ({ resourceId, startMs }) => `${names.get(resourceId)} ${new Date(startMs).toISOString().slice(11, 16)}`,
  );
  expect(occupied.sort()).toEqual(['anna 09:30', 'room 09:00']);
});

describe('hours', () => {
  const week = { key: 'week', weekly: [{ days: ['mo', 'tu', 'we'] as const, from: '09:00', to: '17:00' }] };
  const late = { key: 'late', weekly: [{ days: ['tu'] as const, from: '12:00', to: '20:00' }] };

  test('within those of the branch, with closed dates and summer hours', async () => {
    const own = await bench({
      companies: [
        salon({
          branches: [{ key: 'mitte', name: 'Mitte', schedule: 'week' }],
          schedules: [
            { ...week, closedDates: ['2026-12-01', { from: '2026-12-07', to: '2026-12-31' }] },
            late,
            { key: 'summer', weekly: [{ days: ['tu'], from: '09:00', to: '11:00', validFrom: '2026-12-01' }] },
          ],
          resources: [
            { key: 'anna', name: 'Anna', schedule: 'late', withinBranch: true },
            { key: 'ben', name: 'Ben', schedule: 'summer' },
          ],
          services: [
            { key: 'hour', name: 'Hour', durationMinutes: 60, stepMinutes: 60, resources: ['anna'] },
            { key: 'ben', name: 'Ben', durationMinutes: 60, stepMinutes: 60, resources: ['ben'] },
          ],
        }),
      ],
    });
    const starts = async (service: string, date: string): Promise<readonly string[]> => {
      const found = await own.door.find({ service, from: `${date}T00:00:00+01:00`, to: `${date}T23:59:00+01:00` });
      return found.ok ? found.slots.map(({ start }) => start.slice(11, 13)) : [];
    };
    expect(await starts('hour', '2026-11-24')).toEqual(['12', '13', '14', '15', '16']);
    expect(await starts('hour', '2026-12-01')).toEqual([]);
    expect(await starts('hour', '2026-12-08')).toEqual([]);
    expect(await starts('ben', '2026-11-24')).toEqual([]);
    expect(await starts('ben', '2026-12-01')).toEqual(['09', '10']);
    await own.close();
  });
});

test('what cannot be is refused by its field', async () => {
  const wrong = async (service: Partial<ServiceDefinition>): Promise<unknown> => {
    const applied = await at.engine.setup.apply({
      companies: [salon({ resources, services: [{ key: 'x', name: 'X', ...service }] })],
    });
    return applied.ok ? 'applied' : applied.refusal;
  };
  const errors = (path: string, message: string): object => ({
    errors: [{ path: `companies[0].services[0].${path}`, message: expect.stringContaining(message) as string }],
  });
  expect(await wrong({})).toMatchObject(errors('durationMinutes', 'is required'));
  const first = { key: 'wrap', durationMinutes: 50 };
  expect(await wrong({ segments: [first], durationMinutes: 60 })).toMatchObject(
    errors('durationMinutes', "the segments' sum"),
  );
  expect(await wrong({ segments: [{ ...first, gapAfterMinutes: 5 }] })).toMatchObject(
    errors('segments[0].gapAfterMinutes', 'no meaning'),
  );
  expect(await wrong({ durationMinutes: 60, minutesOf: { nobody: 30 } })).toMatchObject(
    errors('minutesOf.nobody', 'names no resource'),
  );
  expect(await wrong({ durationMinutes: 60, assign: { staff: 2 }, minutesOf: { anna: 30 } })).toMatchObject(
    errors('minutesOf.anna', 'needed once'),
  );
});

test('fifty who race for staff and room end with one appointment an hour and room, and nothing half claimed', async () => {
  const attempts = Array.from({ length: 50 }, (_, index) => ({
    service: index % 2 === 0 ? 'massage' : 'perm',
    start: TEN,
    viaHold: index % 3 === 0,
  }));
  const outcomes = await Promise.all(attempts.map((attempt) => attemptOn(at.door, attempt)));
  const booked = outcomes.filter((outcome) => 'resource' in outcome);
  // One room and two members of staff: a massage takes the room and one of them, a perm the other, or two perms both.
  expect(booked).toHaveLength(2);
  const ledger = new Ledger(at.file, 300_000);
  expect(ledger.contradictions(MONDAY)).toEqual([]);
  ledger.close();
});

describe('an explanation', () => {
  test('names what stands in the way of each who could serve, and what is nearest', async () => {
    granted(await at.door.book({ service: 'massage', start: TEN, resource: 'anna' }));
    const explained = granted(await at.door.explain({ service: 'massage', start: TEN }));
    expect(explained.free).toBe(false);
    expect(
      explained.blockers.map((each) => ('resource' in each ? `${each.code} ${names.get(each.resource)}` : each.code)),
    ).toEqual(['BUSY anna', 'BUSY room']);
    const { previousMs = 0, nextMs = 0 } = explained.nearest;
    expect([previousMs, nextMs].map((ms) => new Date(ms).toISOString().slice(11, 16))).toEqual(['08:00', '10:00']);
  });

  test('of a free start is the slot', async () => {
    const explained = granted(await at.door.explain({ service: 'perm', start: TEN }));
    expect(explained).toMatchObject({ free: true, blockers: [], slot: { startMs: Date.parse(TEN) } });
  });
});
