import { EngineError } from '../../../adapter.ts';
import { int } from '../cell.ts';
import type { Database, Dialect } from '../dialect.ts';
import { insertSql } from '../insertSql.ts';
import { changeSchema, schemaStatus } from '../migrator.ts';
import { migrations } from '../migrations/list.ts';
import { change, rows } from '../program.ts';
import type { Program, SqlValue } from '../program.ts';
import { tablesAfter } from '../tables.ts';
import type { Table } from '../tables.ts';
import { damaged, decodeRow, parsedLine, tableOf } from './format.ts';
import type { BackupHeader, BackupTable } from './format.ts';
import { linesOf, verifyBackup } from './readBackup.ts';
import type { BackupSummary, OpenBackup } from './readBackup.ts';
import { RestoreLease } from './restoreLease.ts';
import { isIncomplete } from './restoreMark.ts';

/** What was restored. */
export interface Restored {
  /** When the backup was made, ISO 8601. */
  readonly created: string;
  /** How many rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Migrations that were run because the backup was older. */
  readonly migrated: readonly string[];
}

/** Rows of one statement, and statements of one transaction. */
const rowsAtOnce = 100;
const statementsAtOnce = 20;

/** Restores a backup that is whole into a database that is empty. */
export async function restoreBackup(dialect: Dialect, open: OpenBackup): Promise<Restored> {
  // Nothing is touched before all of it was read.
  const summary = await verifyBackup(open, (header) => tablesAfter(versionOf(header)));
  const count = versionOf(summary.header);
  const tables = await tablesAfter(count);
  const database = await dialect.open(undefined);
  try {
    // Asked before anything is marked: a mark would keep out those who work with a database that has rows.
    if (!(await isIncomplete(database))) await refuseOccupied(database, dialect.name);
    const lease = new RestoreLease(database, dialect.name);
    return await lease.during(async (isLeft) => {
      if (isLeft) await migrateTo(lease, database, dialect.name, 0);
      else await refuseOccupied(database, dialect.name, lease);
      await migrateTo(lease, database, dialect.name, count);
      await fill(lease, tables, open);
      await compare(database, tables, summary);
      const { pending } = await schemaStatus(database);
      if (pending.length > 0) await migrateTo(lease, database, dialect.name, migrations.length);
      return { created: summary.header.created, rows: summary.rows, migrated: pending };
    });
  } catch (error) {
    throw dialect.fault(error);
  } finally {
    await database.close();
  }
}

/** How many migrations had run. */
function versionOf({ migrations: ran, madeBy }: BackupHeader): number {
  const known = migrations.map(({ name }) => name);
  if (ran.length === 0) throw damaged('names no migrations');
  const unknown = ran.filter((name, index) => known[index] !== name);
  if (unknown.length === 0) return ran.length;
  const told = `The backup of ${madeBy ?? 'a newer askpro'} was made after ${unknown.join(', ')}, which is not known here.`;
  throw new EngineError('BACKUP_NEWER', told);
}

/** Refuses a database with rows, and lets others in again that a mark has kept out. */
async function refuseOccupied(database: Database, name: string, lease?: RestoreLease): Promise<void> {
  const { applied, unknown } = await schemaStatus(database);
  if (unknown.length > 0)
    throw new EngineError('STORAGE_SCHEMA_NEWER', `${name} has run ${unknown.join(', ')}, which is not known here.`);
  const occupied: string[] = [];
  for (const table of await tablesAfter(applied.length)) {
    const found = await database.read(() => rows(`SELECT 1 FROM ${table.name} LIMIT 1`, []));
    if (found.length > 0) occupied.push(table.name);
  }
  if (occupied.length === 0) return;
  // Another restore has come to its end meanwhile.
  await lease?.unmark();
  throw new EngineError('STORAGE_NOT_EMPTY', `${name} has rows in ${occupied.join(', ')}.`);
}

/** Brings the schema to a version, up or down. */
async function migrateTo(lease: RestoreLease, database: Database, name: string, count: number): Promise<void> {
  for (;;) {
    await lease.hold();
    const { applied, unfinished } = await schemaStatus(database);
    if (applied.length === count && unfinished === undefined) return;
    // What was begun is taken back before anything else.
    if (applied.length < count && unfinished === undefined)
      await changeSchema(database, name, 'up', migrations.slice(0, count));
    else await changeSchema(database, name, 'down');
  }
}

/** Writes the rows as they come, some at a time in a transaction. */
async function fill(lease: RestoreLease, tables: readonly Table[], open: OpenBackup): Promise<void> {
  let table: Table | undefined;
  let waiting: SqlValue[][] = [];
  let isFirst = true;
  const flush = async (): Promise<void> => {
    const [into, some] = [table, waiting];
    waiting = [];
    if (into === undefined || some.length === 0) return;
    await lease.write(() => insertAll(into, some));
  };
  for await (const lines of linesOf(open)) {
    for (const line of lines) {
      if (isFirst) isFirst = false;
      else if (!line.startsWith('[')) {
        await flush();
        const told = parsedLine(line) as Partial<BackupTable>;
        table = told.table === undefined ? undefined : tableOf(tables, told);
      } else if (table === undefined) throw damaged('has rows of no table');
      else if (waiting.push(decodeRow(line, table)) === rowsAtOnce * statementsAtOnce) await flush();
    }
  }
}

function* insertAll({ name, columns }: Table, all: readonly SqlValue[][]): Program<void> {
  const names = columns.map((column) => column.name);
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const some = all.slice(from, from + rowsAtOnce);
    yield* change(insertSql(name, names, some.length), some.flat());
  }
}

/** Others who write meanwhile would spoil it. */
async function compare(database: Database, tables: readonly Table[], { rows: wanted }: BackupSummary): Promise<void> {
  // To count millions of rows takes longer than an operation may.
  await database.snapshot(async (_, run) => {
    for (const { name } of tables) {
      const [found] = await run(rows(`SELECT COUNT(*) FROM ${name}`, []));
      const count = int(found?.[0]);
      if (count === wanted[name]) continue;
      const told = `After the restore ${name} has ${count} rows instead of ${wanted[name] ?? 0}: somebody else has written.`;
      throw new EngineError('STORAGE_INCOMPLETE', told);
    }
  }, true);
}
