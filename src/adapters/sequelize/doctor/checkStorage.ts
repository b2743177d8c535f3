import { EngineError } from '../../../adapter.ts';
import { refuseIncomplete } from '../backup/restoreMark.ts';
import { bytes, int, text } from '../cell.ts';
import type { Database, Dialect } from '../dialect.ts';
import { idText } from '../ids.ts';
import { inPieces } from '../keyset.ts';
import { schemaStatus } from '../migrator.ts';
import { produced } from '../produced.ts';
import type { Emit } from '../produced.ts';
import type { Row } from '../program.ts';
import { tablesAfter } from '../tables.ts';
import type { Table } from '../tables.ts';
import { examineEvents, examineKeys } from './events.ts';
import { examined } from './examined.ts';
import type { Examination } from './examined.ts';
import { finding } from './findings.ts';
import type { StorageFinding } from './findings.ts';
import { examineIndexes } from './indexes.ts';
import { examineOwners } from './owners.ts';
import { examineNumbers } from './people.ts';
import { examineReferences } from './references.ts';
import { examineSubjects } from './subjects.ts';
import { examineWhole } from './whole.ts';

/** What to look at. */
export interface CheckStorageOptions {
  /** The key of one company; left out: all of them, and what concerns all together. */
  readonly company?: string | undefined;
  /** The moment at which all is judged. Left out: now, by the database's clock. */
  readonly nowMs?: number | undefined;
}

/** Opens a database, examines it in one snapshot, and closes it. */
export async function* examineStorage(
  dialect: Dialect,
  { company, nowMs }: CheckStorageOptions,
): AsyncGenerator<StorageFinding> {
  const database = await dialect.open(nowMs === undefined ? undefined : () => nowMs);
  try {
    await refuseIncomplete(database, dialect.name);
    const { applied, pending, unknown } = await schemaStatus(database);
    if (unknown.length > 0) {
      yield finding('SCHEMA_NEWER', null, 'schema', `has run ${unknown.join(', ')}, which is not known here`);
    } else if (pending.length > 0) {
      const has = applied.length === 0 ? 'has run none of the migrations' : `lacks ${pending.join(', ')}`;
      yield finding('SCHEMA_OLDER', null, 'schema', has);
    } else yield* produced((emit) => examineAll(database, company, emit));
  } catch (error) {
    throw dialect.fault(error);
  } finally {
    await database.close();
  }
}

/** Companies whose references are looked at together. */
const together = 50;

async function examineAll(database: Database, company: string | undefined, emit: Emit<StorageFinding>): Promise<void> {
  const nowMs = await database.now();
  const tables = await tablesAfter();
  let begun = false;
  await database.snapshot(async (_, run) => {
    // Begun anew by itself it would tell everything twice.
    if (begun) throw new EngineError('STORAGE_UNREACHABLE', 'The connection was lost; examine the storage again.');
    begun = true;
    const examination: Examination = { run, nowMs, emit };
    if (company === undefined) await examineIndexes(examination, database.schema, tables);
    const read = {
      select: 'SELECT company_id, company_key, grain_minutes FROM companies',
      where: company === undefined ? '' : 'company_key = ?',
      values: company === undefined ? [] : [company],
      key: ['company_id'],
      at: [0],
    };
    let known = false;
    for await (const piece of inPieces(run, read, together)) {
      known = true;
      await examineCompanies(examination, tables, piece);
    }
    if (company === undefined) await examineWhole(examination, tables);
    else if (!known)
      throw new EngineError('OPTION_INVALID', `company: there is no company ${JSON.stringify(company)}.`);
  }, true);
}

/** @param companies - id, key and grain in minutes, ordered by id */
async function examineCompanies(
  examination: Examination,
  tables: readonly Table[],
  companies: readonly Row[],
): Promise<void> {
  const found = companies.map((row) => ({ id: bytes(row[0]), key: text(row[1]), grainMs: int(row[2]) * 60_000 }));
  for (const each of found) {
    const at = examined(examination, each);
    await examineSubjects(at);
    await examineOwners(at);
    await examineEvents(at);
    await examineKeys(at);
    await examineNumbers(at);
  }
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) return;
  const keys = new Map(found.map(({ id, key }) => [idText(id), key]));
  await examineReferences(examination, tables, { from: first.id, to: last.id, keys });
}
