import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResourceId, Storage, StorageFactory } from '../../src/adapter.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { bench, granted, refusedWith, type Bench } from '../engine/salon.ts';
import { BookedFirm } from './booked.ts';
import { at, definitionOf, firms, town } from './firms.ts';
import { questions } from './questions.ts';
import { trafficOf } from './statements.ts';

let made: Bench;
const booked = new Map<string, BookedFirm>();

beforeAll(async () => {
  made = await town(firms);
  for (const firm of firms) booked.set(firm.key, await BookedFirm.of(firm, await made.open(firm.key)));
}, 120_000);
afterAll(() => made.close());

describe.each(questions)('$name ($service)', ({ service, reads, beside = 0, ask }) => {
  test.each(firms)('takes as many statements, and no row that does not overlap, with $key', async ({ key }) => {
    const door = await made.open(key);
    const firm = booked.get(key) ?? expect.fail();
    const rows = reads.reduce((sum, range) => sum + firm.rowsOf(service, range), 0);
    expect(await trafficOf(() => ask(door))).toEqual({ statements: reads.length + beside, rows });
  });
});

test('fifty members of staff and four weeks are answered whole by one statement, as day by day', async () => {
  const door = await made.open('firm-50');
  const find = async (from: number, to: number) => granted(await door.find({ service: 'cut', from, to })).slots;
  let whole: readonly unknown[] = [];
  expect(await trafficOf(async () => (whole = await find(at(0, 0), at(28, 0))))).toMatchObject({ statements: 1 });
  const byDay = [];
  for (let day = 0; day < 28; day++) {
    if (day % 7 > 4 || day === 11) continue;
    byDay.push(...(await find(at(day, 0), at(day + 1, 0))));
  }
  expect(whole).toEqual(byDay);
  expect(whole).toHaveLength(19 * 9);
});

test('whoever serves now is asked first when an appointment moves, and that costs no search of its own', async () => {
  const door = await made.open('firm-10');
  const find = { service: 'cut', resource: 'staff-3', count: 1 };
  const { appointment } = granted(await door.book(door.offer(granted(await door.find(find)).slots[0])));
  const move = async () => refusedWith(await door.reschedule(appointment.id, { start: at(11, 10) }));
  // The appointment, the revision, whether the same one can, whether anyone can, and where it could go instead.
  expect(await trafficOf(move)).toMatchObject({ statements: 5 });
  granted(await door.cancel(appointment.id));
});

test('the first question to an engine reads a configuration of any size by as many statements', async () => {
  const cold = await bench({ companies: firms.map(definitionOf), relay: false, file: made.file });
  try {
    const counts: number[] = [];
    // The first of them was opened when the engine came up.
    for (const { key } of firms.slice(1)) {
      const first = async () => granted(await (await cold.open(key)).find({ service: 'cut', count: 1 }));
      counts.push((await trafficOf(first)).statements);
    }
    expect(new Set(counts).size).toBe(1);
  } finally {
    await cold.close();
  }
});

test('control: a storage that reads for each resource alone is seen', async () => {
  const storage = oneByOne(sqlite(made.file));
  const slow = await bench({ companies: firms.map(definitionOf), relay: false, file: made.file, storage });
  try {
    const counts = [];
    for (const key of ['firm-1', 'firm-10', 'firm-50']) {
      const door = await slow.open(key);
      counts.push((await trafficOf(() => questions[0]?.ask(door) ?? expect.fail())).statements);
    }
    expect(counts).toEqual([1, 10, 50]);
  } finally {
    await slow.close();
  }
});

/** The same storage with the mistake that everybody makes once. */
function oneByOne(inner: StorageFactory): StorageFactory {
  return {
    name: inner.name,
    create: async (options) => {
      const storage = await inner.create(options);
      const busy: Storage['busy'] = async (company, query) => {
        const [first = '' as ResourceId, ...others] = query.resourceIds;
        const answer = await storage.busy(company, { ...query, resourceIds: [first] });
        const rest = [];
        for (const id of others) rest.push(await storage.busy(company, { ...query, resourceIds: [id] }));
        return { ...answer, busy: [answer, ...rest].flatMap((each) => each.busy) };
      };
      return new Proxy(storage, {
        get: (target, name) => {
          if (name === 'busy') return busy;
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    },
  };
}
