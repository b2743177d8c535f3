import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GroupId, SeriesMove, SeriesMoveOptions } from '../../src/index.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, refusedWith, type Bench } from './salon.ts';
import { all, booked, moved, rows, seriesSalon, starts, take, told, TEN } from './seriesSalon.ts';

let at: Bench;
let ledger: Ledger;
beforeEach(async () => {
  at = await bench({ companies: [seriesSalon()] });
  ledger = new Ledger(at.file, 300_000);
});
afterEach(async () => {
  ledger.close();
  await at.close();
});

describe('a series is moved', () => {
  test('one occurrence, those that follow, or all, each with the rule and the start that it gave', async () => {
    const { group, appointments } = await booked(at);
    const second = appointments[1]?.id;
    const one = await moved(at, group, { scope: 'one', appointment: second, change: { shiftMinutes: 120 } });
    expect(one).toMatchObject({
      groupId: group,
      replayed: false,
      occurrences: [{ appointmentId: second, previousMs: appointments[1]?.startMs, appointment: { moves: 1 } }],
    });
    expect(await starts(at, group)).toEqual(['24T10:00', '25T12:00', '26T10:00']);
    await moved(at, group, { scope: 'following', appointment: second, change: { time: '09:00' } });
    expect(await starts(at, group)).toEqual(['24T10:00', '25T09:00', '26T09:00']);
    await moved(at, group, all({ shiftDays: 1, shiftMinutes: 15 }));
    expect(await starts(at, group)).toEqual(['25T10:15', '26T09:15', '27T09:15']);
    const after = await rows(at, group);
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
    const { group } = await booked(at, { target, rule: 'FREQ=WEEKLY;COUNT=2' });
    const iso = async (): Promise<readonly string[]> =>
      (await rows(at, group)).map(({ startMs }) => new Date(startMs).toISOString().slice(5, 16));
    await moved(at, group, all({ shiftMinutes: 30 }));
    expect(await iso()).toEqual(['03-22T09:30', '03-29T08:30']);
    await moved(at, group, all({ shiftDays: 7 }));
    expect(await iso()).toEqual(['03-29T08:30', '04-05T08:30']);
    await moved(at, group, all({ time: '14:00', shiftDays: -7 }));
    expect(await iso()).toEqual(['03-22T13:00', '03-29T12:00']);
  });

  test('also onto its own time: neither that of an occurrence itself nor that of the others is in its way', async () => {
    const { group } = await booked(at);
    expect(told(await moved(at, group, all({ shiftMinutes: 15 })))).toEqual(['moved', 'moved', 'moved']);
    expect(told(await moved(at, group, all({ shiftMinutes: -15 })))).toEqual(['moved', 'moved', 'moved']);
    expect(told(await moved(at, group, all({ shiftDays: 1 })))).toEqual(['moved', 'moved', 'moved']);
    expect(await starts(at, group)).toEqual(['25T10:00', '26T10:00', '27T10:00']);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('to somebody else or another service, of which the price counts', async () => {
    const { group } = await booked(at, { target: { service: 'cut', start: TEN, resource: 'anna' } });
    const [, second] = await rows(at, group);
    await take(at, '26T10:00', 'cut');
    const move = all({ resource: 'ben' }, { conflicts: 'skip' });
    expect(told(await moved(at, group, move))).toEqual(['moved', 'moved', 'SLOT_TAKEN']);
    expect(told(await moved(at, group, move))).toEqual(['unchanged', 'unchanged', 'SLOT_TAKEN']);
    expect((await rows(at, group)).map(({ moves }) => moves)).toEqual([1, 1, 0]);
    await moved(at, group, { scope: 'one', appointment: second?.id, change: { service: 'colour' } });
    expect((await rows(at, group))[1]).toMatchObject({
      price: { amountMinor: 9000, currency: 'EUR' },
      endMs: (second?.startMs ?? 0) + 5_400_000,
    });
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('but what is over or cancelled stays as it is, says so, and is in nobody’s way', async () => {
    const { group, appointments } = await booked(at);
    granted(await at.door.cancelSeries(group, { scope: 'one', appointment: appointments[2]?.id, by: 'company' }));
    at.clock.advance(30 * 3_600_000);
    expect(told(await moved(at, group, all({ shiftMinutes: 30 }), { by: 'company' }))).toEqual([
      ...['RESCHEDULE_TOO_LATE', 'moved', 'STATUS_CONFLICT'],
    ]);
    expect(await starts(at, group)).toEqual(['24T10:00', '25T10:30', '26T10:00']);
  });

  test('with one event for each, which tells where it stood', async () => {
    const { group, appointments } = await booked(at);
    const seen: (readonly [string, number, number])[] = [];
    at.engine.on('appointment.rescheduled', ({ appointment, previous }) => {
      seen.push([appointment.id, previous.startMs, appointment.startMs]);
    });
    await moved(at, group, all({ shiftMinutes: 30 }));
    expect(seen.toSorted()).toEqual(
      appointments.map(({ id, startMs }) => [id, startMs, startMs + 1_800_000]).toSorted(),
    );
  });

  test('under its key once, and then told as it is now', async () => {
    const { group } = await booked(at);
    const options: SeriesMoveOptions = { idempotencyKey: 'm' };
    const first = await moved(at, group, all({ shiftMinutes: 30 }), options);
    const again = await moved(at, group, all({ shiftMinutes: 30 }), options);
    expect(again.replayed).toBe(true);
    expect(again.occurrences.map((each) => granted(each).appointment)).toEqual(
      first.occurrences.map((each) => granted(each).appointment),
    );
    expect(refusedWith(await at.door.rescheduleSeries(group, all({ shiftMinutes: 15 }), options))).toBe('KEY_REUSED');
    const same = Array.from({ length: 10 }, () => moved(at, group, all({ shiftMinutes: 30 }), { idempotencyKey: 'n' }));
    expect((await Promise.all(same)).filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await starts(at, group)).toEqual(['24T11:00', '25T11:00', '26T11:00']);
  });

  test('not by wrong fields, nor what is no part of it', async () => {
    const { group } = await booked(at);
    const other = await take(at, '24T15:00');
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
    const { group } = await booked(at);
    await take(at, '25T11:15');
    expect(await at.door.rescheduleSeries(group, all({ shiftMinutes: 30 }))).toMatchObject({
      refusal: {
        code: 'BATCH_REFUSED',
        items: [{ index: 1, path: 'occurrences[1]', refusal: { code: 'SLOT_TAKEN' } }],
      },
    });
    expect(await starts(at, group)).toEqual(['24T10:00', '25T10:00', '26T10:00']);
    expect((await rows(at, group)).map(({ version }) => version)).toEqual([1, 1, 1]);
  });

  test('leaves it where it is, where it then is in the way of those that would come there', async () => {
    const { group } = await booked(at);
    await take(at, '27T10:30');
    const move = (conflicts: SeriesMove['conflicts']): SeriesMove => all({ shiftDays: 1 }, { conflicts });
    expect(told(await moved(at, group, move('skip')))).toEqual(['SLOT_TAKEN', 'SLOT_TAKEN', 'SLOT_TAKEN']);
    expect(await starts(at, group)).toEqual(['24T10:00', '25T10:00', '26T10:00']);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('leaves it where it is also after others were judged to take its time', async () => {
    const days = { rule: 'FREQ=DAILY;COUNT=4' };
    const { group, appointments } = await booked(at, days);
    // The first goes three days ahead, so that they are no longer in the order in which they are judged.
    const first = { scope: 'one', appointment: appointments[0]?.id, change: { shiftMinutes: 60 } } as const;
    await moved(at, group, first);
    await take(at, '25T12:00');
    const move = all({ shiftMinutes: 60, shiftDays: 1 }, { conflicts: 'skip' });
    expect(told(await moved(at, group, move))).toEqual(['SLOT_TAKEN', 'moved', 'moved', 'OUTSIDE_HOURS']);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('shifts it to the nearest start that is free', async () => {
    const { group } = await booked(at);
    await take(at, '25T11:15');
    expect(told(await moved(at, group, all({ shiftMinutes: 30 }, { conflicts: 'shift' })))).toEqual([
      ...['moved', 'shifted', 'moved'],
    ]);
    expect(await starts(at, group)).toEqual(['24T10:30', '25T10:15', '26T10:30']);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
    const near = all({ time: '11:30' }, { conflicts: 'shift', withinMinutes: 30 });
    expect(told(await moved(at, group, near))).toEqual(['moved', 'SLOT_TAKEN', 'moved']);
  });
});
