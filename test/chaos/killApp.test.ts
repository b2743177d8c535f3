import { expect, test } from 'vitest';
import { canHaveMariadb } from '../servers/mariadb.ts';
import { canHavePostgres } from '../servers/postgres.ts';
import { killApp } from './killApp.ts';
import { expectItHolds, hasBoth } from './ran.ts';

test.skipIf(!canHaveMariadb() || !canHavePostgres())(
  'processes are killed while they book: nothing is double, lost or left over; control: without the guard much is double',
  async () => {
    const lines = await expectItHolds(killApp);
    expect(hasBoth(lines, killApp.dialects)).toBe(true);
    for (const line of lines.filter(({ control }) => control === undefined)) {
      expect(line['kills']).toBeGreaterThanOrEqual(2);
      expect(line['acknowledged']).toBeGreaterThan(50);
    }
  },
  180_000,
);
