import type { Engine } from 'askpro';
import { readArguments } from './arguments.ts';
import { databaseOption, storageOf, withEngine } from './database.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const options = { ...databaseOption, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const;

const DAY_MS = 86_400_000;
/** As an engine does it that is told nothing else. */
const kept = { sentEventsMs: 7 * DAY_MS, idempotencyMs: 7 * DAY_MS, expiredHoldsMs: DAY_MS, pastClaimsMs: DAY_MS };
const LIMIT = 200;

type Counts = Record<string, number>;

/** What was taken of each kind; what belongs to one company under its key. */
interface Taken {
  readonly upkeep: Counts;
  readonly companies: Record<string, Counts>;
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
    async (engine): Promise<Taken> => ({
      upkeep: await upkeep(engine, dryRun),
      companies: await retire(engine, dryRun),
    }),
    [callbacks(), waitlist()],
  );
  if (given.flag('json')) io.out(`${JSON.stringify({ dryRun, ...taken })}\n`);
  else for (const [kind, count] of Object.entries(summed(taken))) io.out(`${kind} ${count}\n`);
  io.err(`${storage.name}: ${dryRun ? 'this is what would be taken away' : 'swept'}\n`);
  return 0;
}

/** Sweeps, a transaction for so many of each kind, until nothing is left. */
async function upkeep(engine: Engine, dryRun: boolean): Promise<Counts> {
  const { Maintenance } = await import('askpro/adapter');
  const maintenance = engine.get(Maintenance);
  const counts: Counts = {};
  for (;;) {
    const report = Object.entries(dryRun ? await maintenance.due(kept) : await maintenance.sweep(kept, LIMIT));
    for (const [kind, count] of report) counts[kind] = (counts[kind] ?? 0) + Number(count);
    if (dryRun || report.every(([, count]) => count === 0)) return counts;
  }
}

/** The same for what companies keep by their policies. */
async function retire(engine: Engine, dryRun: boolean): Promise<Taken['companies']> {
  const { Retirement } = await import('askpro/adapter');
  const companies: Record<string, Counts> = {};
  const { idempotencyMs } = kept;
  for await (const { company, kind, taken } of engine.get(Retirement).pieces({ limit: LIMIT, idempotencyMs, dryRun })) {
    const counts = (companies[company.key] ??= {});
    counts[kind] = (counts[kind] ?? 0) + taken;
  }
  return companies;
}

/** All companies together. */
function summed({ upkeep: counts, companies }: Taken): Counts {
  const sum: Counts = { ...counts, transcripts: 0, calls: 0, appointments: 0, customers: 0 };
  for (const of of Object.values(companies))
    for (const [kind, count] of Object.entries(of)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}
