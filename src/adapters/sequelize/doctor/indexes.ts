import { flag, text } from '../cell.ts';
import { rows } from '../program.ts';
import type { Row } from '../program.ts';
import type { SchemaDialect } from '../schema.ts';
import type { Table, TableIndex } from '../tables.ts';
import type { Examination } from './examined.ts';
import { finding } from './findings.ts';
import type { StorageFinding } from './findings.ts';

/** An index as the database has it. */
interface PresentIndex {
  readonly unique: boolean;
  /** What it is searched by, in order. */
  readonly columns: readonly string[];
  /** What it carries beside that. */
  readonly covers: readonly string[];
  /** Of the rows that are in it; empty: all. */
  readonly condition: string;
}

/** Looks whether all that keeps rows apart, or lets them be found, is there as the migrations have made it. */
export async function examineIndexes(
  { run, emit }: Examination,
  schema: SchemaDialect,
  tables: readonly Table[],
): Promise<void> {
  const present = presentIndexes(await run(rows(schema.indexColumns, [])));
  for (const each of missingIndexes(present, schema, tables)) await emit(each);
}

const place = (table: string, index: string): string => `${table}.${index}`;

/** @param found - as {@link SchemaDialect.indexColumns} selects them */
function presentIndexes(found: readonly Row[]): ReadonlyMap<string, PresentIndex> {
  const present = new Map<string, PresentIndex>();
  for (const [table, index, unique, column, isKey, condition] of found) {
    const at = place(text(table), text(index));
    const known = present.get(at) ?? { unique: flag(unique), columns: [], covers: [], condition: '' };
    const where = flag(isKey) ? 'columns' : 'covers';
    present.set(at, {
      ...known,
      [where]: [...known[where], text(column)],
      condition: `${known.condition}${text(condition)}`,
    });
  }
  return present;
}

/** Tells which of the indexes that tables must have are not there. */
function* missingIndexes(
  present: ReadonlyMap<string, PresentIndex>,
  schema: SchemaDialect,
  tables: readonly Table[],
): Generator<StorageFinding> {
  for (const { name: table, primaryKey, keyCovers, indexes } of tables) {
    const key: TableIndex = { name: '', columns: primaryKey, unique: true };
    const inKey = schema.keyCoveringSql(table, primaryKey, keyCovers).length > 0 ? keyCovers : [];
    // Of a key that is not there it need not be told that it carries too little.
    const carried = present.has(place(table, '')) ? [{ ...key, unique: false, covers: inKey }] : [];
    for (const index of [key, ...carried, ...indexes]) {
      const has = present.get(place(table, index.name));
      if (has !== undefined && serves(has, index)) continue;
      const subject = index.name === '' ? `primary key of ${table}` : `${index.name} of ${table}`;
      const wanted = described({
        unique: false,
        covers: [],
        condition: index.whileActive ? 'active = 1' : '',
        ...index,
      });
      const message = has === undefined ? `is not there: ${wanted}` : `is ${described(has)} and must be ${wanted}`;
      yield finding(index.unique === true ? 'KEY_MISSING' : 'INDEX_MISSING', null, subject, message);
    }
  }
}

function described({ unique, columns, covers, condition }: PresentIndex): string {
  const carries = covers.length === 0 ? '' : ` with ${covers.join(', ')}`;
  return `${unique ? 'unique ' : ''}over ${columns.join(', ')}${carries}${condition === '' ? '' : ` where ${condition}`}`;
}

/** Whether an index does what another one is asked for. */
function serves(has: PresentIndex, { columns, covers = [], unique = false, whileActive = false }: TableIndex): boolean {
  const ofActive = /\bactive\W*=\W*1\b/.test(has.condition);
  if (whileActive ? !ofActive : has.condition !== '') return false;
  if (unique) return has.unique && isSame(has.columns, columns);
  const all = [...has.columns, ...has.covers];
  return (
    isSame(all.slice(0, columns.length), columns) && covers.every((column) => all.includes(column, columns.length))
  );
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();
