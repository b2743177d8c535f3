import type { CompanyDoor, ExportFormat, ExportKind } from 'askpro';
import { readArguments, type Given } from './arguments.ts';
import { companyNamed, databaseOption, storageOf, withEngine } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { writeWhole } from './wholeFile.ts';

const kinds: readonly ExportKind[] = ['appointments', 'customers', 'calls'];
const options = {
  ...databaseOption,
  format: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  out: { type: 'string' },
} as const;

/** `askpro export COMPANY appointments|customers|calls [--format csv|ndjson] [--from START] [--to END] [--out FILE]` */
export async function runExport(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, options, ['COMPANY', 'WHAT']);
  const [company = '', what = ''] = given.positionals;
  const kind = kinds.find((known) => known === what);
  if (kind === undefined) throw new Refusing({ path: 'WHAT', message: `must be one of ${kinds.join(', ')}` });
  const format = formatOf(given);
  const range = await rangeOf(given, kind);
  const startedMs = performance.now();
  await withEngine(await storageOf(given, io, true), async (engine) => {
    const door = await engine.company(await companyNamed(engine, company));
    if (!door.ok) throw new Refusing({ path: 'COMPANY', message: 'is switched off; switch it on in the setup' });
    const pieces = (door satisfies CompanyDoor).export.text(kind, format, range);
    const out = given.text('out');
    const bytes = out === undefined ? await toTerminal(pieces, io) : await toFile(pieces, out);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    io.err(`${kind} of ${company}: ${bytes.toLocaleString('en-US')} bytes in ${seconds} s\n`);
  });
  return 0;
}

function formatOf(given: Given): ExportFormat {
  const wanted = given.text('format') ?? (/\.(?:ndjson|jsonl)$/i.test(given.text('out') ?? '') ? 'ndjson' : 'csv');
  if (wanted === 'csv' || wanted === 'ndjson') return wanted;
  throw new Refusing({ path: '--format', message: 'must be csv or ndjson' });
}

async function rangeOf(
  given: Given,
  kind: ExportKind,
): Promise<{ fromMs: number | undefined; toMs: number | undefined }> {
  const { readInstant } = await import('askpro/adapter');
  const read = (option: 'from' | 'to'): number | undefined => {
    const text = given.text(option);
    if (text === undefined) return undefined;
    if (kind === 'customers')
      throw new Refusing({ path: `--${option}`, message: 'is for appointments and calls only' });
    const instant = readInstant(text, `--${option}`);
    if (typeof instant !== 'number') throw new Refusing(instant);
    return instant;
  };
  const [fromMs, toMs] = [read('from'), read('to')];
  if (fromMs !== undefined && toMs !== undefined && toMs <= fromMs)
    throw new Refusing({ path: '--to', message: 'must be after --from' });
  return { fromMs, toMs };
}

async function toTerminal(pieces: AsyncIterable<string>, io: Terminal): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) {
    io.out(piece);
    bytes += Buffer.byteLength(piece);
    await io.drained?.();
  }
  return bytes;
}

async function toFile(pieces: AsyncIterable<string>, name: string): Promise<number> {
  try {
    return await writeWhole(name, pieces);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'path' in error)) throw error;
    throw new Refusing({ path: '--out', message: `${name} cannot be written: ${error.message}` });
  }
}
