import { expect, test } from 'vitest';
import type { Blocker } from '../slots/blocker.ts';
import { codeOf, reasonsOf } from './reasons.ts';

const [startMs, endMs] = [Date.UTC(2026, 10, 24, 9), Date.UTC(2026, 10, 24, 10)];
const busy = (resource: string): Blocker => ({ code: 'BUSY', resource, segment: 0, busy: { startMs, endMs } });
const closed = (resource: string): Blocker => ({ code: 'CLOSED_DATE', resource, date: '2026-11-24' });
const limited = (resource: string): Blocker => ({
  code: 'LIMIT_REACHED',
  resource,
  scope: 'resource',
  period: 'day',
  limit: 3,
  firstDate: '2026-11-24',
  lastDate: '2026-11-24',
});

test('a start is taken where somebody would be free but for what occupies him', () => {
  expect(codeOf([closed('anna'), busy('ben')])).toBe('SLOT_TAKEN');
  expect(codeOf([closed('anna'), closed('ben'), busy('ben')])).toBe('OUTSIDE_HOURS');
});

test('a limit decides where nothing but what is booked is in the way of somebody', () => {
  expect(codeOf([closed('anna'), limited('ben'), busy('ben')])).toBe('LIMIT_REACHED');
  expect(codeOf([limited('anna'), closed('anna')])).toBe('OUTSIDE_HOURS');
});

test('what holds whoever would serve decides by itself', () => {
  expect(codeOf([{ code: 'NOTICE_TOO_SHORT', earliestMs: endMs }, busy('anna')])).toBe('NOTICE_TOO_SHORT');
  expect(codeOf([{ code: 'SEATS_TAKEN', partySize: 2, seatsLeft: 1 }, closed('anna')])).toBe('SLOT_TAKEN');
  expect(codeOf([{ code: 'PARTY_TOO_LARGE', partySize: 9, seats: 8 }, busy('anna')])).toBe('LIMIT_REACHED');
  expect(codeOf([{ code: 'NO_ARRANGEMENT' }])).toBe('SLOT_TAKEN');
  expect(codeOf([{ code: 'RESOURCE_MISSING', needed: 1, available: 0 }])).toBe('NO_SLOT');
});

test('whoever could not serve at all does not decide', () => {
  const unable: Blocker = { code: 'NOT_QUALIFIED', resource: 'anna', missing: ['colour'] };
  expect(codeOf([unable, busy('ben')])).toBe('SLOT_TAKEN');
  expect(codeOf([unable, closed('ben')])).toBe('OUTSIDE_HOURS');
});

test('each reason is told once, with the nearest start, and without whom it concerns', () => {
  const reasons = reasonsOf([busy('anna'), busy('ben'), limited('anna')]);
  expect(reasons.map(({ code, nearest }) => [code, nearest])).toEqual([
    ['BUSY', '2026-11-24T10:00:00.000Z'],
    ['LIMIT_REACHED', undefined],
  ]);
  expect(JSON.stringify(reasons)).not.toMatch(/anna|ben/);
});
