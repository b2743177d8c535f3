import { EngineError, MINUTE_MS } from '../../plugin.ts';

/** Options of {@link waitlist}. */
export interface WaitlistOptions {
  /** How many may wait for the same start of a service, or for windows of a service that overlap; left out: 10. */
  readonly maxPerSlot?: number;
  /** How often one customer may stand in the line of a company; left out: 3. */
  readonly maxPerCustomer?: number;
  /** How many may wait at one company altogether; left out: 500. */
  readonly maxWaiting?: number;
  /** How long what became free is held for whoever it is offered to, 1 to 60; left out: 15. */
  readonly offerMinutes?: number;
  /**
   * How often something is offered to the same one. Who does not take an offer goes to the end of the line until he had so
   * many, and then leaves it. Left out: 1, so that he leaves at once.
   */
  readonly maxOffers?: number;
  /**
   * How often those who wait are looked at although nothing was cancelled: a hold that runs out frees time without a word.
   * Left out: 5.
   */
  readonly recheckMinutes?: number;
}

/** The options with everything filled in. */
export interface WaitlistSettings {
  readonly maxPerSlot: number;
  readonly maxPerCustomer: number;
  readonly maxWaiting: number;
  readonly offerSeconds: number;
  readonly maxOffers: number;
  readonly recheckMs: number;
}

/** Fills in and checks the options; throws OPTION_INVALID that names the field. */
export function readOptions(options: WaitlistOptions): WaitlistSettings {
  const whole = (field: keyof WaitlistOptions, otherwise: number, most: number): number => {
    const value: unknown = options[field] ?? otherwise;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new EngineError('OPTION_INVALID', `Option ${field} of waitlist() must be an integer from 1 to ${most}.`);
  };
  return {
    maxPerSlot: whole('maxPerSlot', 10, 1_000),
    maxPerCustomer: whole('maxPerCustomer', 3, 100),
    maxWaiting: whole('maxWaiting', 500, 2_000),
    offerSeconds: whole('offerMinutes', 15, 60) * 60,
    maxOffers: whole('maxOffers', 1, 20),
    recheckMs: whole('recheckMinutes', 5, 1_440) * MINUTE_MS,
  };
}
