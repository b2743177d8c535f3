import { afterAll, describe } from 'vitest';
import { sqliteGround } from '../migrationGrounds.ts';
import { sqliteSeries } from './history.ts';
import { sqliteJudge } from './judged.ts';
import { planTests } from './planTests.ts';

describe('on SQLite', () => {
  const ground = sqliteGround();
  afterAll(() => ground.close());
  // As files are in use, nothing is known there of what the tables hold.
  planTests({ series: sqliteSeries, judge: sqliteJudge, settled: () => [] }, () => ground);
});
