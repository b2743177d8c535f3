import { expect, test } from 'vitest';
import { canHaveMariadb } from '../servers/mariadb.ts';
import { canHavePostgres } from '../servers/postgres.ts';
import { cutCommit } from './cutCommit.ts';
import type { ChaosLine } from './scenario.ts';

test.skipIf(!canHaveMariadb() || !canHavePostgres())(
  'whoever asks again with his key after a cut commit has one appointment, the same one; control: without a key he has two',
  async () => {
    const lines: ChaosLine[] = [];
    const told: string[] = [];
    const options = { effort: 'short', control: true, note: (text: string) => told.push(text) } as const;
    for await (const line of cutCommit.run({ ...options, dialects: cutCommit.dialects })) lines.push(line);
    expect(told).toEqual([]);
    expect(lines).toMatchObject(
      ['mariadb', 'postgres'].flatMap((dialect) => [
        { dialect, cutBefore: 20, cutAfter: 20, violations: 0, lost: 0 },
        // Who was cut off before the commit has nothing yet, so that asking again is right.
        { dialect, cutBefore: 4, cutAfter: 4, control: true, violations: 8 },
      ]),
    );
  },
  90_000,
);
