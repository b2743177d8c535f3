import { afterAll, beforeAll, describe } from 'vitest';
import { mysqlDialect } from '../../../src/adapters/sequelize/dialects/mysql/dialect.ts';
import { postgresDialect } from '../../../src/adapters/sequelize/dialects/postgres/dialect.ts';
import { serverSettings } from '../../../src/adapters/sequelize/dialects/server/options.ts';
import { mariadb, postgres } from '../../../src/adapters/sequelize/index.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../../servers/mariadb.ts';
import { canHavePostgres, startPostgres } from '../../servers/postgres.ts';
import { fillBusySalon } from './busySalon.ts';
import { indexTests } from './indexTests.ts';
import { Planting } from './planting.ts';
import { plantTests } from './plantTests.ts';
import type { Planted } from './plantTests.ts';
import { uniqueTests } from './uniqueTests.ts';

const servers = [
  {
    name: 'MariaDB',
    kind: 'mariadb',
    isHere: canHaveMariadb,
    // Findings are about rows, not about disks.
    start: () => startMariadb(fastMariadb),
    factory: mariadb,
    dialect: (url: string) => mysqlDialect(serverSettings('mariadb', url)),
  },
  {
    name: 'PostgreSQL',
    kind: 'postgres',
    isHere: canHavePostgres,
    start: () => startPostgres(['--fsync=off', '--synchronous_commit=off']),
    factory: postgres,
    dialect: (url: string) => postgresDialect(serverSettings('postgres', url)),
  },
];

describe.each(servers)('the doctor on $name', ({ kind, isHere, start, factory, dialect }) => {
  describe.skipIf(!isHere())('with a server', () => {
    const endings: (() => Promise<unknown>)[] = [];
    let planted: Planted;

    beforeAll(async () => {
      const server = await start();
      endings.push(() => server.stop());
      const url = await server.createDatabase();
      const storage = factory({ url, migrate: 'auto', connections: 2 });
      const salon = await fillBusySalon(storage);
      const database = await dialect(url).open(undefined);
      endings.push(() => database.close());
      planted = { storage, salon, at: await Planting.in(database) };
    }, 120_000);
    afterAll(async () => {
      for (const end of endings.reverse()) await end();
    });

    plantTests(() => planted);
    uniqueTests(() => planted);
    indexTests(() => planted, kind);
  });
});
