import { expect, test } from 'vitest';
import { epochDayOf } from '../time/localDate.ts';
import { at, blockersOf, inTheWay, open, resource, service, zone } from './explain.scene.ts';

test('the last date of the horizon holds without a now', () => {
  const limited = service({ horizonDay: epochDayOf(2026, 11, 23) });
  expect(blockersOf({ service: limited, resources: [resource('anna')] }, '10:00')).toEqual([
    { code: 'BEYOND_HORIZON', resource: 'anna', lastDate: '2026-11-23' },
  ]);
});

test('the horizon is that of the zone of each who could serve', () => {
  const limited = service({ horizonDay: epochDayOf(2026, 11, 24) });
  const schedule = open('00:00-24:00');
  const anna = resource('anna', { schedule, busy: Float64Array.of(at('23:00'), at('25 00:00')) });
  const kiri = resource('kiri', { schedule: open('00:00-24:00', { zone: zone('Asia/Tokyo') }) });
  expect(inTheWay({ service: limited, resources: [anna, kiri] }, '23:00')).toEqual([
    'BUSY anna',
    'BEYOND_HORIZON kiri',
  ]);
});

const reached = { code: 'LIMIT_REACHED', resource: 'anna', limit: 1 };
const day = { period: 'day', firstDate: '2026-11-24', lastDate: '2026-11-24' };
const week = { period: 'week', firstDate: '2026-11-23', lastDate: '2026-11-29' };

test('a limit that is reached says whose, and from when to when', () => {
  const booked = Float64Array.of(at('09:00'));
  const anna = resource('anna', { limits: { perDay: 1, booked } });
  const hour = service({ limits: { perWeek: 1, booked } });
  const customer = { limits: { perDay: 1, perWeek: 1, booked } };
  expect(blockersOf({ service: hour, resources: [anna], customer }, '10:00')).toEqual([
    { ...reached, ...day, scope: 'resource' },
    { ...reached, ...week, scope: 'service' },
    { ...reached, ...day, scope: 'customer' },
    { ...reached, ...week, scope: 'customer' },
  ]);
});

test('only the days and weeks of the start count', () => {
  const limits = { perDay: 1, perWeek: 2, booked: Float64Array.of(at('23 09:00'), at('22 09:00')) };
  expect(blockersOf({ service: service({ limits }), resources: [resource('anna')] }, '10:00')).toEqual([]);
});

test('a limit of none is always reached', () => {
  const anna = resource('anna', { limits: { perDay: 0, booked: new Float64Array(0) } });
  expect(blockersOf({ service: service(), resources: [anna] }, '10:00')).toEqual([
    { ...reached, ...day, limit: 0, scope: 'resource' },
  ]);
});
