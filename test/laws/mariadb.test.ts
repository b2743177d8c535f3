import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { mariadb } from '../../src/adapters/sequelize/dialects/mariadb/factory.ts';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import { canHaveMariadb, startMariadb, type MariadbServer } from '../servers/mariadb.ts';
import { pooled, type Pooled } from './pooled.ts';

describe.skipIf(!canHaveMariadb())('on MariaDB', () => {
  let server: MariadbServer;
  let connection: Connection;
  let storage: Pooled;
  beforeAll(async () => {
    server = await startMariadb();
    const url = await server.createDatabase();
    let empty = 'DO 0';
    storage = await pooled(mariadb({ url, migrate: 'auto' }), async () => void (await connection.query(empty)));
    connection = await createConnection({ uri: url, multipleStatements: true });
    const [tables] = await connection.query<RowDataPacket[]>(
      "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'company_id'",
    );
    empty = tables.map(({ name }) => `DELETE FROM ${String(name)}`).join('; ');
  }, 120_000);
  afterAll(async () => {
    await storage.close();
    await connection.end();
    await server.stop();
  });

  for (const law of storageLaws({ create: (clock) => storage.fresh(clock) })) test(law.name, law.run, 60_000);
});
