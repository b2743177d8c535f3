import { expect, test } from 'vitest';
import { canHaveGalera } from '../servers/galera.ts';
import { canHaveMariadb } from '../servers/mariadb.ts';
import { canHavePostgres } from '../servers/postgres.ts';
import { race } from './race.ts';
import { expectItHolds, hasBoth } from './ran.ts';

test.skipIf(!canHaveMariadb() || !canHavePostgres() || !canHaveGalera())(
  'of all who want the same from four processes as many get it as there are, on every database; control: without the guard more do',
  async () => {
    const lines = await expectItHolds(race);
    expect(hasBoth(lines, race.dialects)).toBe(true);
    // Eight contests, with and without the guard.
    expect(lines).toHaveLength(race.dialects.length * 16);
    for (const line of lines.filter(({ contest, control }) => contest === 'one slot' && control === undefined)) {
      expect(line['committed']).toBe(1);
    }
  },
  180_000,
);
