import type { AgendaEntry, AgendaQuery, BusyAnswer, BusyQuery, CompanyId, ResourceId, Storage } from 'askpro/adapter';
import { withPlant } from '../measure/plant.ts';
import { race, type Contender } from '../measure/race.ts';
import { below, seeded, shuffled } from '../measure/seeded.ts';
import type { Benchmark } from '../measure/suite.ts';
import type { BareAnswer, Script } from './ground.ts';
import type { StorageScene } from './scene.ts';
import { busyWeeks, DAY_MS, FIRST_MONDAY_MS, measured, WEEK_MS } from './town.ts';

/** How many different questions a row asks in turn. */
const VARIANTS = 128;

/** A read to be measured: questions, and whether both sides give the same answer to one. */
interface Read<Question, Answer> {
  readonly row: string;
  readonly questions: readonly Question[];
  ask(storage: Storage, question: Question): Promise<Answer>;
  /** Both as one text, for comparison. */
  told(answer: Answer): string;
  toldBare(rows: readonly (readonly unknown[])[]): string;
}

/** Asks in turn. */
function rotating(count: number, ask: (index: number) => unknown, async: boolean): Contender {
  let next = 0;
  return { async, run: () => ask(next++ % count) };
}

/** A read of the storage, beside the same statement on the bare driver. */
function readRow<Question, Answer>(scene: StorageScene, read: Read<Question, Answer>): Benchmark {
  const { dialect } = scene.ground;
  const name = `${read.row}-${dialect}`;
  return {
    name,
    tags: [read.row, dialect],
    async measure(effort) {
      const { storage, bare } = await scene.pair();
      const { questions } = read;
      const scripts: Script[] = [];
      for (const question of questions) {
        let answer: Answer | undefined;
        const recording = await scene.ground.recorded(async () => (answer = await read.ask(storage, question)));
        if (recording.length !== 1 || answer === undefined) throw new Error(`${read.row} is not one statement.`);
        const script = bare.script(recording);
        const [rows] = (await script.run()) as readonly (readonly (readonly unknown[])[])[];
        const [mine, theirs] = [read.told(answer), read.toldBare(rows ?? [])];
        if (mine !== theirs)
          throw new Error(`${read.row} is answered differently: ${mine.slice(0, 200)} ${theirs.slice(0, 200)}`);
        scripts.push(script);
      }
      const count = questions.length;
      let mine = 0;
      const ask = withPlant(name, async () => {
        const question = questions[mine++ % count];
        return question === undefined ? undefined : read.ask(storage, question);
      });
      const bareAnswer = scripts[0]?.run();
      const theirs = rotating(
        count,
        (index): BareAnswer | Promise<BareAnswer> | undefined => scripts[index]?.run(),
        bareAnswer instanceof Promise,
      );
      await bareAnswer;
      const { ours, theirs: other, ratio } = await race({ async: true, run: ask }, theirs, effort);
      const vs = scene.ground.peer();
      return [{ suite: 'storage', name: read.row, ...ours, vs, ratio, vsP50Ns: other.p50Ns, dialect, inFlight: 1 }];
    },
  };
}

const company = measured.company as CompanyId;

/** Start and end of each span in ascending order, as text. */
const spansTold = (spans: readonly (readonly [startMs: number, endMs: number])[]): string =>
  JSON.stringify([...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1]));

function toldBusy({ revision, busy }: BusyAnswer): string {
  const spans = busy.flatMap((packed) =>
    Array.from(
      { length: packed.length / 2 },
      (_, index) => [packed[index * 2] ?? 0, packed[index * 2 + 1] ?? 0] as const,
    ),
  );
  return `${revision} ${spansTold(spans)}`;
}

function toldBusyRows(rows: readonly (readonly unknown[])[]): string {
  const [revision] = rows.filter((row) => row[0] === null);
  const spans = rows.filter((row) => row[0] !== null).map((row) => [Number(row[1]), Number(row[2])] as const);
  return `${String(revision?.[1])} ${spansTold(spans)}`;
}

/** Questions for some resources over some weeks, each time others. */
export function busyQuestions(appointments: number, resources: number, weeks: number): readonly BusyQuery[] {
  const random = seeded(resources);
  const last = busyWeeks(appointments) - weeks;
  return Array.from({ length: VARIANTS }, () => {
    const fromMs = FIRST_MONDAY_MS + below(random, last + 1) * WEEK_MS;
    const resourceIds = shuffled(measured.resources, random).slice(0, resources) as readonly string[] as ResourceId[];
    return { resourceIds, fromMs, toMs: fromMs + weeks * WEEK_MS };
  });
}

/** What so many resources are busy with in so many weeks. */
export const busyRead = (scene: StorageScene, row: string, resources: number, weeks: number): Benchmark =>
  readRow<BusyQuery, BusyAnswer>(scene, {
    row,
    questions: busyQuestions(scene.appointments, resources, weeks),
    ask: (storage, question) => storage.busy(company, question),
    told: toldBusy,
    toldBare: toldBusyRows,
  });

/** What one look at the days of the branch shows, each time another day. */
export const branchDay = (scene: StorageScene): Benchmark => {
  const days = busyWeeks(scene.appointments) * 7;
  const random = seeded(9);
  return readRow<AgendaQuery, readonly AgendaEntry[]>(scene, {
    row: 'branch-day',
    questions: Array.from({ length: VARIANTS }, () => {
      const fromMs = FIRST_MONDAY_MS + below(random, days) * DAY_MS;
      return { branchId: measured.branch as AgendaQuery['branchId'], fromMs, toMs: fromMs + DAY_MS, limit: 1000 };
    }),
    ask: (storage, question) => storage.agenda(company, question),
    told: (entries) => spansTold(entries.map(({ startMs, endMs }) => [startMs, endMs] as const)),
    toldBare: (rows) => spansTold(rows.map((row) => [Number(row[1]), Number(row[2])] as const)),
  });
};
