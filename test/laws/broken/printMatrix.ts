import { sqliteFile } from '../sqliteFile.ts';
import { brokenAdapters } from './all.ts';
import { judgeOn } from './judge.ts';

// Prints matrix.json as the laws have it now, or the lines of the faults whose names contain the argument.
const matrix: Record<string, readonly string[]> = {};
const file = await sqliteFile();
const judge = await judgeOn(file);
for (const adapter of brokenAdapters)
  if (adapter.fault.includes(process.argv[2] ?? '')) matrix[adapter.fault] = await judge(adapter);
await file.close();
console.log(JSON.stringify(matrix, undefined, 2));
