import { expect, test } from 'vitest';
import { canHaveMariadb } from '../servers/mariadb.ts';
import { canHavePostgres } from '../servers/postgres.ts';
import { killDb } from './killDb.ts';
import { expectItHolds, hasBoth } from './ran.ts';

test.skipIf(!canHaveMariadb() || !canHavePostgres())(
  'a server is killed under load and comes back with all that it acknowledged; control: told not to wait for the disk it loses some',
  async () => {
    const lines = await expectItHolds(killDb);
    expect(hasBoth(lines, killDb.dialects)).toBe(true);
    for (const { control, lost } of lines) expect(lost > 0).toBe(control === true);
  },
  180_000,
);
