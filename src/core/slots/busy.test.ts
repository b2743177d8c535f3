import { expect, test } from 'vitest';
import { at, daily, hour, starts } from './asking.scene.ts';

const quarterly = { durationMinutes: 60, stepMinutes: 15 };

test('intervals are half-open: appointments may touch what is busy', () => {
  expect(starts({ service: hour, resources: [{ busy: [at('10:00-11:00')] }] })).toEqual(['09:00', '11:00']);
});

test('a minute of overlap is too much', () => {
  expect(starts({ service: hour, resources: [{ busy: [at('09:59-10:00'), at('11:00-11:01')] }] })).toEqual(['10:00']);
});

test('an empty interval occupies nothing', () => {
  expect(starts({ service: hour, resources: [{ busy: [at('09:30-09:30')] }] })).toEqual(['09:00', '10:00', '11:00']);
});

test('between two appointments lies the after of the first plus the before of the second', () => {
  // What is busy stands for an appointment 10:00–11:00 that has brought its own buffer of ten minutes along.
  const resources = [{ weekly: daily('08:00-14:00'), busy: [at('10:00-11:10')] }];
  const service = { durationMinutes: 60, stepMinutes: 5, bufferBeforeMinutes: 5, bufferAfterMinutes: 10 };
  const found = starts({ service, resources });
  expect(found.filter((start) => start < '10:00').at(-1)).toBe('08:50');
  expect(found.find((start) => start > '10:00')).toBe('11:15');
});

test('a start inside the after-buffer of another appointment is not listed', () => {
  const resources = [{ busy: [at('09:00-10:30')] }];
  expect(starts({ service: quarterly, resources })).toEqual(['10:30', '10:45', '11:00']);
});

test('buffers may lie outside opening hours', () => {
  const service = { durationMinutes: 180, bufferBeforeMinutes: 60, bufferAfterMinutes: 60 };
  expect(starts({ service })).toEqual(['09:00']);
});

test('buffers outside opening hours still meet what is busy there', () => {
  const busy = [at('08:00-08:50'), at('12:05-13:00')];
  const service = { ...hour, bufferBeforeMinutes: 15, bufferAfterMinutes: 10 };
  expect(starts({ service, resources: [{ busy }] })).toEqual(['10:00']);
});

test('buffers stay within opening hours when they must', () => {
  const service = { ...quarterly, bufferBeforeMinutes: 30, bufferAfterMinutes: 60, buffersWithinHours: true };
  expect(starts({ service })).toEqual(['09:30', '09:45', '10:00']);
});

test('buffers that must stay within hours stay clear of time off, others may lie in it', () => {
  const resources = [{ timeOff: [at('10:00-11:00')] }];
  const service = { ...hour, bufferAfterMinutes: 30 };
  expect(starts({ service, resources })).toEqual(['09:00', '11:00']);
  expect(starts({ service: { ...service, buffersWithinHours: true }, resources })).toEqual([]);
});

test('busy time before and after the range counts', () => {
  const range = { from: '2026-11-24T10:00:00+01:00', to: '2026-11-24T11:01:00+01:00' };
  const busy = [at('09:00-10:15'), at('11:45-12:00')];
  expect(starts({ service: { durationMinutes: 45, stepMinutes: 15 }, range, resources: [{ busy }] })).toEqual([
    ...['11-24 10:15', '11-24 10:30', '11-24 10:45', '11-24 11:00'],
  ]);
});

test('overlapping, nested, touching and unsorted busy intervals are one set of occupied time', () => {
  const busy = [at('11:00-11:30'), at('09:00-10:00'), at('09:15-09:30'), at('09:45-10:15'), at('10:15-10:30')];
  expect(starts({ service: { durationMinutes: 30, stepMinutes: 15 }, resources: [{ busy }] })).toEqual([
    ...['10:30', '11:30'],
  ]);
});
