import type { BrokenAdapter } from './brokenAdapter.ts';
import { capacityFaults } from './capacityFaults.ts';
import { claimFaults } from './claimFaults.ts';
import { configurationFaults } from './configurationFaults.ts';
import { directoryFaults } from './directoryFaults.ts';
import { documentFaults } from './documentFaults.ts';
import { forgetFaults } from './forgetFaults.ts';
import { holdFaults } from './holdFaults.ts';
import { listFaults } from './listFaults.ts';
import { maintenanceFaults } from './maintenanceFaults.ts';
import { manyFaults } from './manyFaults.ts';
import { ownedFaults } from './ownedFaults.ts';
import { raceFaults } from './raceFaults.ts';
import { readFaults } from './readFaults.ts';
import { removalFaults } from './removalFaults.ts';
import { retireFaults } from './retireFaults.ts';
import { scarceSweepFaults } from './scarceSweepFaults.ts';
import { seatFaults } from './seatFaults.ts';
import { sessionFaults } from './sessionFaults.ts';
import { sessionLimitFaults } from './sessionLimitFaults.ts';
import { tenantFaults } from './tenantFaults.ts';
import { unitFaults } from './unitFaults.ts';
import { untilBookedFaults } from './untilBookedFaults.ts';
import { walkFaults } from './walkFaults.ts';
import { writeFaults } from './writeFaults.ts';

/** Every broken adapter. */
export const brokenAdapters: readonly BrokenAdapter[] = [
  ...configurationFaults,
  ...removalFaults,
  ...readFaults,
  ...listFaults,
  ...claimFaults,
  ...capacityFaults,
  ...unitFaults,
  ...untilBookedFaults,
  ...seatFaults,
  ...sessionFaults,
  ...sessionLimitFaults,
  ...holdFaults,
  ...writeFaults,
  ...walkFaults,
  ...forgetFaults,
  ...retireFaults,
  ...manyFaults,
  ...raceFaults,
  ...documentFaults,
  ...tenantFaults,
  ...directoryFaults,
  ...maintenanceFaults,
  ...scarceSweepFaults,
  ...ownedFaults,
];
