import type { Retention } from '../contracts/maintenance.ts';
import { EngineError } from '../errors.ts';

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
}

/** The options with everything filled in. */
export interface UpkeepSettings extends Retention {
  readonly everyMs: number;
  readonly limit: number;
  readonly silentCallsMs: number;
}

const DAY_MS = 86_400_000;
const defaults: UpkeepSettings = {
  everyMs: 60_000,
  limit: 200,
  sentEventsMs: 7 * DAY_MS,
  idempotencyMs: 7 * DAY_MS,
  expiredHoldsMs: DAY_MS,
  pastClaimsMs: DAY_MS,
  silentCallsMs: 7_200_000,
};

/** That a call goes on is written down once a minute. */
const LEAST: Readonly<Record<string, number>> = { everyMs: 1000, silentCallsMs: 120_000, limit: 1 };

/** Fills in and checks the options; throws OPTION_INVALID that names the field. */
export function readUpkeep(options: UpkeepOptions): UpkeepSettings {
  const settings = { ...defaults, ...options };
  for (const [field, value] of Object.entries(settings) as readonly (readonly [string, unknown])[]) {
    const least = LEAST[field] ?? 0;
    if (!(field in defaults)) throw invalid(field, `one of ${Object.keys(defaults).join(', ')}`);
    if (!Number.isSafeInteger(value) || (value as number) < least)
      throw invalid(field, `a whole number from ${least} on`);
  }
  if (settings.limit > 10_000) throw invalid('limit', 'at most 10,000');
  return settings;
}

const invalid = (field: string, must: string): EngineError =>
  new EngineError('OPTION_INVALID', `upkeep.${field} must be ${must}.`);
