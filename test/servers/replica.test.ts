import { expect, test } from 'vitest';
import { canHaveMariadb, startMariadb } from './mariadb.ts';
import { replicatedMariadb, startMariadbReplica } from './mariadbReplica.ts';
import { until } from './poll.ts';
import { canHavePostgres, startPostgres, startPostgresReplica } from './postgres.ts';

/** What a database needs to answer here. */
interface Asked {
  query(sql: string): Promise<unknown>;
  stop(): Promise<void>;
}

const delayMs = 1000;
const pairs = [
  [
    'MariaDB',
    canHaveMariadb,
    'test.',
    async (): Promise<readonly [Asked, Asked]> => {
      const primary = await startMariadb(replicatedMariadb);
      await primary.query('CREATE DATABASE test');
      return [primary, await startMariadbReplica(primary, delayMs / 1000)];
    },
  ],
  [
    'PostgreSQL',
    canHavePostgres,
    '',
    async (): Promise<readonly [Asked, Asked]> => {
      const primary = await startPostgres();
      return [primary, await startPostgresReplica(primary, delayMs)];
    },
  ],
] as const;

for (const [name, canHave, schema, start] of pairs) {
  test.skipIf(!canHave())(
    `a replica of ${name} has what was written, but only after its delay`,
    async () => {
      const [primary, replica] = await start();
      try {
        await primary.query(`CREATE TABLE ${schema}kept (a INTEGER)`);
        await primary.query(`INSERT INTO ${schema}kept VALUES (7)`);
        const writtenMs = performance.now();
        const kept = (): Promise<unknown> => replica.query(`SELECT a FROM ${schema}kept`).catch(() => undefined);
        await until(
          async () => JSON.stringify(await kept()) === '[{"a":7}]',
          () => 'the replica does not catch up',
        );
        // MariaDB counts whole seconds by its clock, so its delay may be up to one shorter.
        expect(performance.now() - writtenMs).toBeGreaterThan(name === 'MariaDB' ? 50 : delayMs - 100);
      } finally {
        await Promise.all([replica.stop(), primary.stop()]);
      }
    },
    60_000,
  );
}
