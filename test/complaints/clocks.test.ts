import { describe, expect } from 'vitest';
import { writing } from '../failures/between.ts';
import type { FrontDesk } from '../failures/frontDesk.ts';
import { guarded } from '../failures/guarded.ts';

const everyDay = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
const open = (from: string, to: string) => ({
  schedules: [{ key: 'week', weekly: [{ days: [...everyDay], from, to }] }],
});

/** The starts that are listed for the one chair, as they are written. */
async function listed({ salon }: FrontDesk, from: string, to: string): Promise<readonly string[]> {
  const range = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
  const { status, body } = await salon('GET', `/api/v2/slots?service=anna-only&${range}`);
  expect(status).toBe(200);
  return body.slots.map(({ start }) => String(start));
}

async function book({ salon }: FrontDesk, start: string): Promise<string> {
  const { status, body } = await salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start } });
  return status === 201 ? 'booked' : body.code;
}

describe('the day on which the clocks go forward', () => {
  guarded(
    'hours after noon stay where they are',
    async (desk) => {
      desk.clock.set(Date.parse('2027-03-26T08:00:00+01:00'));
      const starts = ['13:00', '13:30', '14:00', '14:30', '15:00', '15:30', '16:00'];
      for (const [date, offset] of [
        ['2027-03-27', '+01:00'],
        ['2027-03-28', '+02:00'],
        ['2027-03-29', '+02:00'],
      ] as const) {
        expect(await listed(desk, `${date}T00:00:00${offset}`, `${date}T23:59:00${offset}`)).toEqual(
          starts.map((time) => `${date}T${time}:00.000${offset}`),
        );
        expect(await book(desk, `${date}T12:00:00${offset}`)).toBe('OUTSIDE_HOURS');
        expect(await book(desk, `${date}T17:00:00${offset}`)).toBe('OUTSIDE_HOURS');
        expect(await book(desk, `${date}T13:00:00${offset}`)).toBe('booked');
      }
      expect(desk.rows.appointments().map(({ startMs }) => new Date(startMs).toISOString())).toEqual([
        ...['2027-03-27T12:00:00.000Z', '2027-03-28T11:00:00.000Z', '2027-03-29T11:00:00.000Z'],
      ]);
    },
    { 'hours that keep the offset of the day before': { salon: { ...open('13:00', '17:00'), timeZone: 'Etc/GMT-1' } } },
    { salon: open('13:00', '17:00') },
  );

  guarded(
    'a notice of ten hours is ten real hours, and what is exactly ten hours away can be had',
    async (desk) => {
      // At midnight ten hours later is eleven, because two to three does not exist.
      desk.clock.set(Date.parse('2027-03-28T00:00:00+01:00'));
      const [first] = await listed(desk, '2027-03-28T00:00:00+01:00', '2027-03-28T23:00:00+02:00');
      expect(first).toBe('2027-03-28T11:00:00.000+02:00');
      expect(await book(desk, '2027-03-28T10:30:00+02:00')).toBe('NOTICE_TOO_SHORT');
      desk.clock.advance(1);
      expect(await book(desk, '2027-03-28T11:00:00+02:00')).toBe('NOTICE_TOO_SHORT');
      expect(desk.rows.count('appointments')).toBe(0);
      desk.clock.set(Date.parse('2027-03-28T00:00:00+01:00'));
      expect(await book(desk, '2027-03-28T11:00:00+02:00')).toBe('booked');
      expect(desk.rows.appointments()).toMatchObject([{ startMs: Date.parse('2027-03-28T09:00:00Z') }]);
    },
    {},
    { salon: { ...open('09:00', '17:00'), policies: { noticeMinutes: 600 } } },
  );
});

describe('zones that are not whole hours away', () => {
  for (const [timeZone, offset] of [
    ['Asia/Kolkata', '+05:30'],
    ['Asia/Kathmandu', '+05:45'],
    ['Australia/Eucla', '+08:45'],
    ['Pacific/Chatham', '+13:45'],
    ['America/St_Johns', '-03:30'],
  ] as const)
    guarded(
      `${timeZone} begins on its own full hours, and tells them`,
      async (desk) => {
        const starts = await listed(desk, `2026-11-25T00:00:00${offset}`, `2026-11-25T12:00:00${offset}`);
        expect(starts).toEqual(
          ['09:00', '09:30', '10:00', '10:30', '11:00'].map((time) => `2026-11-25T${time}:00.000${offset}`),
        );
        const caller = desk.call('zone');
        const heard = await caller.ask('find_slots', { date: '2026-11-25', time: '10:00', service: 'Anna only' });
        expect(heard.say).toMatch(/um 10 Uhr\?$/);
        expect(await caller.ask('book', { offer: 1 })).toMatchObject({ ok: true, appointment: { time: '10:00' } });
        expect(desk.rows.appointments()).toMatchObject([{ startMs: Date.parse(`2026-11-25T10:00:00${offset}`) }]);
        expect(await book(desk, new Date(`2026-11-25T10:00:00${offset}`).toISOString())).toBe('SLOT_TAKEN');
      },
      {},
      { salon: { ...open('09:00', '12:00'), timeZone } },
    );
});

describe('a shift across midnight', () => {
  const night = (overrides: readonly { readonly date: string; readonly windows: readonly [] }[]) => ({
    schedules: [{ key: 'week', weekly: [{ days: [...everyDay], from: '22:00', to: '02:00' }], overrides }],
  });

  guarded(
    'is one shift: an appointment may lie across midnight, and stands in the way on both dates',
    async (desk) => {
      const day = ['2026-11-24T12:00:00+01:00', '2026-11-25T12:00:00+01:00'] as const;
      const starts = (await listed(desk, ...day)).map((start) => start.slice(8, 16));
      expect(starts).toEqual(['24T22:00', '24T22:30', '24T23:00', '24T23:30', '25T00:00', '25T00:30', '25T01:00']);
      expect(await book(desk, '2026-11-24T23:30:00+01:00')).toBe('booked');
      expect((await listed(desk, ...day)).map((start) => start.slice(8, 16))).toEqual([
        ...['24T22:00', '24T22:30', '25T00:30', '25T01:00'],
      ]);
      // Asked for the second date alone, what began the evening before still counts.
      const second = await listed(desk, '2026-11-25T00:00:00+01:00', '2026-11-25T12:00:00+01:00');
      expect(second.map((start) => start.slice(8, 16))).toEqual(['25T00:30', '25T01:00']);
      expect(await book(desk, '2026-11-25T00:00:00+01:00')).toBe('SLOT_TAKEN');
      expect(await book(desk, '2026-11-25T01:30:00+01:00')).toBe('OUTSIDE_HOURS');
      expect(desk.rows.contradictions(desk.clock.now())).toEqual([]);
    },
    {},
    { salon: night([]) },
  );

  guarded(
    'belongs to the evening on which it begins, which is the one that a closed date closes',
    async (desk) => {
      const starts = await listed(desk, '2026-11-24T00:00:00+01:00', '2026-11-26T00:00:00+01:00');
      expect(starts.map((start) => start.slice(8, 16))).toEqual([
        ...['24T00:00', '24T00:30', '24T01:00', '25T22:00', '25T22:30', '25T23:00', '25T23:30'],
      ]);
      expect(await book(desk, '2026-11-24T23:00:00+01:00')).toBe('OUTSIDE_HOURS');
      expect(await book(desk, '2026-11-25T00:30:00+01:00')).toBe('OUTSIDE_HOURS');
      expect(await book(desk, '2026-11-24T00:30:00+01:00')).toBe('booked');
    },
    { 'the date not closed': { salon: night([]) } },
    { salon: night([{ date: '2026-11-24', windows: [] }]) },
  );
});

describe('so many a day', () => {
  const limited = {
    ...open('08:00', '24:00'),
    timeZone: 'America/New_York',
    resources: [
      { key: 'anna', name: 'Anna', schedule: 'week', limits: { perDay: 1 } },
      { key: 'ben', name: 'Ben', schedule: 'week' },
    ],
  };

  guarded(
    'are counted on the dates of the place, whatever date it is for whoever books',
    async (desk) => {
      // Half past ten at night in New York is the next date in Berlin and in UTC.
      expect(await book(desk, '2026-11-25T04:30:00+01:00')).toBe('booked');
      expect(await book(desk, '2026-11-24T15:00:00Z')).toBe('LIMIT_REACHED');
      const starts = await listed(desk, '2026-11-24T00:00:00-05:00', '2026-11-26T00:00:00-05:00');
      expect(new Set(starts.map((start) => start.slice(0, 10)))).toEqual(new Set(['2026-11-25']));
      expect(await book(desk, '2026-11-25T08:00:00-05:00')).toBe('booked');
      expect(await book(desk, '2026-11-25T23:00:00-05:00')).toBe('LIMIT_REACHED');
      expect(desk.rows.appointments()).toHaveLength(2);
      expect(desk.rows.all<{ cell: number }>('SELECT cell FROM units ORDER BY cell').map(({ cell }) => cell)).toEqual([
        Date.parse('2026-11-24T00:00:00Z') / 86_400_000,
        Date.parse('2026-11-25T00:00:00Z') / 86_400_000,
      ]);
    },
    {
      'dates of UTC': {
        storage: writing((write) => {
          const startMs = write.appointments?.[0]?.row.startMs ?? 0;
          return {
            ...write,
            units: write.units?.map((unit) => ({ ...unit, period: Math.floor(startMs / 86_400_000) })),
          };
        }),
      },
    },
    { salon: limited },
  );
});
