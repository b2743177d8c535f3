import { capacityFaults } from './broken/capacityFaults.ts';
import { scarceSweepFaults } from './broken/scarceSweepFaults.ts';
import { seatFaults } from './broken/seatFaults.ts';
import { sessionFaults } from './broken/sessionFaults.ts';
import { sessionLimitFaults } from './broken/sessionLimitFaults.ts';
import { testBrokenAdapters } from './broken/brokenAdapters.ts';
import { unitFaults } from './broken/unitFaults.ts';
import { untilBookedFaults } from './broken/untilBookedFaults.ts';

testBrokenAdapters([
  ...capacityFaults,
  ...unitFaults,
  ...untilBookedFaults,
  ...seatFaults,
  ...sessionFaults,
  ...sessionLimitFaults,
  ...scarceSweepFaults,
]);
