import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, storageAt } from '../../../src/adapters/sequelize/index.ts';
import { callSql } from '../../../src/adapters/sequelize/callStore.ts';
import { outboxSql } from '../../../src/adapters/sequelize/maintenanceWork.ts';
import { ownedSql } from '../../../src/adapters/sequelize/ownedRows.ts';
import { rows } from '../../../src/adapters/sequelize/program.ts';
import { retireSql } from '../../../src/adapters/sequelize/retireProgram.ts';
import { staleCallsSql } from '../../../src/adapters/sequelize/staleCalls.ts';
import { purgeSql, sweepSql } from '../../../src/adapters/sequelize/sweepProgram.ts';
import { scarcePurgeSql, scarceSweepSql } from '../../../src/adapters/sequelize/sweepScarce.ts';
import { tablesAfter } from '../../../src/adapters/sequelize/tables.ts';
import { dialectAt, type MigrationGround } from '../migrationGrounds.ts';
import type { Asked } from './asked.ts';
import { besideQuestions } from './askedBeside.ts';
import { listQuestions } from './askedLists.ts';
import { history, nowMs, type Series } from './history.ts';
import type { Judge, Known, Plan } from './judged.ts';
import { recorded, type Recorded, type Sent } from './recorded.ts';

/** What differs in a dialect. */
export interface Explaining {
  readonly series: Series;
  readonly judge: Judge;
  /** What a database is told once its tables are full. */
  settled(place: string, tables: readonly string[]): readonly string[];
  /** Names of indexes of parts, each with the index that it belongs to. */
  readonly partsOf?: string;
}

/** Statements that retention, sweeps, the outbox and whoever looks for a cause are made of. */
const texts = [
  retireSql,
  sweepSql,
  purgeSql,
  scarceSweepSql,
  scarcePurgeSql,
  outboxSql,
  ownedSql,
  { staleCallsSql },
  { call: callSql.call, callById: callSql.callById },
]
  .flatMap((statements) => Object.values(statements) as (string | { readonly one: string; readonly many: string })[])
  .flatMap((each) => (typeof each === 'string' ? [each] : [each.one, each.many]));

const questions: readonly Asked[] = [...listQuestions, ...besideQuestions];

/** Everything that the contracts ask is read along its index, in a database full of the history of several companies. */
export function planTests({ series, judge, settled, partsOf }: Explaining, groundOf: () => MigrationGround): void {
  let storage: Recorded;
  let known: Known;
  const seen = new Set<string>();
  /** Each explanation is a text of its own: MariaDB tells another one of what it has explained before. */
  let turn = 0;

  beforeAll(async () => {
    const ground = groundOf();
    const place = await ground.fresh();
    await migrate(storageAt(place), 'up');
    const tables = (await tablesAfter()).map(({ name }) => name);
    await ground.run(place, [...history(series), ...settled(place, tables)]);
    const parts = new Map<string, string>();
    for (const { part, whole } of partsOf === undefined ? [] : await ground.run(place, [partsOf]))
      parts.set(String(part), String(whole));
    known = { tables: new Set(tables), indexOf: (name) => parts.get(name) ?? name };
    storage = await recorded(dialectAt(place), () => nowMs);
  }, 120_000);
  afterAll(() => storage.storage.stop());

  /** What all statements together read that look for something. */
  const planOf = async (sent: readonly Sent[]): Promise<Plan> => {
    const reads = new Set<string>();
    const scans = new Set<string>();
    let sorts = false;
    for (const { sql, explain } of sent) {
      seen.add(sql.replace(/ FOR UPDATE$/, ''));
      if (/^\s*(INSERT|REPLACE) INTO/.test(sql) && !sql.includes('SELECT')) continue;
      const plan = judge.read(sql, await explain(`${judge.explain} /* ${++turn} */`), known);
      for (const index of plan.reads) reads.add(index);
      for (const table of plan.scans) scans.add(table);
      sorts ||= plan.sorts;
    }
    return { reads: [...reads].sort(), scans: [...scans], sorts };
  };

  const bare = (index: string): string => index.replace('*', '');
  /** Which of the indexes that are demanded is missing, and what is read without being demanded. */
  const wrong = ({ by, covered = [], also = [] }: Asked, { reads }: Plan): readonly string[] => {
    const names = reads.map(bare);
    const allowed = [...by.flatMap((each) => each.split('|')), ...(also === 'any' ? [] : also)];
    return [
      ...by.filter((each) => !each.split('|').some((index) => names.includes(index))).map((each) => `not ${each}`),
      ...names.filter((index) => also !== 'any' && !allowed.includes(index)).map((index) => `also ${index}`),
      ...covered
        .filter((index) => !reads.includes(`${index}*`) || reads.includes(index))
        .map((index) => `more than ${index}`),
    ];
  };

  test.each(questions.map((question) => [question.name, question] as const))('%s', async (_, question) => {
    const plan = await planOf(await storage.during(question.ask));
    expect({ wrong: wrong(question, plan), plan }).toEqual({ wrong: [], plan });
    if (question.mayScan !== true) expect(plan.scans).toEqual([]);
    if (question.maySort !== true) expect(plan.sorts).toBe(false);
  });

  test('every statement of retention, of sweeps and of the outbox was among them, for one row and for many', () => {
    expect(
      texts.filter((text) => ![...seen].some((sql) => sql === text || sql.startsWith(`${text} ORDER BY `))),
    ).toEqual([]);
  });

  test('control: what no index knows is looked through, and what no index is in the order of is sorted', async () => {
    const sql = 'SELECT id FROM appointments WHERE source = ? ORDER BY notes';
    const explain = (how: string) => storage.database.read(() => rows(`${how} ${sql}`, ['x']));
    expect(await planOf([{ sql, explain }])).toMatchObject({ scans: ['appointments'], sorts: true });
  });
}
