import type { Random } from '../oracle/random.ts';
import { randomFrom } from '../oracle/random.ts';
import { lostAmong, type Violation } from './checker/history.ts';
import { judge, judgeUnguarded } from './checker/judge.ts';
import { resolve } from './checker/kept.ts';
import { readTables } from './checker/readTables.ts';
import { contradictions } from './checker/stored.ts';
import { Crew } from './crew.ts';
import { openGround, type Ground } from './ground.ts';
import { Load } from './load.ts';
import { storageAt, type DialectName, type Place } from './place.ts';
import type { ChaosLine, Scenario, ScenarioOptions } from './scenario.ts';
import { openShop } from './shop.ts';
import { unguard } from './unguard.ts';

const PROCESSES = 4;
const IN_FLIGHT = 4;
const HOUR_MS = 3_600_000;

interface Effort {
  /** How many operations and kills there are at least. */
  readonly operations: number;
  readonly kills: number;
  readonly everyMs: number;
}

const efforts: Readonly<Record<ScenarioOptions['effort'] | 'control', Effort>> = {
  full: { operations: 10_000, kills: 30, everyMs: 2000 },
  short: { operations: 300, kills: 2, everyMs: 200 },
  control: { operations: 300, kills: 0, everyMs: 50 },
};
const MOST_CONTROL_ROUNDS = 10;

const pause = (ms: number): Promise<void> => new Promise((resolve_) => setTimeout(resolve_, ms));

/** Takes away all holds, as a sweep of two hours later does, and looks for what nobody owns any more. */
async function leftOver(place: Place, company: string, scarce: Parameters<typeof contradictions>[1]) {
  const laterMs = Date.now() + 2 * HOUR_MS;
  const storage = await storageAt(place).create({ clock: { now: () => laterMs, after: () => () => undefined } });
  await storage.start();
  try {
    const ages = { sentEventsMs: HOUR_MS, idempotencyMs: 24 * HOUR_MS, expiredHoldsMs: 0, pastClaimsMs: 24 * HOUR_MS };
    for (let swept = 1; swept > 0;) {
      const { expiredHolds, units, sessions } = await storage.maintenance.sweep(ages, 500);
      swept = expiredHolds + units + sessions;
    }
  } finally {
    await storage.stop();
  }
  return contradictions(await readTables(place, company, laterMs), scarce);
}

/** Kills one process after the other until there were enough kills and operations. */
async function killAgainAndAgain(crew: Crew, load: Load, effort: Effort, random: Random): Promise<number> {
  let kills = 0;
  while (kills < effort.kills || load.count < effort.operations) {
    await pause(effort.everyMs);
    if (effort.kills > 0) await crew.replace(random.int(0, PROCESSES - 1));
    kills += Math.sign(effort.kills);
  }
  return kills;
}

/** Where customers book, and whether its guard is there. */
interface Field {
  readonly dialect: DialectName;
  readonly ground: Ground;
  readonly crew: Crew;
  readonly isGuarded: boolean;
}

/** Lets customers book while processes are killed, and judges what they were told. */
async function play(
  { dialect, ground, crew, isGuarded }: Field,
  effort: Effort,
  seed: number,
  note: ScenarioOptions['note'],
): Promise<ChaosLine> {
  const beganMs = performance.now();
  const places = await ground.database();
  const shop = await openShop(places);
  if (!isGuarded) await unguard(places[0]);
  const random = randomFrom(seed);
  const load = new Load(crew, shop, random);
  load.start(IN_FLIGHT);
  const kills = await killAgainAndAgain(crew, load, effort, random);
  await load.stop();
  const { operations } = load;
  const tables = await readTables(places[0], shop.site.company);
  const found: readonly Violation[] = (isGuarded ? judge : judgeUnguarded)(operations, tables, shop.scarce);
  const later = isGuarded ? await leftOver(places[0], shop.site.company, shop.scarce) : [];
  const violations = [...found, ...later];
  if (isGuarded) for (const { rule, what } of violations.slice(0, 10)) note(`${dialect}, ${rule}: ${what}`);
  const { committed, absent } = resolve(operations, tables);
  return {
    scenario: 'kill-app',
    dialect,
    rounds: 1,
    attempts: operations.length,
    violations: violations.length,
    lost: lostAmong(violations),
    doubles: violations.filter(({ rule }) => rule === 'double').length,
    orphans: later.filter(({ rule }) => rule === 'orphan').length,
    kills,
    acknowledged: load.granted,
    refused: operations.filter(({ outcome }) => outcome === 'refused').length,
    retried: load.retried,
    unansweredCommitted: committed,
    unansweredAbsent: absent,
    seconds: Math.round((performance.now() - beganMs) / 100) / 10,
    ...(isGuarded ? {} : { control: true as const }),
  };
}

/** Without the guard it goes well by chance now and then: again, until it does not. */
async function control(field: Omit<Field, 'isGuarded'>, note: ScenarioOptions['note']): Promise<ChaosLine> {
  for (let round = 1; ; round++) {
    const line = await play({ ...field, isGuarded: false }, efforts.control, round, note);
    if (line.violations > 0 || round === MOST_CONTROL_ROUNDS) return { ...line, rounds: round };
  }
}

/** Processes of the application are killed while their customers book. */
export const killApp: Scenario = {
  name: 'kill-app',
  summary: 'four processes with random operations, one of them killed again and again',
  dialects: ['sqlite', 'mariadb', 'postgres'],
  async *run({ dialects, effort, rounds = 1, control: withControl, note }) {
    const crew = await Crew.start(PROCESSES);
    try {
      for (const dialect of dialects) {
        const ground = await openGround(dialect);
        try {
          const field = { dialect, ground, crew };
          for (let round = 1; round <= rounds; round++) {
            yield await play({ ...field, isGuarded: true }, efforts[effort], round, note);
          }
          if (withControl) yield await control(field, note);
        } finally {
          await ground.close();
        }
      }
    } finally {
      await crew.stop();
    }
  },
};
