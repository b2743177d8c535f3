import { afterEach, describe, expect, test } from 'vitest';
import type { CompanyDefinition } from '../../src/index.ts';
import { bench, granted, refusedWith, type Bench } from './salon.ts';
import { all, booked, moved, rows, seriesSalon, starts, take, told, TEN } from './seriesSalon.ts';

let at: Bench;
const open = async (over: Partial<CompanyDefinition> = {}): Promise<void> => {
  at = await bench({ companies: [seriesSalon(over)] });
};
afterEach(() => at.close());

describe('policies count for each occurrence', () => {
  test('its notice and how often it was moved, but not for the company', async () => {
    await open({ policies: { rescheduleNoticeMinutes: 2_880, maxReschedules: 1 } });
    const { group, appointments } = await booked(at);
    const move = all({ shiftMinutes: 30 }, { conflicts: 'skip' });
    expect(await at.door.rescheduleSeries(group, all({ shiftMinutes: 30 }))).toMatchObject({
      refusal: { code: 'BATCH_REFUSED', items: [{ index: 0, refusal: { code: 'RESCHEDULE_TOO_LATE' } }] },
    });
    await moved(at, group, { scope: 'one', appointment: appointments[2]?.id, change: { shiftMinutes: 30 } });
    expect(told(await moved(at, group, move))).toEqual(['RESCHEDULE_TOO_LATE', 'moved', 'RESCHEDULE_LIMIT']);
    expect(told(await moved(at, group, move, { by: 'company' }))).toEqual(['moved', 'moved', 'moved']);
    expect((await rows(at, group)).map(({ moves }) => moves)).toEqual([0, 1, 1]);
  });

  test('and a customer who moves what has to be confirmed waits for it anew', async () => {
    await open({ policies: { requiresConfirmation: true } });
    const { group, appointments } = await booked(at);
    for (const { id } of appointments) granted(await at.door.confirm(id));
    await moved(at, group, all({ shiftMinutes: 30 }), { by: 'company' });
    expect((await rows(at, group)).map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    await moved(at, group, all({ shiftMinutes: 30 }));
    expect((await rows(at, group)).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  });
});

describe('what is scarce', () => {
  test('seats of a class: the series gives back its own and no others', async () => {
    const yoga = { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 30, seats: 2, resources: ['anna'] };
    await open({ services: [yoga] });
    const { group } = await booked(at, { target: { service: 'yoga', start: TEN } });
    // Nobody else takes part: the whole class may move within its own time.
    expect(told(await moved(at, group, all({ shiftMinutes: 30 })))).toEqual(['moved', 'moved', 'moved']);
    await take(at, '25T10:30', 'yoga');
    await take(at, '26T12:00', 'yoga', 2);
    // On the second day somebody stays behind in the class, and the one of the third is full.
    expect(told(await moved(at, group, all({ shiftMinutes: 30 }, { conflicts: 'skip' })))).toEqual([
      ...['moved', 'SLOT_TAKEN', 'moved'],
    ]);
    expect(told(await moved(at, group, all({ time: '12:00' }, { conflicts: 'skip' })))).toEqual([
      ...['moved', 'moved', 'SLOT_TAKEN'],
    ]);
    await take(at, '24T12:00', 'yoga');
    expect(await starts(at, group)).toEqual(['24T12:00', '25T12:00', '26T11:00']);
    expect(refusedWith(await at.door.book({ service: 'yoga', start: '2026-11-24T12:00:00+01:00' }))).toBe('SLOT_TAKEN');
  });

  test('places side by side, of which its own are free to itself', async () => {
    await open({
      resources: [{ key: 'pool', name: 'Pool', kind: 'equipment', schedule: 'week', capacity: 2 }],
      services: [{ key: 'swim', name: 'Swim', durationMinutes: 60, stepMinutes: 15, resources: ['pool'] }],
    });
    const { group } = await booked(at, { target: { service: 'swim', start: TEN } });
    for (const day of ['24', '25', '26']) await take(at, `${day}T10:00`, 'swim');
    expect(told(await moved(at, group, all({ shiftMinutes: 15 })))).toEqual(['moved', 'moved', 'moved']);
    await take(at, '25T11:30', 'swim');
    await take(at, '25T11:30', 'swim');
    expect(told(await moved(at, group, all({ time: '11:00' }, { conflicts: 'skip' })))).toEqual([
      ...['moved', 'SLOT_TAKEN', 'moved'],
    ]);
  });

  test('limits of a day and a week, of which its own share is free to itself', async () => {
    await open({
      resources: [{ key: 'anna', name: 'Anna', schedule: 'week', limits: { perDay: 1, perWeek: 3 } }],
      services: [{ key: 'anna-only', name: 'Anna only', durationMinutes: 60, stepMinutes: 15 }],
    });
    const { group } = await booked(at);
    expect(told(await moved(at, group, all({ shiftMinutes: 15 })))).toEqual(['moved', 'moved', 'moved']);
    expect(told(await moved(at, group, all({ shiftDays: 1 })))).toEqual(['moved', 'moved', 'moved']);
    await take(at, '30T10:00');
    expect(told(await moved(at, group, all({ shiftDays: 5 }, { conflicts: 'skip' })))).toEqual([
      ...['LIMIT_REACHED', 'moved', 'moved'],
    ]);
  });

  test('a limit that came after it: the series has no share of that to give back, and is told so', async () => {
    await open();
    const { group } = await booked(at, {}, 1);
    const applied = await at.engine.setup.apply({
      companies: [
        seriesSalon({
          resources: [{ key: 'anna', name: 'Anna', schedule: 'week', limits: { perDay: 1 } }],
          services: [{ key: 'anna-only', name: 'Anna only', durationMinutes: 60, stepMinutes: 15 }],
        }),
      ],
    });
    expect(applied).toMatchObject({ ok: true });
    const first = await take(at, '24T15:00');
    const move = all({ shiftMinutes: 15 }, { conflicts: 'skip' });
    expect(told(await moved(at, group, move))).toEqual(['LIMIT_REACHED']);
    granted(await at.door.cancel(first.id, { by: 'company' }));
    expect(told(await moved(at, group, move))).toEqual(['moved']);
    expect(told(await moved(at, group, move))).toEqual(['moved']);
  });
});
