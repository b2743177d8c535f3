import { mariadb, postgres } from 'askpro/adapters/sequelize';
import type { Storage, StorageFactory } from '../../src/adapter.ts';
import { openCable, type Cable } from '../servers/cable/cable.ts';
import type { Break } from '../servers/cable/condition.ts';
import { Arena } from '../storage/contests.ts';
import { minutes, mondayMs, sampleCompany } from '../storage/sample.ts';
import { lostAmong, type Operation, type Violation } from './checker/history.ts';
import { judge } from './checker/judge.ts';
import { readTables } from './checker/readTables.ts';
import type { Tables } from './checker/tables.ts';
import { scarceOf } from './checker/writes.ts';
import { grainMs } from './contests.ts';
import { openGround } from './ground.ts';
import type { DialectName, Place } from './place.ts';
import type { ChaosLine, Scenario, ScenarioOptions } from './scenario.ts';
import { bookingAt, Wish } from './wish.ts';

/** Cuts of each kind. */
const efforts = { full: { cuts: 400, control: 20 }, short: { cuts: 20, control: 4 } } as const;
/** Who books beside one another, each through a cable of his own. */
const LANES = 4;
/** Two have room at every time, so that only the key keeps one who asks twice from having it twice. */
const PLACES = 2;

/** Storage through a cable, whose patience ends soon. */
interface Lane {
  readonly cable: Cable;
  readonly storage: Storage;
}

const factories: Partial<Record<DialectName, (url: string) => StorageFactory>> = {
  mariadb: (url) => mariadb({ url, connections: 2, busyLimitMs: 1000 }),
  postgres: (url) => postgres({ url, connections: 2, busyLimitMs: 1000 }),
};

async function openLane({ dialect, address }: Place): Promise<Lane> {
  const { port } = new URL(address);
  const cable = await openCable(dialect === 'postgres' ? 'postgres' : 'mysql', Number(port));
  const factory = factories[dialect];
  if (factory === undefined) throw new TypeError(`no cable leads to ${dialect}`);
  const storage = await factory(address.replace(`:${port}/`, `:${cable.port}/`)).create({});
  await storage.start();
  return { cable, storage };
}

const startOf = (wish: number): number => mondayMs + minutes(30 * wish);

/**
 * Books once while the commit is cut, and asks again. Every fourth cut the cable stays cut, so that not even the storage
 * can find out what became of the commit.
 */
async function book(lane: Lane, arena: Arena, wish: number, where: Break, isKeyed: boolean) {
  const { cable, storage } = lane;
  const company = arena.config.company.id;
  const forGood = !isKeyed || wish % 8 >= 6;
  const key = isKeyed ? `wish-${wish}` : null;
  cable.breakNextCommit(where, forGood ? 'cut' : 'none');
  const told = new Wish(wish % LANES, company, () => bookingAt(arena, startOf(wish), key, PLACES));
  const first = await told.ask(storage);
  cable.mend();
  // Who was answered asks again as well, as somebody who has not seen the answer.
  if (isKeyed || first === undefined) await told.askOn(() => storage);
  return told;
}

/** Every wish has one appointment, whatever was cut. */
function oneEach(wishes: number, { owners }: Tables): readonly Violation[] {
  return Array.from({ length: wishes }, (_, wish) => wish).flatMap((wish): readonly Violation[] => {
    const count = owners.filter(({ spans: [span] }) => span?.startMs === startOf(wish)).length;
    if (count === 1) return [];
    return [{ rule: count === 0 ? 'lost' : 'double', what: `wish ${wish} has ${count} appointments` }];
  });
}

async function runOn(place: Place, cuts: number, isKeyed: boolean, note: ScenarioOptions['note']): Promise<ChaosLine> {
  const beganMs = performance.now();
  const arena = new Arena(sampleCompany(1));
  const lanes = await Promise.all(Array.from({ length: LANES }, () => openLane(place)));
  const operations: Operation[] = [];
  const faults: string[] = [];
  const done: Record<Break, number> = { 'before-commit-arrives': 0, 'after-commit-arrived': 0 };
  let next = 0;
  try {
    await Promise.all(
      lanes.map(async (lane) => {
        for (let wish = next++; wish < 2 * cuts; wish = next++) {
          const where: Break = wish % 2 === 0 ? 'before-commit-arrives' : 'after-commit-arrived';
          const already = lane.cable.broken();
          const told = await book(lane, arena, wish, where, isKeyed);
          done[where] += lane.cable.broken() - already;
          operations.push(...told.operations);
          faults.push(...told.faults);
        }
      }),
    );
  } finally {
    await Promise.all(lanes.map(({ storage }) => storage.stop()));
    await Promise.all(lanes.map(({ cable }) => cable.close()));
  }
  const company = arena.config.company.id;
  const tables = await readTables(place, company);
  const scarce = scarceOf([bookingAt(arena, mondayMs, null, PLACES)], grainMs);
  const violations = [...judge(operations, tables, scarce), ...oneEach(2 * cuts, tables)];
  if (isKeyed) for (const { rule, what } of violations.slice(0, 10)) note(`${rule}: ${what}`);
  return {
    scenario: 'cut-commit',
    dialect: place.dialect,
    rounds: 1,
    attempts: operations.length,
    violations: violations.length,
    lost: lostAmong(violations),
    cutBefore: done['before-commit-arrives'],
    cutAfter: done['after-commit-arrived'],
    unknown: faults.length,
    seconds: Math.round((performance.now() - beganMs) / 100) / 10,
    ...(isKeyed ? {} : { control: true as const }),
  };
}

/** Connections that break off while a booking is committed; the control asks again without a key. */
export const cutCommit: Scenario = {
  name: 'cut-commit',
  summary: 'connections that break off before or after the server has the commit',
  dialects: ['mariadb', 'postgres'],
  async *run({ dialects, effort, rounds, control, note }) {
    for (const dialect of dialects) {
      const ground = await openGround(dialect);
      try {
        const [place] = await ground.database();
        yield await runOn(place, rounds ?? efforts[effort].cuts, true, note);
        if (control) yield await runOn(place, efforts[effort].control, false, note);
      } finally {
        await ground.close();
      }
    }
  },
};
