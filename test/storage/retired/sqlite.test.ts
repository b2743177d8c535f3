import { afterAll, describe } from 'vitest';
import { sqliteGround } from '../migrationGrounds.ts';
import { killedTests } from './killedTests.ts';
import { salonTests } from './salonTests.ts';

describe('on SQLite', () => {
  const ground = sqliteGround();
  afterAll(() => ground.close());
  killedTests(() => ground.fresh());
  salonTests(() => ground.fresh());
});
