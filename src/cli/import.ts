import type { Change, CompanyDefinition, Engine } from 'askpro';
import { readArguments, type Given } from './arguments.ts';
import { databaseOption, storageOf, withEngine } from './database.ts';
import { csvSalons } from './import/csvSalons.ts';
import { ndjsonSalons } from './import/ndjson.ts';
import type { LineError, ReadSalon } from './import/salons.ts';
import { mustBeReadable, textOf } from './import/text.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** What became of one salon. */
type Report = { readonly line: number; readonly key: string | null } & (
  | {
      readonly ok: true;
      readonly changes: readonly Change[];
      readonly conflicts: number;
      readonly moreConflicts: boolean;
    }
  | { readonly ok: false; readonly errors: readonly LineError[] }
);

/** `askpro import FILE [--format csv|ndjson] [--dry-run]` */
export async function runImport(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const options = { ...databaseOption, format: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
  const given = readArguments(args, options, ['FILE']);
  const [file = ''] = given.positionals;
  const dryRun = given.flag('dry-run');
  const format = formatOf(given, file);
  await mustBeReadable(file);
  const salons = formats[format](textOf(file, io));
  const startedMs = performance.now();
  const count = { salons: 0, changed: 0, refused: 0 };
  await withEngine(await storageOf(given, io, false), async (engine) => {
    const seen = new Map<string, number>();
    for await (const salon of salons) {
      const report = await take(engine, salon, seen, dryRun);
      count.salons++;
      if (!report.ok) count.refused++;
      else if (report.changes.length > 0) count.changed++;
      io.out(`${JSON.stringify(report)}\n`);
    }
  });
  if (count.salons === 0) throw new Refusing({ path: 'FILE', message: `${file} has no company in it` });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const unchanged = count.salons - count.changed - count.refused;
  const would = dryRun ? 'would be ' : '';
  io.err(
    `${count.salons} companies in ${seconds} s: ${count.changed} ${would}changed, ${unchanged} unchanged, ${count.refused} ${would}refused\n`,
  );
  return count.refused === 0 ? 0 : 1;
}

const formats = { csv: csvSalons, ndjson: ndjsonSalons } as const;
type Format = keyof typeof formats;

function formatOf(given: Given, file: string): Format {
  const wanted = given.text('format');
  if (wanted === 'csv' || wanted === 'ndjson') return wanted;
  if (wanted !== undefined) throw new Refusing({ path: '--format', message: 'must be csv or ndjson' });
  if (/\.csv$/i.test(file)) return 'csv';
  if (/\.(?:ndjson|jsonl)$/i.test(file)) return 'ndjson';
  throw new Refusing({ path: '--format', message: `is missing: ${file} could be csv or ndjson` });
}

/** Applies one salon, all of it or nothing; what is wrong with it does not stop the others. */
async function take(engine: Engine, salon: ReadSalon, seen: Map<string, number>, dryRun: boolean): Promise<Report> {
  const { line, key } = salon;
  if (!salon.ok) return { line, key, ok: false, errors: salon.errors };
  const earlier = key === null ? undefined : seen.get(key);
  // Twice in a file, the second would switch off what the first has brought.
  if (earlier !== undefined) {
    const message = `is given twice: ${key} stands in line ${earlier} already`;
    return { line, key, ok: false, errors: [{ ...salon.place('key'), message }] };
  }
  if (key !== null) seen.set(key, line);
  // The engine judges what the file says. Keys of the API are not the file's to switch off.
  const definition = { companies: [salon.definition as CompanyDefinition] };
  const applied = await engine.setup.apply(definition, { dryRun, keepKeys: true });
  if (!applied.ok) {
    const errors = applied.refusal.errors.map(({ path, message }) => ({
      ...salon.place(path.replace(/^companies\[0\]\.?/, '')),
      message,
    }));
    return { line, key, ok: false, errors };
  }
  const conflicts = applied.companies.reduce((sum, company) => sum + company.conflicts.items.length, 0);
  const moreConflicts = applied.companies.some((company) => company.conflicts.next !== null);
  return { line, key, ok: true, changes: applied.changes, conflicts, moreConflicts };
}
