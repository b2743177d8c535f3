import type { Database, Dialect, RunProgram, UnitOfWork } from '../../../src/adapters/sequelize/dialect.ts';
import { rows, type Program, type StepAnswer } from '../../../src/adapters/sequelize/program.ts';
import { SequelizeStorage } from '../../../src/adapters/sequelize/storage.ts';

/** A row of an explanation, in the order of its columns. */
export type Told = readonly unknown[];

/** A statement as it was sent, which can be explained with the values that it was sent with. */
export interface Sent {
  readonly sql: string;
  explain(how: string): Promise<readonly Told[]>;
}

/** A storage, and what it sends. */
export interface Recorded {
  readonly storage: SequelizeStorage;
  readonly database: Database;
  /** What is sent while something is asked. */
  during(ask: (storage: SequelizeStorage) => Promise<unknown>): Promise<readonly Sent[]>;
}

/** Opens a storage of which every statement is kept, be it a program's or a model's. */
export async function recorded(dialect: Dialect, nowMs: () => number): Promise<Recorded> {
  let sent: Sent[] = [];
  let opened: Database | undefined;
  const noting = (database: Database): Database => {
    const through = notingPrograms(database, (each) => sent.push(each));
    notingModels(database, (each) => sent.push(each));
    opened = database;
    return through;
  };
  const storage = new SequelizeStorage({ ...dialect, open: async (now) => noting(await dialect.open(now)) }, nowMs);
  await storage.start();
  if (opened === undefined) throw new TypeError('the storage has opened nothing');
  return {
    storage,
    database: opened,
    async during(ask) {
      sent = [];
      await ask(storage);
      return sent;
    },
  };
}

type Note = (sent: Sent) => void;

function notingPrograms(database: Database, note: Note): Database {
  function* noted<T>(program: Program<T>): Program<T> {
    let step = program.next();
    while (step.done !== true) {
      const { sql, values } = step.value;
      note({ sql, explain: (how) => database.read(() => rows(`${how} ${sql}`, values)) });
      const answer: StepAnswer = yield step.value;
      step = program.next(answer);
    }
    return step.value;
  }
  const running =
    (run: RunProgram): RunProgram =>
    (program) =>
      run(noted(program));
  const changes: Pick<Database, 'read' | 'write' | 'transact' | 'snapshot'> = {
    read: (program, mayLagFor) => database.read((nowMs) => noted(program(nowMs)), mayLagFor),
    // What can be had at once is left out: step by step it comes to the same.
    write: (program, keeps, readBack) => database.write((nowMs) => noted(program(nowMs)), keeps, readBack),
    transact: (work, keeps) =>
      database.transact((unit: UnitOfWork) => work({ ...unit, run: running(unit.run.bind(unit)) }), keeps),
    snapshot: (work, mayTakeLong) =>
      database.snapshot((transaction, run) => work(transaction, running(run)), mayTakeLong),
  };
  return new Proxy(database, {
    get: (target, name) => {
      if (name in changes) return changes[name as keyof typeof changes];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** How Sequelize sends what its models say. */
interface ModelQuery {
  (
    sql: string | { readonly query: string; readonly bind?: unknown },
    options?: { readonly bind?: unknown },
  ): Promise<unknown>;
}

function notingModels({ sequelize }: Database, note: Note): void {
  const query = sequelize.query.bind(sequelize) as unknown as ModelQuery;
  const noting: ModelQuery = (given, options) => {
    const sql = typeof given === 'string' ? given : given.query;
    const bind = typeof given === 'string' ? options?.bind : (given.bind ?? options?.bind);
    note({
      sql,
      explain: async (how) => {
        const [told] = (await query(`${how} ${sql}`, bind === undefined ? {} : { bind })) as [readonly object[]];
        return told.map((row): Told => Object.values(row));
      },
    });
    return query(given, options);
  };
  Object.assign(sequelize, { query: noting });
}
