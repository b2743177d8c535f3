import { expect, test } from 'vitest';
import { blockersOf, inTheWay, resource, service, span, spans } from './explain.scene.ts';
import { compileVisit } from './visit.ts';

test('what occupies a resource is named where that is known', () => {
  const busy = spans('09:00-09:55', '10:30-10:40');
  const anna = resource('anna', { busy, busyKinds: ['external', 'appointment'] });
  const hour = service({ bufferBeforeMinutes: 10 });
  expect(blockersOf({ service: hour, resources: [anna] }, '10:00')).toEqual([
    { code: 'BUFFER_BUSY', resource: 'anna', side: 'before', busy: span('09:00-09:55'), kind: 'external' },
    { code: 'BUSY', resource: 'anna', segment: 0, busy: span('10:30-10:40'), kind: 'appointment' },
  ]);
});

test('with a capacity the stretch in which so many overlap is in the way', () => {
  const busy = spans('09:00-10:30', '10:15-12:00', '11:00-11:15');
  const room = resource('room', { capacity: 2, busy });
  expect(blockersOf({ service: service(), resources: [room] }, '10:00')).toEqual([
    { code: 'BUSY', resource: 'room', segment: 0, busy: span('10:15-10:30'), capacity: 2 },
  ]);
  const kinds = { ...room, busyKinds: ['appointment', 'appointment', 'external'] };
  expect(blockersOf({ service: service(), resources: [kinds] }, '10:00')).toMatchObject([{ kind: 'appointment' }]);
  expect(blockersOf({ service: service(), resources: [kinds] }, '11:00')).toEqual([
    { code: 'BUSY', resource: 'room', segment: 0, busy: span('11:00-11:15'), capacity: 2 },
  ]);
});

const wash = { durationMinutes: 30, assign: { staff: 1 } };
const rest = { durationMinutes: 30, assign: { chair: 1 } };
const cut = { durationMinutes: 30, assign: { staff: 1 } };

test('a resource that other segments need is not in the way during them', () => {
  const segments = [wash, rest, cut];
  const anna = resource('anna', { busy: spans('09:30-10:00') });
  const chair = resource('chair', { kind: 'chair', busy: spans('09:30-09:35') });
  expect(blockersOf({ service: service({ segments }), resources: [anna, chair] }, '09:00')).toEqual([
    { code: 'BUSY', resource: 'chair', segment: 1, busy: span('09:30-09:35') },
  ]);
});

test('the buffers concern those who serve the first and the last segment', () => {
  const buffered = service({ segments: [wash, rest], bufferBeforeMinutes: 15, bufferAfterMinutes: 15 });
  const busy = spans('08:50-09:00', '10:00-10:05');
  const [anna, chair] = [resource('anna', { busy }), resource('chair', { kind: 'chair', busy })];
  expect(inTheWay({ service: buffered, resources: [anna, chair] }, '09:00')).toEqual([
    'BUFFER_BUSY anna',
    'BUFFER_BUSY chair',
  ]);
});

test('without keeping, each segment asks only for whoever serves it', () => {
  const segments = [{ durationMinutes: 30 }, { durationMinutes: 30 }];
  const early = resource('early', { busy: spans('09:30-10:00') });
  const late = resource('late', { busy: spans('09:00-09:10') });
  const resources = [early, late];
  expect(inTheWay({ service: service({ segments, keep: 'free' }), resources }, '09:00')).toEqual([]);
  expect(inTheWay({ service: service({ segments, keep: 'preferred' }), resources }, '09:00')).toEqual([]);
  expect(blockersOf({ service: service({ segments }), resources }, '09:00')).toEqual([
    { code: 'BUSY', resource: 'early', segment: 1, busy: span('09:30-10:00') },
    { code: 'BUSY', resource: 'late', segment: 0, busy: span('09:00-09:10') },
  ]);
});

test('each resource is judged by its own length', () => {
  const own = service({ segments: [{ durationMinutes: 60, durationMinutesOf: { anna: 30 } }] });
  const busy = spans('10:30-11:00');
  const [anna, ben] = [resource('anna', { busy: spans('10:15-10:20') }), resource('ben', { busy })];
  expect(blockersOf({ service: own, resources: [anna, ben] }, '10:00')).toEqual([
    { code: 'BUSY', resource: 'anna', segment: 0, busy: span('10:15-10:20') },
    { code: 'BUSY', resource: 'ben', segment: 0, busy: span('10:30-11:00') },
  ]);
});

test('others serve at least as long as whoever is the quickest', () => {
  const segments = [{ durationMinutes: 30, durationMinutesOf: { anna: 60 } }];
  const own = service({ segments, assign: { staff: 1, room: 1 } });
  const room = resource('room', { kind: 'room', busy: spans('10:45-11:00') });
  expect(inTheWay({ service: own, resources: [resource('anna'), room] }, '10:00')).toEqual(['BUSY room']);
  expect(inTheWay({ service: own, resources: [resource('anna'), resource('ben'), room] }, '10:00')).toEqual([]);
});

test('where all serve, the slowest decides', () => {
  const own = service({ segments: [{ durationMinutes: 30, durationMinutesOf: { anna: 60 } }], assign: 'all' });
  const ben = resource('ben', { busy: spans('10:45-11:00') });
  expect(inTheWay({ service: own, resources: [resource('anna'), ben] }, '10:00')).toEqual(['BUSY ben']);
});

test('of a visit the order given is explained, with the least waits', () => {
  const services = [
    { id: 'cut', segments: [{ durationMinutes: 30 }] },
    { id: 'colour', segments: [{ durationMinutes: 60 }] },
  ];
  const visit = compileVisit({ services, order: 'any', stepMinutes: 30, maxWaitMinutes: 10 });
  const anna = resource('anna', { busy: spans('09:10-09:20', '10:00-10:10') });
  expect(blockersOf({ service: visit, resources: [anna] }, '09:00')).toEqual([
    { code: 'BUSY', resource: 'anna', segment: 0, busy: span('09:10-09:20') },
    { code: 'BUSY', resource: 'anna', segment: 1, busy: span('10:00-10:10') },
  ]);
});
