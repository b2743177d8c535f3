import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompanyDefinition, FindQuery, ServiceDefinition, SegmentDefinition, Slot } from '../../src/index.ts';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';
import '../fixedSeed.ts';

const STAFF = ['anna', 'ben', 'carla'] as const;

const minutes = fc.integer({ min: 1, max: 4 }).map((each) => each * 15);
const buffer = fc.constantFrom(0, 0, 5, 15);
const doers = fc.subarray([...STAFF], { minLength: 1 });
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

/** Leaves out what is undefined. */
const given = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

const gap = fc.constantFrom(0, 15, 30, { min: 0, max: 30 });
const segments = fc
  .array(fc.record({ durationMinutes: minutes, gapAfterMinutes: gap }), { minLength: 2, maxLength: 3 })
  .map((list) =>
    list.map((each, index): SegmentDefinition =>
      index === list.length - 1
        ? { key: `part${index}`, durationMinutes: each.durationMinutes }
        : { key: `part${index}`, ...each },
    ),
  );

/** A service that is simple, of several parts, of staff and a room, or held in sessions. */
const service = (key: string, byKind: boolean): fc.Arbitrary<ServiceDefinition> =>
  fc
    .record({
      stepMinutes: fc.constantFrom(15, 30),
      bufferBeforeMinutes: buffer,
      bufferAfterMinutes: buffer,
      limits: rarely(fc.record({ perDay: fc.integer({ min: 1, max: 3 }) })),
      resources: doers,
      what: fc.oneof(
        fc.record({ durationMinutes: minutes, minutesOf: rarely(fc.record({ anna: minutes })) }),
        fc.record({ durationMinutes: minutes }),
        fc.record({ segments, keep: fc.constantFrom('required' as const, 'preferred' as const, 'free' as const) }),
        ...(key === 'three' ? [fc.record({ durationMinutes: minutes, seats: fc.constantFrom(2, 3) })] : []),
      ),
      assign: byKind ? fc.constantFrom({ staff: 1 }, { staff: 1, room: 1 }) : fc.constant(undefined),
    })
    .map(({ what, ...rest }) => {
      const own = given(what);
      // A length of her own is for those who do it.
      const { minutesOf: _, ...without } = own as ServiceDefinition;
      return { key, name: key, ...given(rest), ...(rest.resources.includes('anna') ? own : without) };
    });

const company: fc.Arbitrary<CompanyDefinition> = fc
  .boolean()
  .chain((byKind) =>
    fc.record({
      services: fc.tuple(service('one', byKind), service('two', byKind), service('three', byKind)),
      capacity: fc.constantFrom(1, 2),
    }),
  )
  .map(({ services, capacity }) =>
    salon({
      resources: [
        ...STAFF.map((key) => ({ key, name: key, schedule: 'week' })),
        { key: 'room', name: 'Room', kind: 'room', schedule: 'week', capacity },
      ],
      services,
    }),
  );

const DAY = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' };

const visit = fc.record({
  services: fc.oneof(
    fc.shuffledSubarray(['one', 'two'], { minLength: 2 }),
    fc.shuffledSubarray(['one', 'two', 'three'], { minLength: 2 }),
  ),
  order: fc.constantFrom('given' as const, 'any' as const),
  maxWaitMinutes: fc.constantFrom(0, 15, 30),
  resource: rarely(rarely(fc.constantFrom(...STAFF))),
});

const query: fc.Arbitrary<FindQuery> = fc
  .oneof(
    fc.record({ service: fc.constantFrom('one', 'two', 'three'), resource: rarely(fc.constantFrom(...STAFF)) }),
    fc.record({ service: fc.constant('three'), partySize: fc.constantFrom(1, 2) }),
    visit,
    visit,
  )
  .map((what) => ({ ...given(what), ...DAY }));

/** How a listed start is asked for again. */
const startOf = ({ from: _, to: __, ...what }: FindQuery, { startMs }: Slot) => ({ ...what, start: startMs });

interface Seen {
  slots: number;
  visits: number;
}

/** Asks, books one of what is listed in one of several ways, and looks whether each could be had just as listed. */
async function play(
  { door }: Bench,
  queries: readonly FindQuery[],
  choose: readonly number[],
  seen: Seen,
  meddle: (slot: Slot, asked: FindQuery) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  for (const [index, asked] of queries.entries()) {
    const found = await door.find(asked);
    if (!found.ok) continue;
    const all = found.slots;
    for (const slot of all.filter((_, at) => at % 7 === index % 7)) {
      const checked = granted(await door.check(startOf(asked, slot)));
      expect(checked.slot).toEqual(slot);
    }
    const slot = all[(choose[index] ?? 0) % all.length] ?? all[0];
    await meddle(slot, asked);
    const target = index % 2 === 0 ? door.offer(slot) : startOf(asked, slot);
    const booked =
      index % 3 === 0
        ? granted(await door.book(granted(await door.hold(target, { owner: 'call' })).hold))
        : granted(await door.book(target));
    const { appointment } = booked;
    expect(appointment).toMatchObject({ startMs: slot.startMs, endMs: slot.endMs, serviceId: slot.serviceId });
    seen.slots += 1;
    if (slot.visit !== undefined) {
      seen.visits += 1;
      const parts = (slot.segments ?? []).map((part) => [part.serviceId, part.key, part.startMs, part.endMs]);
      expect(appointment.parts.map((part) => [part.serviceId, part.key, part.startMs, part.endMs])).toEqual(parts);
    }
    // What is listed nowhere cannot be booked.
    const starts = new Set(all.map(({ startMs }) => startMs));
    const unlisted = Date.parse(DAY.from) + ((choose[index] ?? 0) % 288) * 300_000;
    if (!starts.has(unlisted)) refusedWith(await door.book({ ...startOf(asked, slot), start: unlisted }));
  }
}

/** Whoever has more at once than he takes, and every service of which more is booked on the day than may be. */
async function overbooked({ door }: Bench, { resources = [], services = [] }: CompanyDefinition): Promise<string[]> {
  const listed = granted(await door.listAppointments({ limit: 200 })).page.items;
  // Those who share a session share its time, and it counts once.
  const apart = listed.filter(
    ({ sessionId }, index) => sessionId === null || listed.findIndex((each) => each.sessionId === sessionId) === index,
  );
  const ids = new Map(
    [...(await door.resources()), ...(await door.services())].map(({ id, key }) => [id as string, key]),
  );
  const cells = new Map<string, number>();
  for (const { spans } of apart)
    for (const { resourceId, startMs, endMs } of spans)
      for (let cell = startMs; cell < endMs; cell += 300_000) {
        const key = `${ids.get(resourceId)} ${cell}`;
        cells.set(key, (cells.get(key) ?? 0) + 1);
      }
  const capacityOf = (key: string): number => resources.find((each) => key.startsWith(each.key))?.capacity ?? 1;
  const crowded = [...cells].flatMap(([key, count]) => (count > capacityOf(key) ? [key] : []));
  const tooMany = services.flatMap(({ key, limits }) => {
    const booked = apart.filter(({ serviceId, parts }) =>
      [serviceId, ...parts.map((part) => part.serviceId)].some((id) => ids.get(id) === key),
    );
    return booked.length > (limits?.perDay ?? Infinity) ? [key] : [];
  });
  return [...crowded, ...tooMany];
}

test('what is listed can be booked as it was listed, and what is not cannot, in companies of any kind', async () => {
  const seen: Seen = { slots: 0, visits: 0 };
  await fc.assert(
    fc.asyncProperty(
      company,
      fc.array(query, { minLength: 4, maxLength: 8 }),
      fc.array(fc.nat({ max: 10_000 }), { minLength: 8, maxLength: 8 }),
      async (definition, queries, choose) => {
        const on = await bench({ companies: [definition] });
        try {
          await play(on, queries, choose, seen);
          expect(await overbooked(on, definition)).toEqual([]);
        } finally {
          await on.close();
        }
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
  // It proves little where next to nothing was listed.
  expect(seen.slots).toBeGreaterThan(60);
  expect(seen.visits).toBeGreaterThan(20);
}, 180_000);

test('which is seen where somebody else takes what was listed', async () => {
  const on = await bench({ companies: [salon()] });
  const seen: Seen = { slots: 0, visits: 0 };
  const take = (slot: Slot): Promise<unknown> => on.door.book({ service: slot.serviceId, start: slot.startMs });
  const queries = [{ service: 'anna-only', ...DAY }];
  await play(on, queries, [0], seen);
  await expect(play(on, queries, [3], seen, take)).rejects.toThrow('refused');
  await on.close();
});
