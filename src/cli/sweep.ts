import type { Engine } from 'askpro';
import { readArguments } from './arguments.ts';
import { databaseOption, storageOf, withEngine } from './database.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const options = { ...databaseOption, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const;

const LIMIT = 200;

type Counts = Record<string, number>;

/** What was taken of each kind; what belongs to one company under its key. */
interface Taken {
  readonly upkeep: Counts;
  readonly companies: Record<string, Counts>;
  /** What could not be taken away, and why. */
  readonly failed: readonly Failed[];
}

interface Failed {
  readonly company: string;
  readonly kind?: string;
  readonly message: string;
}

/** `askpro sweep [--dry-run] [--json]` */
export async function runSweep(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, options, []);
  const dryRun = given.flag('dry-run');
  // What these keep of somebody keeps him; plugins of a host are not known here.
  const [{ callbacks }, { waitlist }] = await Promise.all([
    import('askpro/plugins/callbacks'),
    import('askpro/plugins/waitlist'),
  ]);
  const storage = await storageOf(given, io, true);
  const taken = await withEngine(
    storage,
    async (engine): Promise<Taken> => ({ upkeep: await upkeep(engine, dryRun), ...(await retire(engine, dryRun)) }),
    [callbacks(), waitlist()],
  );
  if (given.flag('json')) io.out(`${JSON.stringify({ dryRun, ...taken })}\n`);
  else for (const [kind, count] of Object.entries(summed(taken))) io.out(`${kind} ${count}\n`);
  for (const { company, kind = 'policies', message } of taken.failed)
    io.err(`askpro sweep: ${company}: ${kind}: ${message}\n`);
  if (taken.failed.length > 0) return 1;
  io.err(`${storage.name}: ${dryRun ? 'this is what would be taken away' : 'swept'}\n`);
  return 0;
}

/** Sweeps, a transaction for so many of each kind, until nothing is left. */
async function upkeep(engine: Engine, dryRun: boolean): Promise<Counts> {
  const { Maintenance, usualRetention: kept } = await import('askpro/adapter');
  const maintenance = engine.get(Maintenance);
  const counts: Counts = {};
  for (;;) {
    const report = Object.entries(dryRun ? await maintenance.due(kept) : await maintenance.sweep(kept, LIMIT));
    for (const [kind, count] of report) counts[kind] = (counts[kind] ?? 0) + Number(count);
    if (dryRun || report.every(([, count]) => count === 0)) return counts;
  }
}

/** The same for what companies keep by their policies. Where something fails, the others go on. */
async function retire(engine: Engine, dryRun: boolean): Promise<Omit<Taken, 'upkeep'>> {
  const { Retirement, usualRetention } = await import('askpro/adapter');
  const companies: Record<string, Counts> = {};
  const failed: Failed[] = [];
  const options = { limit: LIMIT, idempotencyMs: usualRetention.idempotencyMs, dryRun };
  for await (const piece of engine.get(Retirement).pieces(options)) {
    const { company, kind } = piece;
    if ('failure' in piece) {
      const { failure } = piece;
      const message = failure instanceof Error ? failure.message : String(failure);
      failed.push({ company: company.key, ...(kind === undefined ? {} : { kind }), message });
      continue;
    }
    const counts = (companies[company.key] ??= {});
    counts[piece.kind] = (counts[piece.kind] ?? 0) + piece.taken;
  }
  return { companies, failed };
}

/** All companies together. */
function summed({ upkeep: counts, companies }: Taken): Counts {
  const sum: Counts = { ...counts, transcripts: 0, calls: 0, appointments: 0, customers: 0 };
  for (const of of Object.values(companies))
    for (const [kind, count] of Object.entries(of)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}
