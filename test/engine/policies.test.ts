import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Appointment } from '../../src/index.ts';
import { book, CALLER, EUR, on, openWith } from './policySalon.ts';
import { granted, refusalOf, refusedWith, type Bench } from './salon.ts';

let at: Bench | undefined;
beforeEach(() => {
  at = undefined;
});
afterEach(() => at?.close());
const open: typeof openWith = async (levels) => (at = await openWith(levels));

describe('cancelling', () => {
  test('is limited in a month of the company’s zone, however many want to at once', async () => {
    const here = await open({ company: { cancelQuota: 2 } });
    const booked = [];
    for (const time of ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00']) booked.push(await book(here, on(time)));
    const answers = await Promise.all(booked.map(({ id }) => here.door.cancel(id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.map((answer) => refusalOf(answer, 'CANCEL_LIMIT').most)).toEqual([2, 2, 2, 2]);
    const stranger = granted(
      await here.door.book({ service: 'cut', start: on('15:00') }, { customer: { phone: '+4930124' } }),
    );
    granted(await here.door.cancel(stranger.appointment.id));
    const later = await book(here, on('10:00', '2026-12-02'));
    here.clock.set(Date.parse(on('23:59', '2026-11-30')));
    expect(refusedWith(await here.door.cancel(later.id))).toBe('CANCEL_LIMIT');
    here.clock.set(Date.parse(on('00:00', '2026-12-01')));
    granted(await here.door.cancel(later.id));
  });

  test('control: counted by looking and then writing, more are cancelled than may be', async () => {
    const here = await open({ company: {} });
    const booked = [];
    for (const time of ['09:00', '10:00', '11:00', '12:00']) booked.push(await book(here, on(time)));
    const unguarded = async ({ id, customerId }: Appointment): Promise<boolean> => {
      const statuses = ['cancelled'] as const;
      const { page } = granted(await here.door.listAppointments({ customerId: customerId ?? undefined, statuses }));
      return page.items.length < 2 && (await here.door.cancel(id)).ok;
    };
    expect((await Promise.all(booked.map(unguarded))).filter(Boolean).length).toBeGreaterThan(2);
  });

  test('late costs what the company takes for it, told before and kept with the appointment', async () => {
    const here = await open({ company: { cancelNoticeMinutes: 24 * 60 }, service: { lateCancelFee: { percent: 50 } } });
    const heard: unknown[] = [];
    here.engine.on('appointment.cancelled', ({ appointment }) => void heard.push(appointment.fee));
    const soon = await book(here, on('16:00', '2026-11-23'));
    expect(await here.door.terms(soon)).toMatchObject({
      cancelByMs: Date.parse(on('16:00', '2026-11-22')),
      lateCancelFee: EUR(2250),
      noShowFee: null,
      movesLeft: null,
    });
    const unwilling = refusalOf(await here.door.cancel(soon.id, { acceptFee: false }), 'CANCEL_TOO_LATE');
    expect(unwilling).toMatchObject({ fee: EUR(2250), decidedBy: { level: 'company', key: 'salon' } });
    const { appointment } = granted(await here.door.cancel(soon.id));
    expect(appointment).toMatchObject({ status: 'cancelled', fee: { reason: 'lateCancellation', price: EUR(2250) } });
    expect(granted(await here.door.getAppointment(soon.id)).appointment.fee).toEqual(appointment.fee);
    const inTime = await book(here, on('16:00', '2026-11-25'));
    expect(granted(await here.door.cancel(inTime.id)).appointment.fee).toBeNull();
    const byUs = await book(here, on('16:00', '2026-11-23'));
    expect(granted(await here.door.cancel(byUs.id, { by: 'company' })).appointment.fee).toBeNull();
    expect(heard).toEqual([{ reason: 'lateCancellation', price: EUR(2250) }, null, null]);
  });

  test('late is refused where a percentage has no price to be taken of, and where nothing is taken for it', async () => {
    const here = await open({
      company: { cancelNoticeMinutes: 24 * 60, lateCancelFee: { percent: 50 } },
      service: { lateCancelFee: null },
    });
    const unpriced = await book(here, on('16:00', '2026-11-23'), 'free');
    const lifted = await book(here, on('12:00', '2026-11-23'), 'cut');
    for (const { id } of [unpriced, lifted])
      expect(refusalOf(await here.door.cancel(id), 'CANCEL_TOO_LATE').fee).toBeUndefined();
  });
});

describe('moving', () => {
  test('is counted and limited, by replacing as well, and moves of the company count for nobody', async () => {
    const here = await open({ company: { maxReschedules: 2 } });
    let appointment = await book(here, on('09:00'));
    const move = async (time: string, by?: 'company'): Promise<Appointment> =>
      granted(await here.door.reschedule(appointment.id, { start: on(time) }, { by })).appointment;
    appointment = await move('10:00', 'company');
    expect(appointment.moves).toBe(0);
    appointment = await move('11:00');
    expect(await here.door.terms(appointment)).toMatchObject({ movesLeft: 1 });
    const replacing = { appointment: appointment.id };
    const replaced = await here.door.book({ service: 'cut', start: on('12:00') }, { customer: CALLER, replacing });
    appointment = granted(replaced).appointment;
    expect(appointment.moves).toBe(2);
    expect(refusalOf(await here.door.reschedule(appointment.id, { start: on('13:00') }), 'RESCHEDULE_LIMIT')).toEqual({
      code: 'RESCHEDULE_LIMIT',
      most: 2,
      decidedBy: { level: 'company', key: 'salon' },
    });
    const again = { customer: CALLER, replacing: { appointment: appointment.id } };
    expect(refusedWith(await here.door.book({ service: 'cut', start: on('13:00') }, again))).toBe('RESCHEDULE_LIMIT');
    expect(await here.door.terms(appointment)).toMatchObject({ movesLeft: 0, rescheduleByMs: null });
  });

  test('however many move one appointment at once, it is moved as often as allowed', async () => {
    const here = await open({ company: { maxReschedules: 2 } });
    const { id } = await book(here, on('09:00'), 'cut', 'anna');
    const times = ['10:00', '11:00', '12:00', '13:00', '14:00', '15:00'];
    const answers = await Promise.all(times.map((time) => here.door.reschedule(id, { start: on(time) })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect(granted(await here.door.getAppointment(id)).appointment.moves).toBe(2);
  });
});

describe('confirmation', () => {
  test('what has to be confirmed is pending whoever books it, occupies its time, and is confirmed once', async () => {
    const here = await open({ service: { requiresConfirmation: true } });
    const wish = { service: 'cut', start: on('10:00'), resource: 'anna' };
    const { appointment } = granted(await here.door.book(wish, { customer: CALLER, status: 'confirmed' }));
    expect(appointment.status).toBe('pending');
    expect(refusedWith(await here.door.book(wish))).toBe('SLOT_TAKEN');
    const answers = await Promise.all([1, 2].map(() => here.door.confirm(appointment.id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]))).toEqual(['STATUS_CONFLICT']);
    const byUs = granted(await here.door.book({ ...wish, start: on('12:00') }, { by: 'company' }));
    expect(byUs.appointment.status).toBe('confirmed');
    const held = granted(await here.door.hold({ ...wish, start: on('14:00') }, { owner: 'call' }));
    expect(granted(await here.door.book(held.hold)).appointment.status).toBe('pending');
  });

  test('a customer who moves what is confirmed waits anew, the company does not', async () => {
    const here = await open({ service: { requiresConfirmation: true } });
    const { id } = await book(here, on('10:00'));
    granted(await here.door.confirm(id));
    const moved = granted(await here.door.reschedule(id, { start: on('11:00') }, { by: 'company' }));
    expect(moved.appointment.status).toBe('confirmed');
    expect(granted(await here.door.reschedule(id, { start: on('12:00') })).appointment.status).toBe('pending');
  });
});

describe('holds of one owner', () => {
  const hold = (bench: Bench, time: string, owner = 'call-1') =>
    bench.door.hold({ service: 'cut', start: on(time) }, { owner });

  test('are as many at a time as he may have, and go back when they are booked, released, replaced or over', async () => {
    const here = await open({ company: { maxHoldsPerOwner: 2, holdSeconds: 60 } });
    const first = granted(await hold(here, '09:00')).hold;
    const second = granted(await hold(here, '10:00')).hold;
    expect(refusalOf(await hold(here, '11:00'), 'HOLD_LIMIT')).toEqual({
      code: 'HOLD_LIMIT',
      most: 2,
      decidedBy: { level: 'company', key: 'salon' },
    });
    granted(await hold(here, '11:00', 'call-2'));
    granted(await here.door.book(first));
    const third = granted(await hold(here, '12:00')).hold;
    granted(await here.door.release({ hold: second.id, owner: 'call-1' }));
    granted(await hold(here, '13:00'));
    const replacing = { hold: third.id, owner: 'call-1' };
    granted(await here.door.hold({ service: 'cut', start: on('14:00') }, { owner: 'call-1', replacing }));
    expect(refusedWith(await hold(here, '15:00'))).toBe('HOLD_LIMIT');
    here.clock.advance(60_000);
    granted(await hold(here, '15:00'));
  });

  test('however many are wanted at once, only so many are had', async () => {
    const here = await open({ company: { maxHoldsPerOwner: 3 } });
    const times = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00'];
    const race = async (): Promise<number> =>
      (await Promise.all(times.map((time) => hold(here, time)))).filter(({ ok }) => ok).length;
    expect(await race()).toBe(3);
  });

  test('control: counted by looking and then writing, one owner has more', async () => {
    const here = await open({});
    let held = 0;
    const unguarded = async (time: string): Promise<void> => {
      if (held >= 3) return;
      granted(await hold(here, time));
      held++;
    };
    await Promise.all(['09:00', '10:00', '11:00', '12:00', '13:00'].map(unguarded));
    expect(held).toBeGreaterThan(3);
  });
});

describe('not coming', () => {
  test('costs the fee, counts against booking again, and all of it is taken back if he came after all', async () => {
    const here = await open({ company: { maxNoShows: 2, noShowFee: EUR(1500) } });
    const heard: unknown[] = [];
    here.engine.on('appointment.noShow', ({ appointment }) => void heard.push(appointment.fee));
    const [one, two] = [await book(here, on('09:00')), await book(here, on('10:00'))];
    granted(await here.door.noShow(one.id));
    await book(here, on('11:00'));
    expect(granted(await here.door.noShow(two.id)).appointment.fee).toEqual({ reason: 'noShow', price: EUR(1500) });
    const wish = { service: 'cut', start: on('12:00') };
    expect(refusalOf(await here.door.book(wish, { customer: CALLER }), 'NO_SHOW_LIMIT')).toEqual({
      code: 'NO_SHOW_LIMIT',
      most: 2,
      decidedBy: { level: 'company', key: 'salon' },
    });
    const held = granted(await here.door.hold(wish, { owner: 'call' })).hold;
    expect(refusedWith(await here.door.book(held, { customer: CALLER }))).toBe('NO_SHOW_LIMIT');
    granted(await here.door.release({ hold: held.id, owner: 'call' }));
    const byUs = granted(await here.door.book(wish, { customer: CALLER, by: 'company' }));
    expect(granted(await here.door.complete(two.id)).appointment.fee).toBeNull();
    expect(
      granted(await here.door.getCustomer(two.customerId ?? (byUs.appointment.id as never))).customer.noShows,
    ).toBe(1);
    await book(here, on('14:00'));
    expect(heard).toEqual([1, 2].map(() => ({ reason: 'noShow', price: EUR(1500) })));
  });
});
