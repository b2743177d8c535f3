import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HoldId } from '../../src/index.ts';
import { BookingRule, definePlugin } from '../../src/plugin.ts';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

const HOUR = 3_600_000;
const TEN = '2026-11-24T10:00:00+01:00';
const NOON = '2026-11-24T12:00:00+01:00';

let at: Bench;
beforeEach(async () => {
  at = await bench();
});
afterEach(() => at.close());

test('an appointment that took place is not cancelled by replacing it', async () => {
  const { appointment } = granted(await at.door.book({ service: 'anna-only', start: TEN }));
  at.clock.advance(30 * HOUR);
  granted(await at.door.complete(appointment.id));
  const replacing = { appointment: appointment.id };
  const friday = '2026-11-27T10:00:00+01:00';
  expect(refusedWith(await at.door.book({ service: 'anna-only', start: friday }, { replacing }))).toBe(
    'STATUS_CONFLICT',
  );
  expect(refusedWith(await at.door.check({ service: 'anna-only', start: friday, replacing }))).toBe('STATUS_CONFLICT');
  expect(granted(await at.door.getAppointment(appointment.id)).appointment.status).toBe('completed');
});

test('replacing an appointment is no way around the notice that moving it needs', async () => {
  granted(await at.engine.setup.apply({ companies: [salon({ policies: { rescheduleNoticeMinutes: 24 * 60 } })] }));
  at.clock.advance(HOUR);
  const { appointment } = granted(await at.door.book({ service: 'cut', start: TEN }));
  at.clock.advance(2 * HOUR);
  const options = { replacing: { appointment: appointment.id } };
  expect(refusedWith(await at.door.reschedule(appointment.id, { start: NOON }))).toBe('RESCHEDULE_TOO_LATE');
  expect(refusedWith(await at.door.book({ service: 'cut', start: NOON }, options))).toBe('RESCHEDULE_TOO_LATE');
  granted(await at.door.book({ service: 'cut', start: NOON }, { ...options, by: 'company' }));
});

test('two dates under one key are two requests, however the start is written', async () => {
  const idempotencyKey = 'one-key';
  const first = granted(await at.door.book({ service: 'cut', start: new Date(TEN) }, { idempotencyKey }));
  const same = granted(await at.door.book({ service: 'cut', start: TEN }, { idempotencyKey }));
  expect(same).toEqual({ ...first, replayed: true });
  const other = { service: 'cut', start: new Date(NOON) };
  expect(refusedWith(await at.door.book(other, { idempotencyKey }))).toBe('KEY_REUSED');
  expect(refusedWith(await at.door.hold(other, { owner: 'a', idempotencyKey }))).toBe('KEY_REUSED');
  const moved = granted(await at.door.reschedule(first.appointment.id, other, { idempotencyKey: 'move' }));
  expect(moved.appointment.startMs).toBe(Date.parse(NOON));
  const elsewhere = { start: new Date('2026-11-24T14:00:00+01:00') };
  expect(refusedWith(await at.door.reschedule(first.appointment.id, elsewhere, { idempotencyKey: 'move' }))).toBe(
    'KEY_REUSED',
  );
});

test('a rule about customers is not dodged by holding the time for nobody first', async () => {
  const banned = '+493055501990';
  const asked: (string | null)[] = [];
  const rule = definePlugin({
    name: 'known-only',
    apiVersion: 1,
    setup({ contribute }) {
      contribute(BookingRule, {
        name: 'known-only',
        check: (_company, requests) =>
          requests.map(({ customerId }) => {
            asked.push(customerId);
            return customerId === null ? undefined : { message: 'Not for this customer.' };
          }),
      });
    },
  });
  const other = await bench({ plugins: [rule] });
  try {
    const customer = { phone: banned };
    expect(refusedWith(await other.door.book({ service: 'cut', start: TEN }, { customer }))).toBe('RULE_REFUSED');
    const { hold } = granted(await other.door.hold({ service: 'cut', start: TEN }, { owner: 'call-1' }));
    expect(refusedWith(await other.door.book(hold, { customer }))).toBe('RULE_REFUSED');
    expect(asked.at(-1)).not.toBeNull();
    granted(await other.door.book(hold));
  } finally {
    await other.close();
  }
});

test('what was held is booked though its service is gone, but not at a company that is switched off', async () => {
  const { hold } = granted(await at.door.hold({ service: 'cut', start: TEN }, { owner: 'a' }));
  const { hold: second } = granted(await at.door.hold({ service: 'cut', start: NOON }, { owner: 'a' }));
  granted(await at.engine.setup.apply({ companies: [salon({ services: [], resources: [] })] }));
  expect(refusedWith(await at.door.check({ service: 'cut', start: '2026-11-24T14:00:00+01:00' }))).toBe(
    'SERVICE_UNKNOWN',
  );
  granted(await at.door.book(hold));
  granted(await at.engine.setup.apply({ companies: [salon({ active: false })] }));
  expect(refusedWith(await at.door.book(second))).toBe('COMPANY_UNKNOWN');
});

test('a hold does not silently forget what it should replace', async () => {
  const { appointment } = granted(await at.door.book({ service: 'cut', start: TEN }));
  const { hold } = granted(await at.door.hold({ service: 'cut', start: NOON }, { owner: 'a' }));
  expect(refusedWith(await at.door.book(hold, { replacing: { appointment: appointment.id } }))).toBe('INPUT_INVALID');
});

test('texts that a database would change are refused, so that no two keys or owners become one', async () => {
  const target = { service: 'cut', start: TEN };
  for (const text of ['a\0b', 'a\ud800', '\udc00b']) {
    expect(refusedWith(await at.door.book(target, { idempotencyKey: text }))).toBe('INPUT_INVALID');
    expect(refusedWith(await at.door.book(target, { notes: text }))).toBe('INPUT_INVALID');
    expect(refusedWith(await at.door.book(target, { metadata: { [text]: 'x' } }))).toBe('INPUT_INVALID');
    expect(refusedWith(await at.door.book(target, { metadata: { x: text } }))).toBe('INPUT_INVALID');
    expect(refusedWith(await at.door.book(target, { customer: { name: text } }))).toBe('INPUT_INVALID');
    expect(refusedWith(await at.door.hold(target, { owner: text }))).toBe('INPUT_INVALID');
  }
});

test('every other text comes back as it was given', async () => {
  const name = `Robert'); DROP TABLE appointments;-- <script>alert(1)</script> "\\ %_ ${'\u202e'}𝔸👩‍👩‍👧 ß İ ı \u00a0|`;
  const metadata = { ['__proto__']: 'own', constructor: name, "'": '"' };
  const booked = granted(
    await at.door.book({ service: 'cut', start: TEN }, { notes: name, metadata, customer: { name } }),
  );
  const { appointment } = granted(await at.door.getAppointment(booked.appointment.id));
  expect(appointment.notes).toBe(name);
  expect(Object.entries(appointment.metadata).toSorted()).toEqual(Object.entries(metadata).toSorted());
  if (appointment.customerId === null) return expect.fail();
  expect(granted(await at.door.getCustomer(appointment.customerId)).customer.name).toBe(name);
});

test('years that have no text in ISO 8601 are refused and never a fault', async () => {
  for (const start of [8.64e15, -8.64e15, 253_402_300_800_000, -62_167_219_200_001, NaN, 2 ** 60, new Date(8.64e15)]) {
    expect(refusedWith(await at.door.check({ service: 'colour', start }))).toBe('INPUT_INVALID');
    expect(refusedWith(await at.door.find({ service: 'colour', from: start, count: 1 }))).toBe('INPUT_INVALID');
  }
  expect(refusedWith(await at.door.check({ service: 'colour', start: '9999-12-31T23:30:00Z' }))).toBe('BEYOND_HORIZON');
});

test('the first year that can be written is the past like any other', async () => {
  for (const start of ['0000-01-01T00:00:00Z', '0000-06-01T10:00:00Z', '0001-01-01T10:00:00Z']) {
    expect(refusedWith(await at.door.check({ service: 'cut', start }))).toBe('NOTICE_TOO_SHORT');
    granted(await at.door.explain({ service: 'cut', start }));
    expect(refusedWith(await at.door.book({ service: 'cut', start }))).toBe('NOTICE_TOO_SHORT');
    expect(granted(await at.door.find({ service: 'cut', from: start, count: 1 })).slots).toHaveLength(1);
  }
});

test('a search that begins long ago still finds what comes next', async () => {
  const from = '2000-01-01T00:00:00Z';
  const { slots } = granted(await at.door.find({ service: 'cut', from, count: 2 }));
  expect(slots[0].start).toBe('2026-11-23T09:00:00.000+01:00');
});

test('an appointment that is moved to another service costs what that one costs', async () => {
  const { appointment } = granted(await at.door.book({ service: 'colour', start: TEN }));
  expect(appointment.price).toEqual({ amountMinor: 9000, currency: 'EUR' });
  const same = granted(await at.door.reschedule(appointment.id, { start: NOON }));
  expect(same.appointment.price).toEqual(appointment.price);
  const { hold } = granted(await at.door.hold({ service: 'cut', start: TEN }, { owner: 'a' }));
  expect(granted(await at.door.reschedule(appointment.id, hold)).appointment.price).toBeNull();
});

test('a hold asked for again after it has run out is not given out as one', async () => {
  const options = { owner: 'a', idempotencyKey: 'hold-once' };
  granted(await at.door.hold({ service: 'cut', start: TEN }, options));
  expect(granted(await at.door.hold({ service: 'cut', start: TEN }, options)).replayed).toBe(true);
  at.clock.advance(300_000);
  expect(refusedWith(await at.door.hold({ service: 'cut', start: TEN }, options))).toBe('HOLD_EXPIRED');
});

test('a hold of another company is unknown, also as a place to move to', async () => {
  const other = await bench({ companies: [salon(), salon({ key: 'other', numbers: [] })] });
  try {
    const foreign = await other.open('other');
    const { hold } = granted(await foreign.hold({ service: 'cut', start: TEN }, { owner: 'a' }));
    const { appointment } = granted(await other.door.book({ service: 'cut', start: NOON }));
    const ref = { hold: hold.id satisfies HoldId, owner: 'a' };
    expect(refusedWith(await other.door.reschedule(appointment.id, ref))).toBe('HOLD_UNKNOWN');
    expect(refusedWith(await other.door.reschedule(appointment.id, hold))).toBe('HOLD_UNKNOWN');
    expect(refusedWith(await other.door.book(hold))).toBe('HOLD_UNKNOWN');
    granted(await foreign.book(hold));
  } finally {
    await other.close();
  }
});
