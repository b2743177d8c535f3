import { expect, test } from 'vitest';
import { at, blockersOf, inTheWay, resource, service, spans } from './explain.scene.ts';

const yoga = service({ seats: 8 });
const anna = resource('anna', { busy: spans('10:00-11:00') });
const session = { startMs: at('10:00'), resources: ['anna'], taken: 6 };
const asked = { service: yoga, resources: [anna], sessions: [session] };

test('a party larger than a session', () => {
  expect(blockersOf({ service: yoga, resources: [resource('anna')], partySize: 9 }, '10:00')).toEqual([
    { code: 'PARTY_TOO_LARGE', partySize: 9, seats: 8 },
  ]);
  expect(blockersOf({ service: service(), resources: [resource('anna')], partySize: 2 }, '10:00')).toEqual([
    { code: 'PARTY_TOO_LARGE', partySize: 2, seats: 1 },
  ]);
});

test('too few seats left: says how many, and what stands in the way of a further session', () => {
  expect(inTheWay({ ...asked, partySize: 2 }, '10:00')).toEqual([]);
  const found = blockersOf({ ...asked, partySize: 3 }, '10:00');
  expect(found[0]).toEqual({ code: 'SEATS_TAKEN', partySize: 3, seatsLeft: 2 });
  expect(found.slice(1)).toMatchObject([{ code: 'BUSY', resource: 'anna' }]);
});

test('of several sessions the one with the most seats left counts', () => {
  const sessions = [session, { ...session, taken: 5 }];
  expect(blockersOf({ ...asked, sessions, partySize: 4 }, '10:00')[0]).toMatchObject({ seatsLeft: 3 });
});

test('where a session has seats, only what keeps the party from joining is told', () => {
  const joining = { ...asked, nowMs: at('09:30'), service: { ...yoga, noticeMs: 3_600_000 } };
  expect(blockersOf(joining, '10:00')).toEqual([{ code: 'NOTICE_TOO_SHORT', earliestMs: at('10:30') }]);
  const booked = Float64Array.of(at('09:00'));
  const limits = { perDay: 1, booked };
  const limited = { ...asked, service: { ...yoga, limits: [limits] }, resources: [{ ...anna, limits }] };
  expect(blockersOf(limited, '10:00')).toEqual([]);
  expect(blockersOf({ ...limited, customer: { limits } }, '10:00')).toMatchObject([
    { code: 'LIMIT_REACHED', resource: 'anna', scope: 'customer' },
  ]);
});
