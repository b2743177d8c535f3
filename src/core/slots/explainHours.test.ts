import { expect, test } from 'vitest';
import { epochDayOf } from '../time/localDate.ts';
import { blockersOf, open, resource, service, span, spans } from './explain.scene.ts';

const TUESDAY = epochDayOf(2026, 11, 24);
const closed = Float64Array.of(TUESDAY, TUESDAY + 1);
const hour = service();

test('a closed date is named', () => {
  const anna = resource('anna', { schedule: open('09:00-12:00', { closedDays: closed }) });
  expect(blockersOf({ service: hour, resources: [anna] }, '10:00')).toEqual([
    { code: 'CLOSED_DATE', resource: 'anna', date: '2026-11-24' },
  ]);
});

test('of several schedules the one to blame is named', () => {
  const salon = open('10:00-18:00', { name: 'salon' });
  const street = open('00:00-24:00', { name: 'street' });
  const anna = resource('anna', { schedule: open('08:00-12:00', { within: [salon, street] }) });
  expect(blockersOf({ service: hour, resources: [anna] }, '09:00')).toMatchObject([
    { code: 'OUTSIDE_HOURS', resource: 'anna', schedule: 'salon', next: span('10:00-18:00') },
  ]);
  expect(blockersOf({ service: hour, resources: [anna] }, '14:00')).toMatchObject([
    { code: 'OUTSIDE_HOURS', resource: 'anna', previous: span('10:00-12:00') },
  ]);
  expect(blockersOf({ service: hour, resources: [anna] }, '14:00')[0]).not.toHaveProperty('schedule');
});

test('every schedule that is closed is named, each with its reason', () => {
  const salon = open('09:00-12:00', { name: 'salon', closedDays: closed });
  const street = open('09:00-12:00', { name: 'street', timeOff: spans('09:30-10:30') });
  const anna = resource('anna', { schedule: open('12:00-14:00', { within: [salon, street] }) });
  const [salonClosed, streetOff, ...others] = blockersOf({ service: hour, resources: [anna] }, '10:00');
  expect(salonClosed).toEqual({ code: 'CLOSED_DATE', resource: 'anna', schedule: 'salon', date: '2026-11-24' });
  expect(streetOff).toEqual({
    code: 'TIME_OFF',
    resource: 'anna',
    schedule: 'street',
    timeOff: span('09:30-10:30'),
  });
  expect(others).toEqual([]);
});

test('own hours that miss what the others leave are named beside them', () => {
  const salon = open('10:30-18:00', { name: 'salon' });
  const anna = resource('anna', { schedule: open('08:00-10:30', { within: [salon] }) });
  const found = blockersOf({ service: hour, resources: [anna] }, '10:00');
  expect(found.map((blocker) => ('schedule' in blocker ? blocker.schedule : 'own'))).toEqual(['own', 'salon']);
});

test('time off of its own is told from that of the schedules it lies within', () => {
  const salon = open('09:00-12:00', { name: 'salon', timeOff: spans('10:00-10:15') });
  const timeOff = spans('10:30-10:45');
  const anna = resource('anna', { schedule: open('09:00-12:00', { within: [salon], timeOff }) });
  expect(blockersOf({ service: hour, resources: [anna] }, '10:00')).toEqual([
    { code: 'TIME_OFF', resource: 'anna', timeOff: span('10:30-10:45') },
    { code: 'TIME_OFF', resource: 'anna', schedule: 'salon', timeOff: span('10:00-10:15') },
  ]);
});

test('a resource must be open only while its kind is needed', () => {
  const cut = service({
    segments: [
      { durationMinutes: 60, assign: { staff: 1 } },
      { durationMinutes: 60, assign: { chair: 1 } },
    ],
  });
  const [anna, chair] = [resource('anna'), resource('chair', { kind: 'chair', schedule: open('09:00-11:00') })];
  expect(blockersOf({ service: cut, resources: [anna, chair] }, '11:00')).toMatchObject([
    { code: 'OUTSIDE_HOURS', resource: 'chair' },
  ]);
  expect(blockersOf({ service: cut, resources: [anna, chair] }, '12:00').map(({ code }) => code)).toEqual([
    'OUTSIDE_HOURS',
    'OUTSIDE_HOURS',
  ]);
});

test('a window that began the evening before a closed date stays', () => {
  const anna = resource('anna', { schedule: open('23:00-02:00', { closedDays: closed }) });
  expect(blockersOf({ service: hour, resources: [anna] }, '01:00')).toEqual([]);
  expect(blockersOf({ service: hour, resources: [anna] }, '23:00')).toMatchObject([{ code: 'CLOSED_DATE' }]);
});
