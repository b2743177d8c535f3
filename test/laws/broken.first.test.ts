import { testBrokenAdapters } from './broken/brokenAdapters.ts';

testBrokenAdapters(1, 3);
