import { claimFaults } from './broken/claimFaults.ts';
import { holdFaults } from './broken/holdFaults.ts';
import { testBrokenAdapters } from './broken/brokenAdapters.ts';
import { manyFaults } from './broken/manyFaults.ts';
import { raceFaults } from './broken/raceFaults.ts';
import { writeFaults } from './broken/writeFaults.ts';

testBrokenAdapters([...claimFaults, ...holdFaults, ...writeFaults, ...manyFaults, ...raceFaults]);
