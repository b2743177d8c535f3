import { describe, expect, test } from 'vitest';

import { at, berlin, daily, slotsOf, starts, TUESDAY } from './asking.ts';
import type { CaseFile, CaseResource, CaseService, CaseSession } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

const yoga: CaseService = { durationMinutes: 60, stepMinutes: 60, seats: 5 };
const anna = berlin({ weekly: daily('09:00-12:00') });

function session(time: string, taken: number, ...resources: string[]): CaseSession {
  return { start: `${TUESDAY}T${time}:00+01:00`, resources: resources.length > 0 ? resources : ['anna'], taken };
}

/** Slots as `HH:MM anna 5`, the seats left at the end. */
function offered(service: CaseService, resources: readonly CaseResource[], more: Partial<CaseFile>): string[] {
  const asked = { service, resources, more };
  const times = starts(asked);
  return slotsOf(asked).map((slot, index) => `${times[index]} ${slot.resources.join('+')} ${slot.seatsLeft}`);
}

describe('sessions', () => {
  const busy = { ...anna, busy: [at('10:00-11:00')] };

  test('new ones have all seats, existing ones those that are left', () => {
    expect(offered(yoga, [anna], {})).toEqual(['09:00 anna 5', '10:00 anna 5', '11:00 anna 5']);
    expect(offered(yoga, [busy], { sessions: [session('10:00', 2)] })).toEqual([
      '09:00 anna 5',
      '10:00 anna 3',
      '11:00 anna 5',
    ]);
  });

  test('a party takes as many as are left and no more', () => {
    const sessions = [session('10:00', 2)];
    expect(offered(yoga, [busy], { sessions, partySize: 3 })).toContain('10:00 anna 3');
    expect(offered(yoga, [busy], { sessions, partySize: 4 })).toEqual(['09:00 anna 5', '11:00 anna 5']);
    expect(offered(yoga, [busy], { sessions, partySize: 6 })).toEqual([]);
  });

  test('a service without seats takes one', () => {
    const { seats: _seats, ...alone } = yoga;
    expect(starts({ service: alone, resources: [anna], more: { partySize: 2 } })).toEqual([]);
    expect(starts({ service: alone, resources: [anna], more: { partySize: 1 } })).toHaveLength(3);
  });

  test('are offered off the grid and outside the hours, but within range and notice', () => {
    const sessions = [session('07:10', 1), session('20:10', 1)];
    expect(offered(yoga, [anna], { sessions, now: `${TUESDAY}T08:00:00+01:00` })).toEqual([
      '09:00 anna 5',
      '10:00 anna 5',
      '11:00 anna 5',
      '20:10 anna 4',
    ]);
    const noticed = { ...yoga, noticeMinutes: 180 };
    expect(offered(noticed, [anna], { sessions, now: `${TUESDAY}T17:10:00+01:00` })).toEqual(['20:10 anna 4']);
    expect(offered(noticed, [anna], { sessions, now: `${TUESDAY}T17:10:00.001+01:00` })).toEqual([]);
  });

  test('the limits of the customer count, those of the service do not', () => {
    const limits = { perDay: 1, booked: [`${TUESDAY}T15:00:00+01:00`] };
    const sessions = [session('10:00', 2)];
    expect(offered({ ...yoga, limits }, [busy], { sessions })).toEqual(['10:00 anna 3']);
    expect(offered(yoga, [busy], { sessions, customer: { limits } })).toEqual([]);
  });

  test('notice, horizon and the limits of the customer count in the zone of the first of its resources', () => {
    // 00:30 in Berlin, still Tuesday in London.
    const london = { ...anna, id: 'lea', timeZone: 'Europe/London' };
    const night: CaseSession = { start: '2026-11-25T00:30:00+01:00', resources: ['lea', 'anna'], taken: 0 };
    const service = { ...yoga, assign: 'all' as const, horizonDate: TUESDAY };
    const range = { from: '2026-11-24T23:00:00+01:00', to: '2026-11-25T01:00:00+01:00' };
    const offers = (resources: readonly string[], more: Partial<CaseFile> = {}, terms: CaseService = service): number =>
      slotsOf({
        service: terms,
        resources: [anna, london],
        range,
        more: { sessions: [{ ...night, resources }], ...more },
      }).length;
    expect(offers(['lea', 'anna'])).toBe(1);
    expect(offers(['anna', 'lea'])).toBe(0);
    const { horizonDate: _horizonDate, ...open } = service;
    const customer = { limits: { perDay: 1, booked: [`${TUESDAY}T12:00:00+01:00`] } };
    expect(offers(['lea', 'anna'], { customer }, open)).toBe(0);
    expect(offers(['anna', 'lea'], { customer }, open)).toBe(1);
  });

  test('the existing one comes before a new one, of several the first listed with enough seats', () => {
    const ben = { ...anna, id: 'ben' };
    const sessions = [session('10:00', 5, 'ben'), session('10:00', 3, 'anna'), session('10:00', 1, 'ben')];
    expect(offered(yoga, [ben, anna], { sessions })[1]).toBe('10:00 anna 2');
    expect(offered(yoga, [ben, anna], { sessions, partySize: 3 })[1]).toBe('10:00 ben 4');
    expect(offered(yoga, [ben, busy], { sessions: [session('10:00', 5, 'anna')] })[1]).toBe('10:00 ben 5');
  });

  test('last as long as with those who hold them', () => {
    const service = { ...yoga, durationMinutesOf: { anna: 45 } };
    const [, existing] = slotsOf({ service, resources: [busy], more: { sessions: [session('10:00', 0)] } });
    expect(existing?.end).toBe('2026-11-24T09:45:00.000Z');
  });
});
