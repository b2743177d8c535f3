import { testBrokenAdapters } from './broken/brokenAdapters.ts';

testBrokenAdapters(2, 3);
