import { expect, test } from 'vitest';
import { canHaveMariadb, durableMariadb, startMariadb } from './mariadb.ts';
import { canHavePostgres, durablePostgres, startPostgres } from './postgres.ts';

const servers = [
  ['MariaDB', canHaveMariadb, () => startMariadb(durableMariadb)],
  ['PostgreSQL', canHavePostgres, () => startPostgres(durablePostgres)],
] as const;

for (const [name, canHave, start] of servers) {
  test.skipIf(!canHave())(
    `${name} that is killed at once comes back at its address with what was committed`,
    async () => {
      const server = await start();
      try {
        const table = name === 'MariaDB' ? `${new URL(await server.createDatabase()).pathname.slice(1)}.kept` : 'kept';
        await server.query(`CREATE TABLE ${table} (a INTEGER)`);
        await server.query(`INSERT INTO ${table} VALUES (7)`);
        const { pid, port } = server;
        await server.crash();
        await expect(server.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
        await server.restart();
        expect(server.pid).not.toBe(pid);
        expect(server.port).toBe(port);
        expect(await server.query(`SELECT a FROM ${table}`)).toEqual([{ a: 7 }]);
      } finally {
        await server.stop();
      }
    },
    60_000,
  );
}
