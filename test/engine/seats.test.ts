import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CompanyDefinition, ResourceDefinition, ServiceDefinition } from '../../src/index.ts';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

const DAY = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' };
const TEN = '2026-11-24T10:00:00+01:00';

const resources: readonly ResourceDefinition[] = [
  { key: 'anna', name: 'Anna', schedule: 'week' },
  { key: 'ben', name: 'Ben', schedule: 'week' },
  { key: 'hall', name: 'Hall', kind: 'room', schedule: 'week' },
];
const services: readonly ServiceDefinition[] = [
  { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 60, seats: 4, resources: ['anna'] },
  {
    key: 'dance',
    name: 'Dance',
    durationMinutes: 60,
    stepMinutes: 60,
    seats: 3,
    assign: { staff: 1, room: 1 },
    bufferBeforeMinutes: 10,
    bufferAfterMinutes: 20,
    price: { amountMinor: 1200, currency: 'EUR' },
  },
  { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30, resources: ['anna'] },
  {
    key: 'daily',
    name: 'Daily',
    durationMinutes: 60,
    stepMinutes: 60,
    seats: 2,
    limits: { perDay: 1 },
    resources: ['ben'],
  },
];
const company = (over: Partial<CompanyDefinition> = {}): CompanyDefinition => salon({ resources, services, ...over });

let at: Bench;
beforeEach(async () => {
  at = await bench({ companies: [company()] });
});
afterEach(() => at.close());

const seatsLeft = async (service: string, start = TEN, partySize?: number): Promise<number | string> => {
  const checked = await at.door.check({ service, start, partySize });
  return checked.ok ? (checked.slot.seatsLeft ?? NaN) : checked.refusal.code;
};

describe('a group session', () => {
  test('is opened by who comes first and joined by all others, until it is full', async () => {
    expect(await seatsLeft('yoga')).toBe(4);
    const first = granted(await at.door.book({ service: 'yoga', start: TEN })).appointment;
    expect(first.sessionId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8/);
    expect(await seatsLeft('yoga')).toBe(3);
    const second = granted(await at.door.book({ service: 'yoga', start: TEN, partySize: 3 })).appointment;
    expect([second.sessionId, second.partySize]).toEqual([first.sessionId, 3]);
    const full = await at.door.check({ service: 'yoga', start: TEN });
    expect(full).toMatchObject({
      refusal: { code: 'SLOT_TAKEN', reasons: [{ code: 'SEATS_TAKEN' }, { code: 'BUSY' }] },
    });
    expect(full.ok ? [] : (full.refusal as { alternatives: readonly unknown[] }).alternatives).toHaveLength(3);
  });

  test('is listed with its seats and its id, and what is full is not listed', async () => {
    granted(await at.door.book({ service: 'yoga', start: TEN, partySize: 2 }));
    const { slots } = granted(await at.door.find({ service: 'yoga', ...DAY, partySize: 2 }));
    const ten = slots.find(({ startMs }) => startMs === Date.parse(TEN));
    expect(ten).toMatchObject({ seatsLeft: 2, partySize: 2, sessionId: expect.any(String) as string });
    const others = slots.filter((slot) => slot !== ten);
    expect(new Set(others.map((slot) => `${slot.seatsLeft} ${slot.sessionId}`))).toEqual(new Set(['4 undefined']));
    const three = granted(await at.door.find({ service: 'yoga', ...DAY, partySize: 3 }));
    expect(three.slots.map(({ startMs }) => startMs)).not.toContain(Date.parse(TEN));
  });

  test('is joined at its own start whatever occupies its instructor, because it is what occupies him', async () => {
    granted(await at.door.book({ service: 'yoga', start: TEN }));
    expect(refusedWith(await at.door.check({ service: 'cut', start: TEN }))).toBe('SLOT_TAKEN');
    expect(refusedWith(await at.door.check({ service: 'cut', start: '2026-11-24T10:30:00+01:00' }))).toBe('SLOT_TAKEN');
    granted(await at.door.book({ service: 'yoga', start: TEN }));
  });

  test('does not begin where its instructor does something else', async () => {
    granted(await at.door.book({ service: 'cut', start: '2026-11-24T10:30:00+01:00' }));
    expect(await seatsLeft('yoga')).toBe('SLOT_TAKEN');
  });

  test('gives its time back when the last one cancels, and not before', async () => {
    const one = granted(await at.door.book({ service: 'yoga', start: TEN })).appointment;
    const two = granted(await at.door.book({ service: 'yoga', start: TEN })).appointment;
    granted(await at.door.cancel(one.id));
    expect(refusedWith(await at.door.check({ service: 'cut', start: TEN }))).toBe('SLOT_TAKEN');
    expect(await seatsLeft('yoga')).toBe(3);
    granted(await at.door.cancel(two.id));
    granted(await at.door.book({ service: 'cut', start: TEN }));
  });

  test('needs a place for each of a party, and no party is larger than it', async () => {
    expect(await seatsLeft('yoga', TEN, 5)).toBe('LIMIT_REACHED');
    granted(await at.door.book({ service: 'yoga', start: TEN, partySize: 2 }));
    expect(await seatsLeft('yoga', TEN, 3)).toBe('SLOT_TAKEN');
    expect(refusedWith(await at.door.find({ service: 'yoga', ...DAY, partySize: 5 }))).toBe('LIMIT_REACHED');
  });

  test('takes its buffers once, and its people pay for each', async () => {
    const first = granted(await at.door.book({ service: 'dance', start: TEN })).appointment;
    const { appointment } = granted(await at.door.book({ service: 'dance', start: TEN, partySize: 2 }));
    expect(appointment.price).toEqual({ amountMinor: 2400, currency: 'EUR' });
    expect(
      appointment.spans.map(({ startMs, endMs }) => [startMs, endMs].map((ms) => (ms - Date.parse(TEN)) / 60_000)),
    ).toEqual([
      [-10, 80],
      [-10, 80],
    ]);
    expect([first.bufferBeforeMinutes, first.bufferAfterMinutes]).toEqual([10, 20]);
    // The hall is free again at 11:20, and the next class needs ten minutes before it begins.
    expect(await seatsLeft('dance', '2026-11-24T11:00:00+01:00')).toBe('SLOT_TAKEN');
    expect(await seatsLeft('dance', '2026-11-24T12:00:00+01:00')).toBe(3);
  });

  test('counts as one appointment of its service, however many join it and whoever of them leaves', async () => {
    const one = granted(await at.door.book({ service: 'daily', start: TEN })).appointment;
    granted(await at.door.book({ service: 'daily', start: TEN }));
    granted(await at.door.cancel(one.id));
    expect(await seatsLeft('daily')).toBe(1);
    expect(await seatsLeft('daily', '2026-11-24T12:00:00+01:00')).toBe('LIMIT_REACHED');
  });

  test('counts for each customer who takes part', async () => {
    await at.close();
    at = await bench({ companies: [company({ policies: { customerLimits: { perDay: 1 } } })] });
    const customer = { phone: '+493012345', name: 'Ida' };
    granted(await at.door.book({ service: 'yoga', start: TEN }, { customer }));
    const again = await at.door.book({ service: 'yoga', start: TEN }, { customer });
    expect(refusedWith(again)).toBe('LIMIT_REACHED');
    granted(await at.door.book({ service: 'yoga', start: TEN }, { customer: { phone: '+493099999', name: 'Jo' } }));
  });
});

describe('seats that are held', () => {
  test('are taken, are booked by their hold, and are free when it ends', async () => {
    const { hold } = granted(await at.door.hold({ service: 'yoga', start: TEN, partySize: 3 }, { owner: 'call' }));
    expect([hold.partySize, await seatsLeft('yoga')]).toEqual([3, 1]);
    const other = granted(await at.door.hold({ service: 'yoga', start: TEN }, { owner: 'other', ttlSeconds: 10 })).hold;
    expect(await seatsLeft('yoga')).toBe('SLOT_TAKEN');
    const { appointment } = granted(await at.door.book(hold));
    expect([appointment.partySize, appointment.sessionId]).toEqual([3, hold.sessionId]);
    granted(await at.door.release({ hold: other.id, owner: 'other' }));
    expect(await seatsLeft('yoga')).toBe(1);
    at.clock.advance(3_600_000);
    expect(await seatsLeft('yoga')).toBe(1);
  });

  test('open a session that is over when nobody books them', async () => {
    granted(await at.door.hold({ service: 'yoga', start: TEN }, { owner: 'call', ttlSeconds: 10 }));
    expect(refusedWith(await at.door.check({ service: 'cut', start: TEN }))).toBe('SLOT_TAKEN');
    at.clock.advance(10_000);
    granted(await at.door.book({ service: 'cut', start: TEN }));
  });

  test('are replaced by others in the same session', async () => {
    granted(await at.door.book({ service: 'yoga', start: TEN }));
    const { hold } = granted(await at.door.hold({ service: 'yoga', start: TEN, partySize: 3 }, { owner: 'call' }));
    const replacing = { hold: hold.id, owner: 'call' };
    expect(await seatsLeft('yoga')).toBe('SLOT_TAKEN');
    const next = granted(
      await at.door.hold({ service: 'yoga', start: TEN, partySize: 2 }, { owner: 'call', replacing }),
    );
    expect([next.hold.partySize, await seatsLeft('yoga')]).toEqual([2, 1]);
  });
});

describe('an offer of seats', () => {
  test('pins how many it is for', async () => {
    const { slots } = granted(await at.door.find({ service: 'yoga', ...DAY, partySize: 3 }));
    const { token } = at.door.offer(slots[0]);
    const { appointment } = granted(await at.door.book(token));
    expect([appointment.partySize, appointment.startMs]).toEqual([3, slots[0].startMs]);
    expect(refusedWith(await at.door.book(token))).toBe('SLOT_TAKEN');
    expect(refusedWith(await at.door.book(token.replace('.3.', '.1.')))).toBe('OFFER_INVALID');
  });

  test('is taken up in the session that somebody has opened meanwhile', async () => {
    const { slots } = granted(await at.door.find({ service: 'yoga', ...DAY }));
    const offer = at.door.offer(slots[0]);
    const first = granted(await at.door.book({ service: 'yoga', start: slots[0].startMs })).appointment;
    expect(granted(await at.door.book(offer)).appointment.sessionId).toBe(first.sessionId);
  });
});

describe('who takes part', () => {
  test('moves from one session to another, and the first one ends with its last', async () => {
    const { appointment } = granted(await at.door.book({ service: 'dance', start: TEN, partySize: 2 }));
    const later = '2026-11-24T13:00:00+01:00';
    granted(await at.door.book({ service: 'dance', start: later }));
    const moved = granted(await at.door.reschedule(appointment.id, { start: later })).appointment;
    expect([moved.partySize, moved.sessionId === appointment.sessionId]).toEqual([2, false]);
    expect(await seatsLeft('dance', later)).toBe('SLOT_TAKEN');
    expect(await seatsLeft('dance')).toBe(3);
  });

  test('becomes more or fewer people in the same session, for another price', async () => {
    const { appointment } = granted(await at.door.book({ service: 'dance', start: TEN }));
    const grown = granted(await at.door.reschedule(appointment.id, { start: TEN, partySize: 3 })).appointment;
    expect([grown.partySize, grown.sessionId, grown.price?.amountMinor]).toEqual([3, appointment.sessionId, 3600]);
    expect(await seatsLeft('dance')).toBe('SLOT_TAKEN');
    granted(await at.door.reschedule(appointment.id, { start: TEN, partySize: 1 }));
    expect(await seatsLeft('dance')).toBe(2);
  });

  test('moves alone within what he occupies himself', async () => {
    const { appointment } = granted(await at.door.book({ service: 'daily', start: TEN }));
    const moved = granted(await at.door.reschedule(appointment.id, { start: '2026-11-24T11:00:00+01:00' }));
    expect(moved.appointment.startMs).toBe(Date.parse('2026-11-24T11:00:00+01:00'));
  });

  test('moves to a time that is held for him', async () => {
    const { appointment } = granted(await at.door.book({ service: 'yoga', start: TEN, partySize: 2 }));
    const later = '2026-11-24T13:00:00+01:00';
    const { hold } = granted(await at.door.hold({ service: 'yoga', start: later, partySize: 2 }, { owner: 'call' }));
    const moved = granted(await at.door.reschedule(appointment.id, hold)).appointment;
    expect([moved.sessionId, await seatsLeft('yoga'), await seatsLeft('yoga', later)]).toEqual([hold.sessionId, 4, 2]);
  });
});

test('many are booked at once in one session, as far as its seats go, and each counts what those before it take', async () => {
  const item = { service: 'yoga', start: TEN };
  const items = [{ ...item, partySize: 2 }, { service: 'cut', start: TEN }, { ...item, partySize: 2 }, item];
  const { items: answers } = granted(await at.door.bookMany(items, { mode: 'each' }));
  expect(answers.map((each) => (each.ok ? each.appointment.partySize : each.refusal.code))).toEqual([
    ...[2, 'SLOT_TAKEN', 2, 'SLOT_TAKEN'],
  ]);
  expect(await seatsLeft('yoga')).toBe('SLOT_TAKEN');
  const daily = { service: 'daily', start: TEN };
  const two = granted(
    await at.door.bookMany([daily, daily, { ...daily, start: '2026-11-24T12:00:00+01:00' }], { mode: 'each' }),
  );
  expect(two.items.map((each) => (each.ok ? 'booked' : each.refusal.code))).toEqual([
    'booked',
    'booked',
    'LIMIT_REACHED',
  ]);
});

test('rules are told how many a booking is for', async () => {
  const seen = new Set<number>();
  await at.close();
  const { definePlugin, BookingRule } = await import('../../src/plugin.ts');
  const counting = definePlugin({
    name: 'counting',
    apiVersion: 1,
    setup({ contribute }) {
      contribute(BookingRule, {
        name: 'counting',
        check: (_company, requests) =>
          requests.map(({ partySize }) => {
            seen.add(partySize);
            return partySize > 2 ? { message: 'No more than two.' } : undefined;
          }),
      });
    },
  });
  at = await bench({ companies: [company()], plugins: [counting] });
  expect(refusedWith(await at.door.check({ service: 'yoga', start: TEN, partySize: 3 }))).toBe('RULE_REFUSED');
  expect(refusedWith(await at.door.find({ service: 'yoga', ...DAY, partySize: 3 }))).toBe('NO_SLOT');
  granted(await at.door.book({ service: 'yoga', start: TEN, partySize: 2 }));
  granted(await at.door.book({ service: 'yoga', start: TEN }));
  expect(seen).toEqual(new Set([1, 2, 3]));
});
