import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

const WEEK = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-28T00:00:00+01:00' };
const DAY = { ...WEEK, to: '2026-11-25T00:00:00+01:00' };

let at: Bench;
let names: ReadonlyMap<string, string>;
beforeEach(async () => {
  at = await bench({
    companies: [
      salon({
        resources: [
          { key: 'anna', name: 'Anna', schedule: 'week' },
          { key: 'ben', name: 'Ben', schedule: 'week' },
          { key: 'carla', name: 'Carla', schedule: 'week' },
        ],
        services: [{ key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 60, resources: ['anna', 'ben'] }],
      }),
    ],
  });
  names = new Map((await at.door.resources()).map(({ id, key }) => [id, key]));
});
afterEach(() => at.close());

describe('who is preferred', () => {
  test('serves where that is possible, and is told about where it is not', async () => {
    granted(await at.door.book({ service: 'cut', start: '2026-11-24T10:00:00+01:00', resource: 'ben' }));
    const found = granted(await at.door.find({ service: 'cut', ...DAY, prefer: ['ben'] }));
    const served = found.slots.map(({ resourceIds, preferred }) => [names.get(resourceIds[0] ?? ''), preferred]);
    expect(served.slice(0, 3)).toEqual([
      ['ben', true],
      ['anna', false],
      ['ben', true],
    ]);
    expect(found.preference?.map(({ resourceId, status }) => [names.get(resourceId), status])).toEqual([
      ['ben', 'free'],
    ]);
  });

  test('is told to be busy, or not to do this at all', async () => {
    for (const time of ['09', '10', '11', '12', '13', '14', '15', '16'])
      granted(await at.door.book({ service: 'cut', start: `2026-11-24T${time}:00:00+01:00`, resource: 'ben' }));
    const { preference } = granted(await at.door.find({ service: 'cut', ...DAY, prefer: ['ben', 'carla', 'anna'] }));
    expect(preference?.map(({ status }) => status)).toEqual(['busy', 'notQualified', 'free']);
    expect(refusedWith(await at.door.find({ service: 'cut', ...DAY, prefer: ['nobody'] }))).toBe('RESOURCE_UNKNOWN');
  });

  test('is held and booked by the same preference', async () => {
    const wish = { service: 'cut', start: '2026-11-24T10:00:00+01:00', prefer: ['ben'] };
    const { slot } = granted(await at.door.check(wish));
    expect([names.get(slot.resourceIds[0] ?? ''), slot.preferred]).toEqual(['ben', true]);
    const { appointment } = granted(await at.door.book(wish));
    expect(names.get(appointment.resourceIds[0] ?? '')).toBe('ben');
    expect(names.get(granted(await at.door.book(wish)).appointment.resourceIds[0] ?? '')).toBe('anna');
  });
});

describe('a wish', () => {
  test('puts what meets it first, and each slot tells what it does not meet', async () => {
    const wish = { weekdays: ['we', 'th'], partOfDay: 'afternoon', around: '15:00', resources: ['ben'] } as const;
    const { slots } = granted(await at.door.find({ service: 'cut', ...WEEK, wish, count: 40 }));
    expect(slots.slice(0, 3).map(({ start, unmet }) => [start.slice(8, 13), unmet])).toEqual([
      ['25T15', []],
      ['26T15', []],
      ['25T14', []],
    ]);
    expect(slots.every(({ resourceIds }) => names.get(resourceIds[0] ?? '') === 'ben')).toBe(true);
    const unmet = slots.map((slot) => slot.unmet?.length ?? NaN);
    expect(unmet).toEqual(unmet.toSorted());
    expect(new Set(slots.flatMap((slot) => slot.unmet))).toEqual(new Set(['weekdays', 'partOfDay']));
  });

  test('looks two weeks ahead for ten unless told otherwise, and every slot can be booked', async () => {
    const { slots } = granted(await at.door.find({ service: 'cut', wish: { partOfDay: 'evening' } }));
    expect(slots).toHaveLength(10);
    expect(slots.map(({ unmet }) => unmet)).toEqual(slots.map(() => ['partOfDay']));
    for (const slot of slots) granted(await at.door.book(at.door.offer(slot)));
  });

  test('that makes no sense is refused by its field', async () => {
    const wrong = {
      service: 'cut',
      ...DAY,
      wish: { weekdays: ['xx'], around: 'noon', partOfDay: 'night' as never, more: 1 },
    };
    const refused = await at.door.find(wrong);
    const errors = refused.ok ? [] : (refused.refusal as { errors: readonly { path: string }[] }).errors;
    expect(new Set(errors.map(({ path }) => path.replace(/\[.*/, '')))).toEqual(
      new Set(['wish.weekdays', 'wish.around', 'wish.partOfDay', 'wish.more']),
    );
    for (const prefer of [[], 'anna', [1], Array.from({ length: 51 }, () => 'anna')])
      expect(await at.door.find({ service: 'cut', ...DAY, prefer: prefer as never })).toMatchObject({
        refusal: { code: 'INPUT_INVALID', errors: [{ path: 'prefer' }] },
      });
  });
});
