import { migrations } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';
import type { Database } from './dialect.ts';
import { refuseNewer, schemaStatus } from './migrator.ts';
import { schemaEditor } from './schema.ts';
import type { SchemaEditor } from './schema.ts';
import { createVersionTable, recordMigration, tableNames } from './schemaVersion.ts';
import { watched } from './statementWatch.ts';

/** Migrations as statements, for somebody else to run. */
export interface MigrationScript {
  /** A statement a line, ended by a semicolon; comments name the migrations. */
  readonly sql: string;
  /** Migrations that are not in it, because they work on rows that are there or were interrupted: `up` runs them. */
  readonly left: readonly string[];
}

/** Writes what `up` would run, without running it: what is pending, or everything for an empty database. */
export async function migrationScript(
  database: Database,
  name: string,
  all: boolean,
  known: readonly Migration[] = migrations,
): Promise<MigrationScript> {
  const { pending, unknown, unfinished } = await schemaStatus(database, null, known);
  if (!all) refuseNewer(name, unknown);
  const wanted = known.filter((migration) => all || pending.includes(migration.name));
  if (wanted.length === 0) return { sql: `-- ${name} lacks no migration.\n`, left: [] };
  const lines: string[] = [];
  const { whole } = database.schema;
  for (const [index, migration] of wanted.entries()) {
    const interrupted = !all && migration.name === unfinished;
    const written = interrupted ? undefined : await statementsOf(database, migration, !all);
    if (written === undefined) {
      const left = wanted.slice(index).map((each) => each.name);
      const why = interrupted ? 'was interrupted' : 'works on rows that are there';
      lines.push(`-- ${migration.name} ${why}, which takes askpro migrate up; then: ${left.join(', ')}.`);
      return { sql: text(lines), left };
    }
    lines.push(`-- ${migration.name}`);
    // The first one brings the table that they are all noted in.
    const statements = [...(index === 0 ? await versionTable(database) : []), ...written];
    for (const sql of [...(whole?.begin ?? []), ...statements, ...(whole?.end ?? [])]) lines.push(asLine(sql));
  }
  return { sql: text(lines), left: [] };
}

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A statement with parts of its own has semicolons inside, so the clients of MySQL are told another end. */
function asLine(sql: string): string {
  const line = sql
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/;$/, '');
  return line.includes(';') && /^CREATE PROCEDURE/i.test(line) ? `DELIMITER //\n${line} //\nDELIMITER ;` : `${line};`;
}

async function recorded(database: Database, work: (through: ReturnType<typeof watched>) => Promise<void>) {
  const statements: string[] = [];
  await work(
    watched(database.sequelize, (sql) => {
      statements.push(sql);
      return Promise.resolve([[], 0]);
    }),
  );
  return statements;
}

const versionTable = (database: Database): Promise<readonly string[]> =>
  recorded(database, ({ sequelize }) => createVersionTable(sequelize, database.schema.types, null));

/** Undefined where rows that are there need more than statements. */
async function statementsOf(
  database: Database,
  migration: Migration,
  looks: boolean,
): Promise<readonly string[] | undefined> {
  let fills = false;
  const statements = await recorded(database, async (through) => {
    const editor: SchemaEditor = {
      ...schemaEditor(database.schema, through, null),
      fill: async (table) => {
        if (looks && (await hasRows(database, table))) fills = true;
      },
    };
    await migration.up(editor);
    await recordMigration(through.sequelize, null, migration.name);
  });
  return fills ? undefined : statements;
}

async function hasRows({ sequelize }: Database, table: string): Promise<boolean> {
  if (!(await tableNames(sequelize, null)).includes(table)) return false;
  const [found] = await sequelize.query(`SELECT 1 FROM ${table} LIMIT 1`);
  return found.length > 0;
}
