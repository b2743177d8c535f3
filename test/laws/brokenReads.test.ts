import { configurationFaults } from './broken/configurationFaults.ts';
import { directoryFaults } from './broken/directoryFaults.ts';
import { documentFaults } from './broken/documentFaults.ts';
import { maintenanceFaults } from './broken/maintenanceFaults.ts';
import { readFaults } from './broken/readFaults.ts';
import { tenantFaults } from './broken/tenantFaults.ts';
import { testBrokenAdapters } from './broken/brokenAdapters.ts';

testBrokenAdapters([
  ...configurationFaults,
  ...readFaults,
  ...documentFaults,
  ...tenantFaults,
  ...directoryFaults,
  ...maintenanceFaults,
]);
