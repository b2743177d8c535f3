import { EngineError } from '../../adapter.ts';
import type { Database } from './dialect.ts';
import { usualPace } from './migrationTurn.ts';
import { partOf, yearOf, yearsFrom } from './years.ts';

/** A part of the appointments: those of one year. */
export interface YearPart {
  /** `y2026`; `earlier` and `later` hold what came before the first year and comes after the last one. */
  readonly name: string;
  readonly year: number | null;
  /** About how many rows it has, as the database estimates. */
  readonly estimatedRows: number;
}

/** The parts of the history, and which of them are new. */
export interface YearParts {
  /** False on SQLite, where one table holds all years. */
  readonly isSplit: boolean;
  readonly parts: readonly YearPart[];
  /** Names of those that were added just now. */
  readonly added: readonly string[];
}

const TABLE = 'appointments';

/** Adds the years that are missing up to the last one wanted, while nobody else changes the schema, and lists all. */
export function addYears(database: Database, name: string, lastYear: number): Promise<YearParts> {
  const { years } = database.schema;
  if (years === undefined) return Promise.resolve({ isSplit: false, parts: [], added: [] });
  return database.migrate(
    (turn) =>
      turn.step(null, async ({ transaction, hold }) => {
        const options = transaction === null ? {} : { transaction };
        const listed = async (): Promise<readonly YearPart[]> => {
          const [found] = await database.sequelize.query(years.list(TABLE), options);
          return (found as { readonly name: string; readonly estimate: unknown }[]).map((part) => ({
            name: part.name,
            year: yearOf(part.name),
            estimatedRows: Number(part.estimate),
          }));
        };
        const known = (await listed()).flatMap(({ year }) => (year === null ? [] : [year]));
        if (known.length === 0)
          throw new EngineError(
            'STORAGE_SCHEMA_OLDER',
            `${name} does not keep its years apart yet; run askpro migrate up.`,
          );
        const missing = yearsFrom(Math.max(...known) + 1, lastYear);
        for (const year of missing) {
          for (const sql of years.add(TABLE, year)) {
            await hold();
            await database.sequelize.query(sql, options);
          }
        }
        return { isSplit: true, parts: await listed(), added: missing.map(partOf) };
      }),
    usualPace,
  );
}
