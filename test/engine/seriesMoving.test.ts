import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Appointment, GroupId, MovedSeries, SeriesMove, SeriesMoveOptions, SeriesWish } from '../../src/index.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, refusedWith, salon, type Bench } from './salon.ts';

const TEN = '2026-11-24T10:00:00+01:00';
const company = (over: object = {}) =>
  salon({
    resources: [
      { key: 'anna', name: 'Anna', schedule: 'week' },
      { key: 'ben', name: 'Ben', schedule: 'week' },
    ],
    services: [
      { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 15, resources: ['anna', 'ben'] },
      { key: 'anna-only', name: 'Anna only', durationMinutes: 60, stepMinutes: 15, resources: ['anna'] },
      {
        key: 'colour',
        name: 'Colour',
        durationMinutes: 90,
        stepMinutes: 30,
        price: { amountMinor: 9000, currency: 'EUR' },
        resources: ['anna'],
      },
    ],
    ...over,
  });

let at: Bench;
let ledger: Ledger;
const open = async (over: object = {}): Promise<void> => {
  at = await bench({ companies: [company(over)] });
  ledger = new Ledger(at.file, 300_000);
};
const close = async (): Promise<void> => {
  ledger.close();
  await at.close();
};
beforeEach(() => open());
afterEach(close);

interface Booked {
  readonly group: GroupId;
  readonly appointments: readonly Appointment[];
}

async function booked(over: Partial<SeriesWish> = {}, count = 3): Promise<Booked> {
  const wish = { target: { service: 'anna-only', start: TEN }, rule: `FREQ=DAILY;COUNT=${count}`, ...over };
  const { groupId, occurrences } = granted(await at.door.bookSeries(wish, { customer: { name: 'Erika' } }));
  if (groupId === null) throw new Error('nothing was booked');
  return { group: groupId, appointments: occurrences.map((each) => granted(each).appointment) };
}
const all = (change: SeriesMove['change'], over: Partial<SeriesMove> = {}): SeriesMove => ({
  scope: 'all',
  change,
  ...over,
});
const moved = async (group: GroupId, move: SeriesMove, options?: SeriesMoveOptions): Promise<MovedSeries> =>
  granted(await at.door.rescheduleSeries(group, move, options));
const told = ({ occurrences }: MovedSeries): readonly string[] =>
  occurrences.map((each) => {
    if (!each.ok) return refusedWith(each);
    return each.previousMs === null ? 'unchanged' : each.isShifted ? 'shifted' : 'moved';
  });
const rows = async (groupId: GroupId): Promise<readonly Appointment[]> =>
  granted(await at.door.listAppointments({ groupId, limit: 200 })).page.items;
/** Day and time in winter's Berlin. */
const local = (ms: number): string => new Date(ms + 3_600_000).toISOString().slice(8, 16);
const starts = async (group: GroupId): Promise<readonly string[]> =>
  (await rows(group)).map(({ startMs }) => local(startMs));
const take = async (start: string, service = 'anna-only', partySize = 1): Promise<Appointment> =>
  granted(await at.door.book({ service, start: `2026-11-${start}:00+01:00`, partySize })).appointment;

describe('a series is moved', () => {
  test('one occurrence, those that follow, or all, each with the rule and the start that it gave', async () => {
    const { group, appointments } = await booked();
    const second = appointments[1]?.id;
    const one = await moved(group, { scope: 'one', appointment: second, change: { shiftMinutes: 120 } });
    expect(one).toMatchObject({
      groupId: group,
      replayed: false,
      occurrences: [{ appointmentId: second, previousMs: appointments[1]?.startMs, appointment: { moves: 1 } }],
    });
    expect(await starts(group)).toEqual(['24T10:00', '25T12:00', '26T10:00']);
    await moved(group, { scope: 'following', appointment: second, change: { time: '09:00' } });
    expect(await starts(group)).toEqual(['24T10:00', '25T09:00', '26T09:00']);
    await moved(group, all({ shiftDays: 1, shiftMinutes: 15 }));
    expect(await starts(group)).toEqual(['25T10:15', '26T09:15', '27T09:15']);
    const after = await rows(group);
    expect(after.map(({ recurrence, groupId }) => [recurrence, groupId])).toEqual(
      appointments.map(({ recurrence, groupId }) => [recurrence, groupId]),
    );
    expect(after.map(({ version, moves }) => [version, moves])).toEqual([
      [2, 1],
      [4, 3],
      [3, 2],
    ]);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('in its wall time, on both sides of a change of the clock', async () => {
    const target = { service: 'cut', start: '2027-03-22T10:00:00+01:00' };
    const { group } = await booked({ target, rule: 'FREQ=WEEKLY;COUNT=2' });
    const iso = async (): Promise<readonly string[]> =>
      (await rows(group)).map(({ startMs }) => new Date(startMs).toISOString().slice(5, 16));
    await moved(group, all({ shiftMinutes: 30 }));
    expect(await iso()).toEqual(['03-22T09:30', '03-29T08:30']);
    await moved(group, all({ shiftDays: 7 }));
    expect(await iso()).toEqual(['03-29T08:30', '04-05T08:30']);
    await moved(group, all({ time: '14:00', shiftDays: -7 }));
    expect(await iso()).toEqual(['03-22T13:00', '03-29T12:00']);
  });

  test('also onto its own time: neither that of an occurrence itself nor that of the others is in its way', async () => {
    const { group } = await booked();
    expect(told(await moved(group, all({ shiftMinutes: 15 })))).toEqual(['moved', 'moved', 'moved']);
    expect(told(await moved(group, all({ shiftMinutes: -15 })))).toEqual(['moved', 'moved', 'moved']);
    expect(told(await moved(group, all({ shiftDays: 1 })))).toEqual(['moved', 'moved', 'moved']);
    expect(await starts(group)).toEqual(['25T10:00', '26T10:00', '27T10:00']);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('to somebody else or another service, of which the price counts', async () => {
    const { group } = await booked({ target: { service: 'cut', start: TEN, resource: 'anna' } });
    const [, second] = await rows(group);
    await take('26T10:00', 'cut');
    const move = all({ resource: 'ben' }, { conflicts: 'skip' });
    expect(told(await moved(group, move))).toEqual(['moved', 'moved', 'SLOT_TAKEN']);
    expect(told(await moved(group, move))).toEqual(['unchanged', 'unchanged', 'SLOT_TAKEN']);
    expect((await rows(group)).map(({ moves }) => moves)).toEqual([1, 1, 0]);
    await moved(group, { scope: 'one', appointment: second?.id, change: { service: 'colour' } });
    expect((await rows(group))[1]).toMatchObject({
      price: { amountMinor: 9000, currency: 'EUR' },
      endMs: (second?.startMs ?? 0) + 5_400_000,
    });
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('but what is over or cancelled stays as it is, says so, and is in nobody’s way', async () => {
    const { group, appointments } = await booked();
    granted(await at.door.cancelSeries(group, { scope: 'one', appointment: appointments[2]?.id, by: 'company' }));
    at.clock.advance(30 * 3_600_000);
    expect(told(await moved(group, all({ shiftMinutes: 30 }), { by: 'company' }))).toEqual([
      ...['RESCHEDULE_TOO_LATE', 'moved', 'STATUS_CONFLICT'],
    ]);
    expect(await starts(group)).toEqual(['24T10:00', '25T10:30', '26T10:00']);
  });

  test('with one event for each, which tells where it stood', async () => {
    const { group, appointments } = await booked();
    const seen: (readonly [string, number, number])[] = [];
    at.engine.on('appointment.rescheduled', ({ appointment, previous }) => {
      seen.push([appointment.id, previous.startMs, appointment.startMs]);
    });
    await moved(group, all({ shiftMinutes: 30 }));
    expect(seen.toSorted()).toEqual(
      appointments.map(({ id, startMs }) => [id, startMs, startMs + 1_800_000]).toSorted(),
    );
  });

  test('under its key once, and then told as it is now', async () => {
    const { group } = await booked();
    const options: SeriesMoveOptions = { idempotencyKey: 'm' };
    const first = await moved(group, all({ shiftMinutes: 30 }), options);
    const again = await moved(group, all({ shiftMinutes: 30 }), options);
    expect(again.replayed).toBe(true);
    expect(again.occurrences.map((each) => granted(each).appointment)).toEqual(
      first.occurrences.map((each) => granted(each).appointment),
    );
    expect(refusedWith(await at.door.rescheduleSeries(group, all({ shiftMinutes: 15 }), options))).toBe('KEY_REUSED');
    const same = Array.from({ length: 10 }, () => moved(group, all({ shiftMinutes: 30 }), { idempotencyKey: 'n' }));
    expect((await Promise.all(same)).filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await starts(group)).toEqual(['24T11:00', '25T11:00', '26T11:00']);
  });

  test('not by wrong fields, nor what is no part of it', async () => {
    const { group } = await booked();
    const other = await take('24T15:00');
    const wrong = { shiftDays: 0.5, shiftMinutes: 2_000, time: '25:00' };
    expect(
      await at.door.rescheduleSeries(group, {
        scope: 'some' as never,
        change: wrong,
        conflicts: 'x' as never,
        withinMinutes: 0,
      }),
    ).toMatchObject({
      refusal: {
        errors: [
          'scope',
          'appointment',
          'change.shiftDays',
          'change.shiftMinutes',
          'change.time',
          'change.time',
          'conflicts',
          'withinMinutes',
        ].map((path) => ({ path })),
      },
    });
    expect(await at.door.rescheduleSeries(group, all({}))).toMatchObject({ refusal: { errors: [{ path: 'change' }] } });
    expect(await at.door.rescheduleSeries(group, { scope: 'all' } as never)).toMatchObject({
      refusal: { errors: [{ path: 'change' }] },
    });
    const change = { shiftMinutes: 30 };
    const nobody = '00000000-0000-7000-8000-000000000000' as GroupId;
    expect(refusedWith(await at.door.rescheduleSeries(group, { scope: 'one', appointment: other.id, change }))).toBe(
      'APPOINTMENT_UNKNOWN',
    );
    expect(refusedWith(await at.door.rescheduleSeries(nobody, all(change)))).toBe('APPOINTMENT_UNKNOWN');
    expect(refusedWith(await at.door.rescheduleSeries(group, all({ service: 'none' })))).toBe('SERVICE_UNKNOWN');
    expect(refusedWith(await at.door.rescheduleSeries(group, all({ resource: 'none' })))).toBe('RESOURCE_UNKNOWN');
  });
});

describe('what is in the way of an occurrence', () => {
  test('fails the whole move, which changes nothing and names it', async () => {
    const { group } = await booked();
    await take('25T11:15');
    expect(await at.door.rescheduleSeries(group, all({ shiftMinutes: 30 }))).toMatchObject({
      refusal: {
        code: 'BATCH_REFUSED',
        items: [{ index: 1, path: 'occurrences[1]', refusal: { code: 'SLOT_TAKEN' } }],
      },
    });
    expect(await starts(group)).toEqual(['24T10:00', '25T10:00', '26T10:00']);
    expect((await rows(group)).map(({ version }) => version)).toEqual([1, 1, 1]);
  });

  test('leaves it where it is, where it then is in the way of those that would come there', async () => {
    const { group } = await booked();
    await take('27T10:30');
    const move = (conflicts: SeriesMove['conflicts']): SeriesMove => all({ shiftDays: 1 }, { conflicts });
    expect(told(await moved(group, move('skip')))).toEqual(['SLOT_TAKEN', 'SLOT_TAKEN', 'SLOT_TAKEN']);
    expect(await starts(group)).toEqual(['24T10:00', '25T10:00', '26T10:00']);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('leaves it where it is also after others were judged to take its time', async () => {
    const days = { rule: 'FREQ=DAILY;COUNT=4' };
    const { group, appointments } = await booked(days);
    // The first goes three days ahead, so that they are no longer in the order in which they are judged.
    const first = { scope: 'one', appointment: appointments[0]?.id, change: { shiftMinutes: 60 } } as const;
    await moved(group, first);
    await take('25T12:00');
    const move = all({ shiftMinutes: 60, shiftDays: 1 }, { conflicts: 'skip' });
    expect(told(await moved(group, move))).toEqual(['SLOT_TAKEN', 'moved', 'moved', 'OUTSIDE_HOURS']);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('shifts it to the nearest start that is free', async () => {
    const { group } = await booked();
    await take('25T11:15');
    expect(told(await moved(group, all({ shiftMinutes: 30 }, { conflicts: 'shift' })))).toEqual([
      ...['moved', 'shifted', 'moved'],
    ]);
    expect(await starts(group)).toEqual(['24T10:30', '25T10:15', '26T10:30']);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
    const near = all({ time: '11:30' }, { conflicts: 'shift', withinMinutes: 30 });
    expect(told(await moved(group, near))).toEqual(['moved', 'SLOT_TAKEN', 'moved']);
  });
});

describe('policies count for each occurrence', () => {
  test('its notice and how often it was moved, but not for the company', async () => {
    await close();
    await open({ policies: { rescheduleNoticeMinutes: 2_880, maxReschedules: 1 } });
    const { group, appointments } = await booked();
    const move = all({ shiftMinutes: 30 }, { conflicts: 'skip' });
    expect(await at.door.rescheduleSeries(group, all({ shiftMinutes: 30 }))).toMatchObject({
      refusal: { code: 'BATCH_REFUSED', items: [{ index: 0, refusal: { code: 'RESCHEDULE_TOO_LATE' } }] },
    });
    await moved(group, { scope: 'one', appointment: appointments[2]?.id, change: { shiftMinutes: 30 } });
    expect(told(await moved(group, move))).toEqual(['RESCHEDULE_TOO_LATE', 'moved', 'RESCHEDULE_LIMIT']);
    expect(told(await moved(group, move, { by: 'company' }))).toEqual(['moved', 'moved', 'moved']);
    expect((await rows(group)).map(({ moves }) => moves)).toEqual([0, 1, 1]);
  });

  test('and a customer who moves what has to be confirmed waits for it anew', async () => {
    await close();
    await open({ policies: { requiresConfirmation: true } });
    const { group, appointments } = await booked();
    for (const { id } of appointments) granted(await at.door.confirm(id));
    await moved(group, all({ shiftMinutes: 30 }), { by: 'company' });
    expect((await rows(group)).map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    await moved(group, all({ shiftMinutes: 30 }));
    expect((await rows(group)).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  });
});

describe('what is scarce', () => {
  test('seats of a class: the series gives back its own and no others', async () => {
    await close();
    const yoga = { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 30, seats: 2, resources: ['anna'] };
    await open({ services: [yoga] });
    const { group } = await booked({ target: { service: 'yoga', start: TEN } });
    // Nobody else takes part: the whole class may move within its own time.
    expect(told(await moved(group, all({ shiftMinutes: 30 })))).toEqual(['moved', 'moved', 'moved']);
    await take('25T10:30', 'yoga');
    await take('26T12:00', 'yoga', 2);
    // On the second day somebody stays behind in the class, and the one of the third is full.
    expect(told(await moved(group, all({ shiftMinutes: 30 }, { conflicts: 'skip' })))).toEqual([
      ...['moved', 'SLOT_TAKEN', 'moved'],
    ]);
    expect(told(await moved(group, all({ time: '12:00' }, { conflicts: 'skip' })))).toEqual([
      ...['moved', 'moved', 'SLOT_TAKEN'],
    ]);
    await take('24T12:00', 'yoga');
    expect(await starts(group)).toEqual(['24T12:00', '25T12:00', '26T11:00']);
    expect(refusedWith(await at.door.book({ service: 'yoga', start: '2026-11-24T12:00:00+01:00' }))).toBe('SLOT_TAKEN');
  });

  test('places side by side, of which its own are free to itself', async () => {
    await close();
    await open({
      resources: [{ key: 'pool', name: 'Pool', kind: 'equipment', schedule: 'week', capacity: 2 }],
      services: [{ key: 'swim', name: 'Swim', durationMinutes: 60, stepMinutes: 15, resources: ['pool'] }],
    });
    const { group } = await booked({ target: { service: 'swim', start: TEN } });
    for (const day of ['24', '25', '26']) await take(`${day}T10:00`, 'swim');
    expect(told(await moved(group, all({ shiftMinutes: 15 })))).toEqual(['moved', 'moved', 'moved']);
    await take('25T11:30', 'swim');
    await take('25T11:30', 'swim');
    expect(told(await moved(group, all({ time: '11:00' }, { conflicts: 'skip' })))).toEqual([
      ...['moved', 'SLOT_TAKEN', 'moved'],
    ]);
  });

  test('limits of a day and a week, of which its own share is free to itself', async () => {
    await close();
    await open({
      resources: [{ key: 'anna', name: 'Anna', schedule: 'week', limits: { perDay: 1, perWeek: 3 } }],
      services: [{ key: 'anna-only', name: 'Anna only', durationMinutes: 60, stepMinutes: 15 }],
    });
    const { group } = await booked();
    expect(told(await moved(group, all({ shiftMinutes: 15 })))).toEqual(['moved', 'moved', 'moved']);
    expect(told(await moved(group, all({ shiftDays: 1 })))).toEqual(['moved', 'moved', 'moved']);
    await take('30T10:00');
    expect(told(await moved(group, all({ shiftDays: 5 }, { conflicts: 'skip' })))).toEqual([
      ...['LIMIT_REACHED', 'moved', 'moved'],
    ]);
  });

  test('a limit that came after it: the series has no share of that to give back, and is told so', async () => {
    const { group } = await booked({}, 1);
    const applied = await at.engine.setup.apply({
      companies: [
        company({
          resources: [{ key: 'anna', name: 'Anna', schedule: 'week', limits: { perDay: 1 } }],
          services: [{ key: 'anna-only', name: 'Anna only', durationMinutes: 60, stepMinutes: 15 }],
        }),
      ],
    });
    expect(applied).toMatchObject({ ok: true });
    const first = await take('24T15:00');
    const move = all({ shiftMinutes: 15 }, { conflicts: 'skip' });
    expect(told(await moved(group, move))).toEqual(['LIMIT_REACHED']);
    granted(await at.door.cancel(first.id, { by: 'company' }));
    expect(told(await moved(group, move))).toEqual(['moved']);
    expect(told(await moved(group, move))).toEqual(['moved']);
  });
});
