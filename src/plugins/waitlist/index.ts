/**
 * `askpro/plugins/waitlist`: a line of those who wait for something to become free.
 *
 * @packageDocumentation
 */
export { waitlist } from './waitlist.ts';
export type { WaitlistOptions } from './options.ts';
export { Waitlist } from './contract.ts';
export type { Accepted, Forgotten, JoinOptions, SlotWish, WaitlistFilter, WindowWish } from './contract.ts';
export type { Contact, WaitingCustomer, WaitlistEntry, WaitlistOffer, WaitlistStatus, WaitlistWish } from './entry.ts';
export { WaitlistDeclined, WaitlistExpired, WaitlistOffered } from './events.ts';
export type { OfferPassed, OfferTold } from './events.ts';
export type { PartOfDay } from './partOfDay.ts';
