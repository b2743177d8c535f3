import { EngineError } from '../../../adapter.ts';
import { int } from '../cell.ts';
import type { Database } from '../dialect.ts';
import { admit, change, rows } from '../program.ts';
import type { Program } from '../program.ts';
import { tableNames } from '../schemaVersion.ts';

/** Where it is, a restore was begun and has not come to its end. Its one row names who restores, and until when he may. */
const table = 'schema_restore';
const row = `SELECT holder, until_ms FROM ${table} WHERE id = 1`;

/** Whether a restore into the database has not come to its end. */
export const isIncomplete = async (database: Database): Promise<boolean> =>
  database.snapshot(async (transaction) => (await tableNames(database.sequelize, transaction)).includes(table));

/** @throws EngineError STORAGE_INCOMPLETE */
export async function refuseIncomplete(database: Database, name: string): Promise<void> {
  if (await isIncomplete(database))
    throw new EngineError('STORAGE_INCOMPLETE', `A restore into ${name} was begun and did not come to its end.`);
}

/** Keeps everybody out until {@link unmarkIncomplete}, also where this process ends before. */
export async function markIncomplete({ sequelize, schema: { types } }: Database): Promise<void> {
  const columns = `id ${types.int} NOT NULL, holder ${types.text(36)} NOT NULL, until_ms ${types.long} NOT NULL`;
  await sequelize.query(`CREATE TABLE IF NOT EXISTS ${table} (${columns}, PRIMARY KEY (id))`);
}

/** All that was to be restored is there, or nothing was begun. */
export async function unmarkIncomplete({ sequelize }: Database): Promise<void> {
  await sequelize.query(`DROP TABLE ${table}`);
}

/** Whose a restore is: another's who is at work, one's own after another has left it unfinished, or one's own from the start. */
export type Turn = 'taken' | 'left' | 'new';

/** Takes the turn where nobody has it, or who had it is not heard of any more. */
export function* takeTurn(holder: string, untilMs: number, nowMs: number, lock: string): Program<Turn> {
  const [found] = yield* rows(row + lock, []);
  if (found === undefined) {
    const isFirst = yield* admit(`INSERT INTO ${table} (id, holder, until_ms) VALUES (1, ?, ?)`, [holder, untilMs]);
    return isFirst ? 'new' : 'taken';
  }
  if (int(found[1]) > nowMs) return 'taken';
  yield* change(`UPDATE ${table} SET holder = ?, until_ms = ? WHERE id = 1`, [holder, untilMs]);
  return 'left';
}

/** Whether the turn is still one's own, and stays so until the commit: who takes over waits for that. */
export function* hasTurn(holder: string, lock: string): Program<boolean> {
  const [found] = yield* rows(row + lock, []);
  return found?.[0] === holder;
}

/** Keeps the turn until another moment; false where somebody else has it. */
export function* keepTurn(holder: string, untilMs: number, lock: string): Program<boolean> {
  if (!(yield* hasTurn(holder, lock))) return false;
  yield* change(`UPDATE ${table} SET until_ms = ? WHERE id = 1`, [untilMs]);
  return true;
}
