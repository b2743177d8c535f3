import { expect, test } from 'vitest';
import { blockersOf, inTheWay, open, resource, service, spans } from './explain.scene.ts';

const busy = spans('10:00-11:00');

test('nobody is there', () => {
  expect(blockersOf({ service: service(), resources: [] }, '10:00')).toEqual([
    { code: 'RESOURCE_MISSING', needed: 1, available: 0 },
  ]);
});

test('too few can do it: says what the others lack', () => {
  const cut = service({ assign: { staff: 2 }, skills: ['cut', 'colour'] });
  const resources = [resource('anna', { skills: ['cut', 'colour'] }), resource('ben', { skills: ['cut'] })];
  expect(blockersOf({ service: cut, resources }, '10:00')).toEqual([
    { code: 'RESOURCE_MISSING', kind: 'staff', needed: 2, available: 1 },
    { code: 'NOT_QUALIFIED', resource: 'ben', missing: ['colour'] },
  ]);
});

test('too few are eligible: says who is not', () => {
  const resources = [resource('anna'), resource('ben')];
  expect(blockersOf({ service: service({ eligible: ['carla'] }), resources }, '10:00')).toEqual([
    { code: 'RESOURCE_MISSING', needed: 1, available: 0 },
    { code: 'NOT_ELIGIBLE', resource: 'anna' },
    { code: 'NOT_ELIGIBLE', resource: 'ben' },
  ]);
});

test('who cannot do it is not mentioned while enough others can', () => {
  const cut = service({ skills: ['cut'] });
  const resources = [resource('anna', { skills: ['cut'], busy }), resource('ben')];
  expect(inTheWay({ service: cut, resources }, '10:00')).toEqual(['BUSY anna']);
  expect(inTheWay({ service: cut, resources, prefer: ['ben'] }, '10:00')).toEqual(['BUSY anna', 'NOT_QUALIFIED ben']);
  const eligible = service({ eligible: ['anna'] });
  expect(inTheWay({ service: eligible, resources, prefer: ['ben'] }, '10:00')).toEqual([
    'BUSY anna',
    'NOT_ELIGIBLE ben',
  ]);
});

test('who is kept must be able to do every segment', () => {
  const segments = [
    { durationMinutes: 30, skills: ['cut'] },
    { durationMinutes: 30, skills: ['colour'] },
  ];
  const resources = [resource('anna', { skills: ['cut'] }), resource('ben', { skills: ['colour'] })];
  expect(blockersOf({ service: service({ segments }), resources }, '10:00')).toEqual([
    { code: 'RESOURCE_MISSING', needed: 1, available: 0 },
    { code: 'NOT_QUALIFIED', resource: 'anna', missing: ['colour'] },
    { code: 'NOT_QUALIFIED', resource: 'ben', missing: ['cut'] },
  ]);
  const free = service({ segments, keep: 'free' });
  expect(blockersOf({ service: free, resources }, '10:00')).toEqual([]);
  expect(blockersOf({ service: free, resources: resources.slice(0, 1) }, '10:00')).toEqual([
    { code: 'RESOURCE_MISSING', needed: 1, available: 0 },
    { code: 'NOT_QUALIFIED', resource: 'anna', missing: ['colour'] },
  ]);
});

test('kinds that are not needed are not mentioned', () => {
  const resources = [resource('anna', { busy }), resource('room', { kind: 'room', busy })];
  expect(inTheWay({ service: service({ assign: { staff: 1 } }), resources, prefer: ['room'] }, '10:00')).toEqual([
    'BUSY anna',
  ]);
});

test('the grid is that of the first, who need not be able to serve', () => {
  const cut = service({ assign: { staff: 1 }, skills: ['cut'], grid: 'window' });
  const door = resource('door', { kind: 'door', schedule: open('08:30-12:00') });
  expect(blockersOf({ service: cut, resources: [door, resource('anna', { skills: ['cut'] })] }, '10:00')).toMatchObject(
    [{ code: 'OFF_GRID', resource: 'door' }],
  );
});

test('each could serve, but not together', () => {
  const segments = [{ durationMinutes: 30, durationMinutesOf: { anna: 60 } }];
  const ben = resource('ben', { busy: spans('10:00-10:10') });
  // Free for as long as ben would take, who is not.
  const room = resource('room', { kind: 'room', busy: spans('10:30-11:00') });
  const both = service({ segments, assign: { staff: 1, room: 1 } });
  expect(inTheWay({ service: both, resources: [resource('anna'), ben, room] }, '10:00')).toEqual([
    'BUSY ben',
    'NO_ARRANGEMENT',
  ]);
});

test('whoever is free is not mentioned when too few are', () => {
  const two = service({ assign: { staff: 2 } });
  expect(inTheWay({ service: two, resources: [resource('anna'), resource('ben', { busy })] }, '10:00')).toEqual([
    'BUSY ben',
  ]);
});
