import { testBrokenAdapters } from './broken/brokenAdapters.ts';

testBrokenAdapters(3, 3);
