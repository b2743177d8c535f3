// Takes away what a company has kept for long enough, and is killed before a statement: PLACE NOW_MS BEGINNING [apart]
import type { Database } from '../../../src/adapters/sequelize/dialect.ts';
import { runLater, type Program, type Step, type StepAnswer } from '../../../src/adapters/sequelize/program.ts';
import { SequelizeStorage } from '../../../src/adapters/sequelize/storage.ts';
import { dialectAt } from '../migrationGrounds.ts';
import { retireAll } from './retireAll.ts';

const [place = '', now = '', beginning = '', apart] = process.argv.slice(2);

/** Kills this process before the first statement that begins so. */
function* killing<T>(program: Program<T>): Program<T> {
  let step = program.next();
  while (step.done !== true) {
    if (step.value.sql.startsWith(beginning)) process.kill(process.pid, 'SIGKILL');
    const answer: StepAnswer = yield step.value;
    step = program.next(answer);
  }
  return step.value;
}

function* alone(step: Step): Program<StepAnswer> {
  return yield step;
}

function killed(database: Database): Database {
  const write: Database['write'] = (program, keeps, readBack) =>
    apart === undefined
      ? database.write((nowMs) => killing(program(nowMs)), keeps, readBack)
      : // Without a transaction around them: each statement is committed by itself.
        runLater(killing(program(Number(now))), (step) =>
          database.write(
            () => alone(step),
            () => true,
          ),
        );
  return new Proxy(database, {
    get: (target, name) => {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const dialect = dialectAt(place);
const open = async (nowMs: (() => number) | undefined): Promise<Database> => killed(await dialect.open(nowMs));
const storage = new SequelizeStorage({ ...dialect, open }, () => Number(now));
await storage.start();
await retireAll(storage, Number(now));
await storage.stop();
