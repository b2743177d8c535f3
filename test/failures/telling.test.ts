import { describe, expect } from 'vitest';
import { anonymousMarkers } from '../../src/core/phone/anonymous.ts';
import type { Heard } from '../retell/voiceHost.ts';
import type { FrontDesk } from './frontDesk.ts';
import { guarded } from './guarded.ts';

const everyDay = [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const, from: '00:00', to: '24:00' }];
const open = { schedules: [{ key: 'week', weekly: everyDay }] };

const datesOf = ({ offers = [] }: Heard): readonly string[] => [...new Set(offers.map(({ date }) => date))];

/** The dates that these words mean when they are said at that moment. */
async function datesSaid(desk: FrontDesk, at: string, when: string): Promise<readonly string[]> {
  desk.clock.set(Date.parse(at));
  const heard = await desk
    .call(`said ${at} ${when}`.replaceAll(/\W/g, '-'))
    .ask('find_slots', { when, count: 5, service: 'Cut' });
  return heard.ok ? datesOf(heard) : [heard.reason ?? ''];
}

describe('dates', () => {
  guarded(
    'a date is worked out by the server from the day of the call, the past is refused, and only what was offered is booked',
    async (desk) => {
      const { call, rows } = desk;
      const caller = call('dates');
      for (const args of [{ date: '2024-11-24' }, { date: '2026-11-22' }, { date: '2026-11-23', time: '07:00' }])
        expect(await caller.ask('find_slots', args)).toMatchObject({ ok: false, reason: 'IN_THE_PAST' });
      // A date that the agent makes up for itself is no argument of a booking.
      expect(await caller.ask('book', { offer: 1, date: '2024-11-24', time: '10:00' })).toMatchObject({
        reason: 'OFFER_UNKNOWN',
      });
      expect(await caller.ask('book', { date: '2026-11-24', time: '10:00' })).toMatchObject({
        reason: 'INPUT_INVALID',
        errors: [{ path: 'offer' }],
      });
      expect(rows.count('appointments')).toBe(0);
      expect(await datesSaid(desk, '2026-11-23T08:00:00+01:00', 'nächste Woche Dienstag')).toEqual(['2026-12-01']);
      expect(await datesSaid(desk, '2026-11-25T08:00:00+01:00', 'am Dienstag')).toEqual(['2026-12-01']);
      // Half past twelve at night in Berlin is still the day before in UTC.
      expect(await datesSaid(desk, '2026-11-26T00:30:00+01:00', 'morgen')).toEqual(['2026-11-27']);
      expect(await datesSaid(desk, '2026-11-26T23:30:00+01:00', 'morgen')).toEqual(['2026-11-27']);
      const told = await call('told').ask('find_slots', { when: 'übermorgen um zehn Uhr', service: 'Cut' });
      expect(await call('told').ask('book', { offer: told.offers?.[0]?.number ?? 0 })).toMatchObject({ ok: true });
      expect(rows.appointments()).toMatchObject([{ startMs: Date.parse('2026-11-28T10:00:00+01:00') }]);
    },
    { 'days that begin when they begin in UTC': { salon: { ...open, timeZone: 'UTC' } } },
    { salon: open },
  );
});

/** The starts that are told for a date: as the API writes them, and as the telephone says them. */
async function toldOn(
  desk: FrontDesk,
  date: string,
): Promise<{ readonly written: readonly unknown[]; readonly said: string }> {
  const range = `from=${date}T00:00:00Z&to=${date}T23:59:59Z`;
  const { body } = await desk.salon('GET', `/api/v2/slots?service=anna-only&${range}`);
  const heard = await desk.call(`dst-${date}`).ask('find_slots', { date, time: '10:00', service: 'Anna only' });
  return { written: body.slots.map(({ start }) => start), said: heard.say };
}

describe('times', () => {
  const sundays = {
    schedules: [
      {
        key: 'week',
        weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const, from: '09:00', to: '12:00' }],
      },
    ],
  };
  guarded(
    'times are told in the zone of the place, on the days on which clocks change as well, and stored as one instant',
    async (desk) => {
      const { salon, rows, clock } = desk;
      for (const [date, offset, hourUtc] of [
        ['2027-03-27', '+01:00', 9],
        ['2027-03-28', '+02:00', 8],
        ['2027-10-30', '+02:00', 8],
        ['2027-10-31', '+01:00', 9],
      ] as const) {
        clock.set(Date.parse(`${date}T05:00:00Z`) - 86_400_000);
        const { written, said } = await toldOn(desk, date);
        expect(written).toEqual(
          ['09:00', '09:30', '10:00', '10:30', '11:00'].map((time) => `${date}T${time}:00.000${offset}`),
        );
        expect(said).toMatch(/um 10 Uhr\?$/);
        const booked = await salon('POST', '/api/v2/appointments', {
          body: { service: 'anna-only', start: `${date}T10:00:00${offset}` },
        });
        expect(booked.body['start']).toBe(`${date}T10:00:00.000${offset}`);
        const instant = new Date(`${date}T${String(hourUtc).padStart(2, '0')}:00:00Z`);
        expect(rows.appointments().at(-1)?.startMs).toBe(instant.getTime());
        // The same instant, however it is written, is taken; the same clock time of another zone is not.
        for (const [start, code] of [
          [instant.toISOString(), 'SLOT_TAKEN'],
          [`${date}T10:00:00Z`, Number(offset.slice(1, 3)) === 1 ? 'booked' : 'OUTSIDE_HOURS'],
        ] as const) {
          const again = await salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start } });
          expect([date, start, again.status === 201 ? 'booked' : again.body.code]).toEqual([date, start, code]);
        }
        expect(rows.contradictions(clock.now())).toEqual([]);
      }
    },
    { 'wall clocks read as UTC': { salon: { ...sundays, timeZone: 'UTC' } } },
    { salon: sundays },
  );

  guarded(
    'a branch in another zone tells its own times',
    async ({ salon, call, rows }) => {
      const range = 'from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z';
      const there = await salon('GET', `/api/v2/slots?service=cut&branch=porto&${range}`);
      expect(there.body.slots[0]).toMatchObject({ start: '2026-11-24T09:00:00.000+00:00', timeZone: 'Europe/Lisbon' });
      const heard = await call('porto').ask('find_slots', { date: '2026-11-24', time: '09:00', staff: 'Rita' });
      expect(await call('porto').ask('book', { offer: heard.offers?.[0]?.number ?? 0 })).toMatchObject({
        ok: true,
        appointment: { time: '09:00' },
      });
      expect(rows.appointments()).toMatchObject([{ startMs: Date.parse('2026-11-24T09:00:00Z') }]);
    },
    {},
    {
      salon: {
        branches: [
          { key: 'mitte', name: 'Mitte' },
          { key: 'porto', name: 'Porto', timeZone: 'Europe/Lisbon' },
        ],
        numbers: [{ number: '+4930555001', branch: 'porto', agent: 'agent_salon' }],
        resources: [
          { key: 'anna', name: 'Anna', schedule: 'week', branch: 'mitte' },
          { key: 'ben', name: 'Ben', schedule: 'week', branch: 'mitte' },
          { key: 'rita', name: 'Rita', schedule: 'week', branch: 'porto' },
        ],
        services: [{ key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30 }],
      },
    },
  );
});

describe('callers without a number', () => {
  const withheld = ['', ...anonymousMarkers, 'Anonymous', '266696687', 'sip:anonymous@anonymous.invalid'];

  guarded(
    'whoever withholds his number, gives no name and has no e-mail books like anybody else',
    async ({ call, salon, rows }) => {
      for (const [index, from_number] of withheld.entries()) {
        const caller = call(`nobody-${index}`, { from_number });
        const found = await caller.ask('find_slots', { date: `2026-12-0${1 + (index % 4)}`, count: 1, service: 'Cut' });
        const args = {
          offer: found.offers?.[0]?.number ?? 0,
          ...(index % 2 === 0 ? {} : { customer_name: `N. ${index}` }),
        };
        expect([from_number, await caller.ask('book', args)]).toMatchObject([from_number, { ok: true }]);
      }
      const booked = rows.appointments();
      expect(booked).toHaveLength(withheld.length);
      // Without a name there is no customer; with one there is one of his own each time, whom no number finds.
      const named = Math.floor(withheld.length / 2);
      expect(booked.filter(({ customer }) => customer === null)).toHaveLength(withheld.length - named);
      const customers = rows.all<{ phone: string | null; email: string | null; name: string }>(
        'SELECT phone, email, name FROM customers',
      );
      expect(customers).toHaveLength(named);
      for (const { phone, email } of customers) expect([phone, email]).toEqual([null, null]);
      const web = { service: 'cut', start: '2026-12-07T10:00:00+01:00', customer: { phone: 'anonymous' } };
      expect((await salon('POST', '/api/v2/appointments', { body: web })).body['customerId']).toBeNull();
    },
    {
      'a table that wants an e-mail of everybody': {
        breaks: ({ rows }) =>
          void rows.run(
            "CREATE TRIGGER wanted BEFORE INSERT ON customers WHEN NEW.email IS NULL BEGIN SELECT RAISE(ABORT, 'email'); END",
          ),
      },
    },
  );
});
