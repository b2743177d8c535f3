import { expect, test } from 'vitest';
import { at, daily, hour, questionOf, caseOf, served, starts } from './asking.scene.ts';
import { findSlots } from './find.ts';
import { slotAt } from './found.ts';

const anna = { id: 'anna' };
const ben = { id: 'ben' };
const room = { id: 'room', kind: 'room' };

test('any offers the union of the slots of each, and the first in the input that is free serves', () => {
  const resources = [
    { ...anna, busy: [at('10:00-11:00')] },
    { ...ben, weekly: daily('09:00-13:00') },
  ];
  expect(served({ service: hour, resources })).toEqual([
    ...['09:00-10:00 anna', '10:00-11:00 ben', '11:00-12:00 anna', '12:00-13:00 ben'],
  ]);
});

test('any never assigns a busy resource and never refuses while one is free', () => {
  const busy = [at('09:00-10:00')];
  const resources = [{ ...anna, busy }, { ...ben, busy }, { id: 'cem' }];
  expect(served({ service: hour, resources }).at(0)).toBe('09:00-10:00 cem');
});

test('any keeps each one to its own grid', () => {
  const resources = [
    { ...anna, weekly: daily('09:00-10:30') },
    { ...ben, weekly: daily('09:10-10:30') },
  ];
  expect(served({ service: { durationMinutes: 40, stepMinutes: 40 }, resources })).toEqual([
    ...['09:00-09:40 anna', '09:10-09:50 ben', '09:40-10:20 anna', '09:50-10:30 ben'],
  ]);
});

test('any unites the clocks of zones that differ by a part of the step', () => {
  const resources = [
    { ...anna, weekly: daily('09:00-10:00') },
    { ...ben, timeZone: 'Asia/Kathmandu', weekly: daily('14:00-16:00') },
  ];
  expect(served({ service: hour, resources })).toEqual(['09:00-10:00 anna', '09:15-10:15 ben', '10:15-11:15 ben']);
});

test('a slot knows everyone who could serve it', () => {
  const resources = [{ ...anna, busy: [at('10:00-11:00')] }, ben, { id: 'cem', busy: [at('09:00-10:00')] }];
  const found = findSlots(questionOf(caseOf({ service: hour, resources })));
  expect([0, 1, 2].map((index) => slotAt(found, index)?.free)).toEqual([
    ['anna', 'ben'],
    ['ben', 'cem'],
    ['anna', 'ben', 'cem'],
  ]);
});

test('all offers the starts of the first resource at which every one is free', () => {
  const resources = [
    { ...anna, weekly: daily('09:10-12:00') },
    { ...room, busy: [at('09:00-09:30')] },
  ];
  expect(served({ service: { durationMinutes: 40, stepMinutes: 40, assign: 'all' }, resources })).toEqual([
    ...['09:50-10:30 anna,room', '10:30-11:10 anna,room', '11:10-11:50 anna,room'],
  ]);
});

test('all holds each to the horizon of its own zone', () => {
  const resources = [
    { ...anna, weekly: daily('00:00-24:00') },
    { ...ben, timeZone: 'America/New_York', weekly: daily('00:00-24:00') },
  ];
  const service = { durationMinutes: 60, stepMinutes: 60, assign: 'all', horizonDays: 0 } as const;
  // Noon on Tuesday in both; Berlin's Tuesday ends first.
  const found = starts({ service, resources, days: 3, now: '2026-11-24T18:00:00+01:00' });
  expect(found.at(-1)).toBe('11-24 23:00');
});

test('so many of each kind: picked in input order, on the grid of the first resource', () => {
  const resources = [
    { id: 'room 1', kind: 'room', busy: [at('09:00-10:00')] },
    { ...anna, busy: [at('10:00-11:00')] },
    { id: 'room 2', kind: 'room' },
    { ...ben, busy: [at('11:00-12:00')] },
  ];
  expect(served({ service: { ...hour, assign: { staff: 1, room: 1 } }, resources })).toEqual([
    ...['09:00-10:00 anna,room 2', '10:00-11:00 room 1,ben', '11:00-12:00 room 1,anna'],
  ]);
  expect(served({ service: { ...hour, assign: { staff: 2 } }, resources })).toEqual(['09:00-10:00 anna,ben']);
});

test('so many of each kind keeps to the first resource of the input, whatever its kind', () => {
  const resources = [
    { id: 'lamp', kind: 'equipment', weekly: daily('09:10-12:00') },
    { ...anna, weekly: daily('09:00-11:00') },
  ];
  expect(served({ service: { durationMinutes: 40, stepMinutes: 40, assign: { staff: 1 } }, resources })).toEqual([
    ...['09:10-09:50 anna', '09:50-10:30 anna'],
  ]);
});

test('too few of a kind is never free', () => {
  expect(served({ service: { ...hour, assign: { staff: 1, room: 1 } }, resources: [anna] })).toEqual([]);
});
