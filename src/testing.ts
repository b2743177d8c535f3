/**
 * `askpro/testing`: what tests of hosts, plugins and adapters need.
 *
 * @packageDocumentation
 */
export { fakeClock } from './core/contracts/fakeClock.ts';
export type { FakeClock } from './core/contracts/fakeClock.ts';
