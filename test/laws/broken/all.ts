import type { BrokenAdapter } from './brokenAdapter.ts';
import { claimFaults } from './claimFaults.ts';
import { configurationFaults } from './configurationFaults.ts';
import { directoryFaults } from './directoryFaults.ts';
import { documentFaults } from './documentFaults.ts';
import { holdFaults } from './holdFaults.ts';
import { maintenanceFaults } from './maintenanceFaults.ts';
import { raceFaults } from './raceFaults.ts';
import { readFaults } from './readFaults.ts';
import { tenantFaults } from './tenantFaults.ts';
import { writeFaults } from './writeFaults.ts';

/** Every broken adapter. */
export const brokenAdapters: readonly BrokenAdapter[] = [
  ...configurationFaults,
  ...readFaults,
  ...claimFaults,
  ...holdFaults,
  ...writeFaults,
  ...raceFaults,
  ...documentFaults,
  ...tenantFaults,
  ...directoryFaults,
  ...maintenanceFaults,
];
