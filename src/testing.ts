export { fakeClock } from './core/contracts/fakeClock.ts';
export type { FakeClock } from './core/contracts/fakeClock.ts';
