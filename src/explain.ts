/**
 * `askpro/explain`: why a start is not bookable, every reason with its cause, and what is nearest to it. Takes the
 * questions of `askpro/slots` and judges with the same code.
 *
 * @packageDocumentation
 */
export type { Blocker, BlockerCode, Stretch } from './core/slots/blocker.ts';
export { checkStart, type StartCheck } from './core/slots/checkStart.ts';
export { nearestTo, type Nearest } from './core/slots/nearest.ts';
