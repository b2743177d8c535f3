import type { Retention } from '../contracts/maintenance.ts';
import { EngineError } from '../errors.ts';
import type { RetentionDays } from '../model/company.ts';

/** How a process keeps the storage in order. */
export interface UpkeepOptions {
  /** How often, jittered by a fifth. Left out: 60,000. */
  readonly everyMs?: number;
  /** How many rows of each kind one transaction takes away, and how many calls are closed in a row. Left out: 200. */
  readonly limit?: number;
  /** How long events are kept after they were sent. Left out: 7 days. */
  readonly sentEventsMs?: number;
  /** How long an idempotency key is remembered. Left out: 7 days. */
  readonly idempotencyMs?: number;
  /** How long an expired hold is still known as such. Left out: 1 day. */
  readonly expiredHoldsMs?: number;
  /** How long past claims are kept. Left out: 1 day. */
  readonly pastClaimsMs?: number;
  /** After so long without any news a call that nobody has ended is closed; at least 2 minutes. Left out: 2 hours. */
  readonly silentCallsMs?: number;
  /** For how long companies that decide nothing keep appointments, calls and customers. Left out: for ever. */
  readonly retention?: RetentionDays;
}

/** The options with everything filled in. */
export interface UpkeepSettings extends Retention {
  readonly everyMs: number;
  readonly limit: number;
  readonly silentCallsMs: number;
  readonly retention: RetentionDays;
}

const DAY_MS = 86_400_000;

/** How long an engine keeps things that is told nothing else. */
export const usualRetention: Retention = {
  sentEventsMs: 7 * DAY_MS,
  idempotencyMs: 7 * DAY_MS,
  expiredHoldsMs: DAY_MS,
  pastClaimsMs: DAY_MS,
};

const defaults: Omit<UpkeepSettings, 'retention'> = {
  everyMs: 60_000,
  limit: 200,
  ...usualRetention,
  silentCallsMs: 7_200_000,
};

/** That a call goes on is written down once a minute. */
const LEAST: Readonly<Record<string, number>> = { everyMs: 1000, silentCallsMs: 120_000, limit: 1 };

/** Fills in and checks the options; throws OPTION_INVALID that names the field. */
export function readUpkeep({ retention = {}, ...options }: UpkeepOptions): UpkeepSettings {
  const settings = { ...defaults, ...options };
  checkDays(retention);
  for (const [field, value] of Object.entries(settings) as readonly (readonly [string, unknown])[]) {
    const least = LEAST[field] ?? 0;
    if (!(field in defaults)) throw invalid(field, `one of ${[...Object.keys(defaults), 'retention'].join(', ')}`);
    if (!Number.isSafeInteger(value) || (value as number) < least)
      throw invalid(field, `a whole number from ${least} on`);
  }
  if (settings.limit > 10_000) throw invalid('limit', 'at most 10,000');
  return { ...settings, retention };
}

const kept = ['appointmentsDays', 'callsDays', 'transcriptsDays', 'customersDays'];

function checkDays(retention: RetentionDays): void {
  for (const [field, value] of Object.entries(retention) as readonly (readonly [string, unknown])[]) {
    if (!kept.includes(field)) throw invalid(`retention.${field}`, `one of ${kept.join(', ')}`);
    const isCount = Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 36_500;
    if (value !== null && value !== undefined && !isCount)
      throw invalid(`retention.${field}`, 'null, or a whole number of days from 1 to 36,500');
  }
}

const invalid = (field: string, must: string): EngineError =>
  new EngineError('OPTION_INVALID', `upkeep.${field} must be ${must}.`);
