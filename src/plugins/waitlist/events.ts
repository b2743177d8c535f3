import { eventType } from '../../plugin.ts';
import type { WaitlistEntry, WaitlistOffer } from './entry.ts';

/** What is told of an offer. */
export interface OfferTold {
  /** As it is after the event; without its position, which others change. */
  readonly entry: Omit<WaitlistEntry, 'position'>;
  readonly offer: WaitlistOffer;
}

/** What is told of an offer that nobody took up. */
export interface OfferPassed extends OfferTold {
  /** Whether he waits on, at the end of the line. */
  readonly waitsOn: boolean;
}

/** Something became free and is held for whoever was first in line: tell him. Durable; handle it as `waitlist.offered`. */
export const WaitlistOffered = eventType<OfferTold>()('waitlist.offered');

/** He let an offer run out. */
export const WaitlistExpired = eventType<OfferPassed>()('waitlist.expired');

/** He refused an offer, or left the line while he had one. */
export const WaitlistDeclined = eventType<OfferPassed>()('waitlist.declined');
