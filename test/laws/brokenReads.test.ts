import { configurationFaults } from './broken/configurationFaults.ts';
import { directoryFaults } from './broken/directoryFaults.ts';
import { documentFaults } from './broken/documentFaults.ts';
import { listFaults } from './broken/listFaults.ts';
import { maintenanceFaults } from './broken/maintenanceFaults.ts';
import { ownedFaults } from './broken/ownedFaults.ts';
import { readFaults } from './broken/readFaults.ts';
import { removalFaults } from './broken/removalFaults.ts';
import { tenantFaults } from './broken/tenantFaults.ts';
import { testBrokenAdapters } from './broken/brokenAdapters.ts';

testBrokenAdapters([
  ...configurationFaults,
  ...removalFaults,
  ...readFaults,
  ...listFaults,
  ...documentFaults,
  ...tenantFaults,
  ...directoryFaults,
  ...maintenanceFaults,
  ...ownedFaults,
]);
