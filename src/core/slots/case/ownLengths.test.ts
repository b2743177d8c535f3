import { expect, test } from 'vitest';
import { edited, errors } from './least.scene.ts';
import { parseService } from './parseService.ts';

const resources = [{ id: 'anna' }, { id: 'ben' }, { id: 'room 1', kind: 'room' }, { id: 'chair', kind: '__proto__' }];
const faults = (service: object): readonly string[] => errors(edited({ top: { resources }, service }));
const segment = { durationMinutes: 30 };

test.each<[string, object]>([
  ['any', { durationMinutesOf: { anna: 45, 'room 1': 50 } }],
  ['all', { assign: 'all', durationMinutesOf: { anna: 45, 'room 1': 50 } }],
  ['a kind that is needed once', { assign: { staff: 1, room: 2 }, durationMinutesOf: { anna: 45, ben: 1 } }],
  [
    'another kind in each segment',
    {
      durationMinutes: undefined,
      assign: { staff: 1, room: 1 },
      segments: [
        { ...segment, durationMinutesOf: { anna: 20 } },
        { ...segment, durationMinutesOf: { 'room 1': 20 } },
      ],
    },
  ],
  ['nobody', { durationMinutesOf: {} }],
])('own lengths are for %s', (_name, service) => {
  expect(faults(service)).toEqual([]);
});

test.each<[string, object, string]>([
  [
    'somebody else',
    { durationMinutesOf: { zoe: 45 } },
    'service.durationMinutesOf.zoe: is the id of no resource of the case',
  ],
  [
    'a field of the prototype',
    { durationMinutesOf: { constructor: 45 } },
    'service.durationMinutesOf.constructor: is the id of no resource of the case',
  ],
  ['no minute', { durationMinutesOf: { anna: 0 } }, 'service.durationMinutesOf.anna: must be at least 1, not 0'],
  ['a list', { durationMinutesOf: ['anna'] }, 'service.durationMinutesOf: must be an object, not an array'],
  [
    'a kind that is needed twice',
    { assign: { staff: 2 }, durationMinutesOf: { anna: 45 } },
    'service.durationMinutesOf.anna: is of the kind "staff", of which 2 are needed; only a kind that is needed once may have lengths of its own',
  ],
  [
    'a kind that is not needed',
    { assign: { staff: 1 }, durationMinutesOf: { 'room 1': 45 } },
    'service.durationMinutesOf."room 1": is of the kind "room", which is not needed here',
  ],
  [
    'a kind of the prototype',
    { assign: { staff: 1 }, durationMinutesOf: { chair: 45 } },
    'service.durationMinutesOf.chair: is of the kind "__proto__", which is not needed here',
  ],
  [
    'two kinds',
    { assign: { staff: 1, room: 1 }, durationMinutesOf: { anna: 45, 'room 1': 45 } },
    'service.durationMinutesOf."room 1": is of the kind "room", but others are of "staff"; only one kind may have lengths of its own',
  ],
])('own lengths are not for %s', (_name, service, expected) => {
  expect(faults(service)).toContain(expected);
});

test('a service that is read alone may have lengths of anybody', () => {
  expect(parseService({ durationMinutes: 30, durationMinutesOf: { whoever: 45 } }).ok).toBe(true);
});

const staff = Array.from({ length: 12 }, (_, index) => ({ id: `s${index}` }));
const lengths = (count: number): object =>
  Object.fromEntries(staff.slice(0, count).map(({ id }, index) => [id, 10 + index]));
const twice = (count: number, keep: string): readonly string[] => {
  const segments = [1, 2].map(() => ({ durationMinutes: 30, durationMinutesOf: lengths(count) }));
  return errors(edited({ top: { resources: staff }, service: { durationMinutes: undefined, keep, segments } }));
};

test('more combinations of lengths than can be tried are refused', () => {
  expect(twice(10, 'free')).toEqual([]);
  const refused = 'service: needs 144 combinations of lengths and orders; at most 128 are allowed';
  expect(twice(11, 'free')).toEqual([refused]);
  expect(twice(12, 'preferred')).toEqual([refused]);
  // Whoever serves both decides both lengths at once.
  expect(twice(12, 'required')).toEqual([]);
});

test('more combinations of lengths and orders than can be tried are refused', () => {
  const visit = (count: number): object => ({
    order: 'any',
    services: [1, 2, 3, 4, 5].map((number) => ({
      id: `service ${number}`,
      durationMinutes: 30,
      ...(number === 3 ? { durationMinutesOf: lengths(count) } : {}),
    })),
  });
  const faultsOf = (count: number): readonly string[] =>
    errors(edited({ top: { service: undefined, visit: visit(count), resources: staff } }));
  expect(faultsOf(0)).toEqual([]);
  expect(faultsOf(1)).toEqual(['visit: needs 240 combinations of lengths and orders; at most 128 are allowed']);
});
