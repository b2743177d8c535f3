import { EngineError } from '../../plugin.ts';
import type { FetchLimits, Resolve } from './fetch/fetchCalendar.ts';

/** Options of {@link ical}. */
export interface IcalOptions {
  /** How often a calendar is fetched; left out: 5. */
  readonly refreshMinutes?: number;
  /**
   * For how long after its last good answer a calendar that cannot be reached is still believed; then nothing is booked on
   * it. A company (`policies.outsideStaleMinutes`) or a subscription may say otherwise. Left out: 240.
   */
  readonly staleLimitMinutes?: number;
  /** Whether a resource is refused or free until its calendar has been read for the first time; left out: `refuse`. */
  readonly beforeFirstRead?: 'refuse' | 'free';
  /** How many days ahead calendars are read; what lies further ahead is taken for occupied. Left out: 400. */
  readonly horizonDays?: number;
  /** For one fetch, redirects included; left out: 10,000. */
  readonly timeoutMs?: number;
  /** Of one calendar; left out: 4 MiB. */
  readonly maxBytes?: number;
  /** Left out: 3. */
  readonly maxRedirects?: number;
  /**
   * Whether addresses of private networks may be fetched, or which addresses. Whoever may subscribe could otherwise read
   * what only this machine can reach. Left out: false.
   */
  readonly allowPrivateAddresses?: boolean | readonly string[];
  /** Certificates in PEM, of authorities of a network of one's own, that are trusted beside those that Node trusts. */
  readonly trustedCertificates?: readonly string[];
  /** Finds all addresses of a name; left out: the system's resolver. */
  readonly resolve?: Resolve;
  /** Told of faults nobody waits for; left out: they become process warnings. */
  readonly onError?: (error: unknown) => void;
}

/** The options with everything filled in. */
export interface IcalSettings {
  readonly refreshMs: number;
  readonly staleLimitMs: number;
  readonly beforeFirstRead: 'refuse' | 'free';
  readonly horizonMs: number;
  readonly limits: FetchLimits;
  readonly resolve: Resolve | undefined;
  readonly onError: (error: unknown) => void;
}

const MINUTE_MS = 60_000;

/** Fills in and checks the options; throws OPTION_INVALID that names the field. */
export function readOptions(options: IcalOptions): IcalSettings {
  const { beforeFirstRead = 'refuse', allowPrivateAddresses = false, resolve, onError = warn } = options;
  const whole = (field: keyof IcalOptions, otherwise: number, least: number, most: number): number => {
    const value = options[field] ?? otherwise;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw invalid(field, `an integer from ${least} to ${most}`);
  };
  if (beforeFirstRead !== 'refuse' && beforeFirstRead !== 'free')
    throw invalid('beforeFirstRead', '"refuse" or "free"');
  return {
    refreshMs: whole('refreshMinutes', 5, 1, 1_440) * MINUTE_MS,
    staleLimitMs: whole('staleLimitMinutes', 240, 1, 43_200) * MINUTE_MS,
    beforeFirstRead,
    horizonMs: whole('horizonDays', 400, 1, 1_100) * 1_440 * MINUTE_MS,
    limits: {
      timeoutMs: whole('timeoutMs', 10_000, 100, 120_000),
      maxBytes: whole('maxBytes', 4 * 2 ** 20, 1_024, 64 * 2 ** 20),
      maxRedirects: whole('maxRedirects', 3, 0, 10),
      allowPrivateAddresses,
      ...(options.trustedCertificates === undefined ? {} : { trustedCertificates: options.trustedCertificates }),
    },
    resolve,
    onError,
  };
}

const invalid = (field: string, must: string): EngineError =>
  new EngineError('OPTION_INVALID', `Option ${field} of ical() must be ${must}.`);

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
}
