import type { BookingWrite } from 'askpro/adapter';
import { Arena } from '../storage/contests.ts';
import { sampleCompany } from '../storage/sample.ts';
import { lostAmong, type Operation, type Violation } from './checker/history.ts';
import { judge, judgeUnguarded } from './checker/judge.ts';
import { readTables } from './checker/readTables.ts';
import { scarceOf, takesOf, writeOperation } from './checker/writes.ts';
import { contests, grainMs, type Contest } from './contests.ts';
import { Crew, type Site } from './crew.ts';
import type { Answer, Deed } from './deed.ts';
import { openGround } from './ground.ts';
import { dialectNames, type DialectName } from './place.ts';
import type { ChaosLine, Scenario, ScenarioOptions } from './scenario.ts';
import { unguard } from './unguard.ts';
import { visitAll } from './visits.ts';

const PROCESSES = 4;
const efforts = { full: { rounds: 20, attempts: 1000 }, short: { rounds: 1, attempts: 40 } } as const;
/** A control without its guard may by chance go well: it is repeated until it does not, but not for ever. */
const MOST_CONTROL_ROUNDS = 10;

/** What one round came to. */
interface Round {
  readonly operations: readonly Operation[];
  readonly violations: readonly Violation[];
}

/** Processes at a database, and whether its guard is there. */
interface Field {
  readonly crew: Crew;
  readonly places: Site['places'];
  readonly isGuarded: boolean;
}

/** Something played round by round. */
interface Game {
  readonly name: string;
  play(field: Field, attempts: number): Promise<Round>;
}

const granted = (operations: readonly Operation[]): number =>
  operations.filter(({ outcome }) => outcome === 'ok').length;

/** Whether as many were granted as there are; where that depends on who came first, whether what is free was refused. */
function wrongCount(
  { name, committed }: Contest,
  writes: readonly BookingWrite[],
  operations: readonly Operation[],
): readonly Violation[] {
  const most = committed(writes.length);
  if (most !== undefined) {
    const got = granted(operations);
    const open = operations.filter(({ outcome }) => outcome === 'unknown').length;
    return got <= most && got + open >= most
      ? []
      : [{ rule: 'count', what: `${got} got ${name}, and there is enough for ${most}` }];
  }
  const had = new Set(operations.flatMap(({ gives }) => gives?.takes.map(({ register }) => register) ?? []));
  return operations.flatMap(({ outcome, key }, index): readonly Violation[] => {
    const write = writes[index];
    if (outcome !== 'refused' || write === undefined || takesOf(write).some(({ register }) => had.has(register)))
      return [];
    return [{ rule: 'count', what: `${name}: ${String(key)} was refused what is free` }];
  });
}

/** How often those are asked again whom nobody answered: on a machine that is busy a writer's patience may end. */
const MOST_TRIES = 5;

/** Lets all write at once, and those again whose write nobody answered, under its key; a call lasts from its first try. */
async function answersTo(crew: Crew, site: Site, writes: readonly BookingWrite[]): Promise<readonly Answer[]> {
  const answers = [...(await crew.race(site, writes.map((write) => ({ do: 'write', write }))))]; // prettier-ignore
  for (let tried = 1; tried < MOST_TRIES && answers.some(({ kind }) => kind === 'fault'); tried++) {
    const open = [...answers.entries()].filter(([, { kind }]) => kind === 'fault');
    const deeds = open
      .flatMap(([index]) => writes.slice(index, index + 1))
      .map((write): Deed => ({ do: 'write', write }));
    const again = await crew.race(site, deeds);
    for (const [nth, [index, { invokedMs }]] of open.entries()) {
      const answer = again[nth];
      if (answer !== undefined) answers[index] = { ...answer, invokedMs };
    }
  }
  return answers;
}

/** One of the contests: all want the same, and as many get it as there are. */
const contestGame = (contest: Contest): Game => ({
  name: contest.name,
  async play({ crew, places, isGuarded }, attempts) {
    const arena = new Arena(sampleCompany(1));
    const company = arena.config.company.id;
    const writes = contest.writes(arena, attempts);
    const answers = await answersTo(crew, { places, company }, writes);
    const operations = writes.flatMap((write, index) => {
      const answer = answers[index];
      return answer === undefined ? [] : [writeOperation(index % PROCESSES, write, answer)];
    });
    const found = (isGuarded ? judge : judgeUnguarded)(
      operations,
      await readTables(places[0], company),
      scarceOf(writes, grainMs),
    );
    return { operations, violations: [...found, ...wrongCount(contest, writes, operations)] };
  },
});

/** Holds that run out, bookings and cancellations of overlapping times. */
const visitsGame: Game = {
  name: 'holds that expire, bookings and cancels',
  async play({ crew, places, isGuarded }, attempts) {
    const arena = new Arena(sampleCompany(1));
    const company = arena.config.company.id;
    // Each tries up to eight times, so that together they make about as many attempts as there are in the other contests.
    const visitors = Math.max(40, Math.ceil(attempts / 8));
    const operations = await visitAll(crew, { places, company }, arena, visitors);
    const tables = await readTables(places[0], company);
    return { operations, violations: (isGuarded ? judge : judgeUnguarded)(operations, tables, { grainMs }) };
  },
};

const games: readonly Game[] = [...contests.map(contestGame), visitsGame];

/** Plays a game round after round; without a guard until something goes wrong. */
async function playAll(
  game: Game,
  dialect: DialectName,
  field: Field,
  rounds: number,
  attempts: number,
  note: ScenarioOptions['note'],
): Promise<ChaosLine> {
  const beganMs = performance.now();
  const operations: Operation[] = [];
  const violations: Violation[] = [];
  let played = 0;
  const goesOn = (): boolean =>
    field.isGuarded ? played < rounds : played < MOST_CONTROL_ROUNDS && violations.length === 0;
  while (goesOn()) {
    const round = await game.play(field, attempts);
    operations.push(...round.operations);
    violations.push(...round.violations);
    played++;
  }
  if (field.isGuarded) for (const { rule, what } of violations.slice(0, 10)) note(`${game.name}, ${rule}: ${what}`);
  return {
    scenario: 'race',
    dialect,
    contest: game.name,
    rounds: played,
    attempts: operations.length,
    violations: violations.length,
    lost: lostAmong(violations),
    committed: granted(operations),
    unknown: operations.filter(({ outcome }) => outcome === 'unknown').length,
    seconds: Math.round((performance.now() - beganMs) / 100) / 10,
    ...(field.isGuarded ? {} : { control: true as const }),
  };
}

async function* runOn(dialect: DialectName, crew: Crew, options: ScenarioOptions): AsyncGenerator<ChaosLine> {
  const { attempts, ...effort } = efforts[options.effort];
  const rounds = options.rounds ?? effort.rounds;
  const ground = await openGround(dialect);
  try {
    for (const isGuarded of options.control ? [true, false] : [true]) {
      const places = await ground.database();
      if (!isGuarded) await unguard(places[0]);
      for (const game of games) {
        yield await playAll(game, dialect, { crew, places, isGuarded }, rounds, attempts, options.note);
      }
    }
  } finally {
    await ground.close();
  }
}

/** Many want the same at once, from four processes that begin at the same moment. */
export const race: Scenario = {
  name: 'race',
  summary: 'a thousand want the same at once, from four processes',
  dialects: dialectNames,
  async *run(options) {
    const crew = await Crew.start(PROCESSES);
    try {
      for (const dialect of options.dialects) yield* runOn(dialect, crew, options);
    } finally {
      await crew.stop();
    }
  },
};
