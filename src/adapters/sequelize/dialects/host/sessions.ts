import type { Connection, RowDataPacket } from 'mysql2';
import type { Client } from 'pg';
import { control } from '../mysql/connection.ts';
import { lockWaitMs as mysqlLockWaitMs, strictMode } from '../mysql/pool.ts';
import { readAsStored } from '../postgres/connection.ts';
import { lockWaitMs as postgresLockWaitMs } from '../postgres/pool.ts';
import type { Lending } from './borrowed.ts';

const isolationName = (connection: Connection): Promise<string> =>
  new Promise((resolve, reject) => {
    connection.query<RowDataPacket[]>("SHOW VARIABLES LIKE 't%_isolation'", (error, rows) => {
      if (error !== null) return reject(error);
      const names = rows.map((row) => String(row['Variable_name']));
      resolve(names.includes('transaction_isolation') ? 'transaction_isolation' : 'tx_isolation');
    });
  });

/** Lends connections of mysql2: strict, and reading what is committed. The server keeps what they were before. */
export function mysqlLending(busyLimitMs: number): Lending<Connection> {
  const waitSeconds = mysqlLockWaitMs(busyLimitMs) / 1000;
  let isolation: string | undefined;
  return {
    async prepare(connection) {
      isolation ??= await isolationName(connection);
      await control(
        connection,
        `SET @askpro_mode = @@sql_mode, @askpro_isolation = @@${isolation}, @askpro_wait = @@innodb_lock_wait_timeout,` +
          ` SESSION sql_mode = '${strictMode}', SESSION ${isolation} = 'READ-COMMITTED',` +
          ` SESSION innodb_lock_wait_timeout = ${waitSeconds}`,
      );
      const back =
        `SET SESSION sql_mode = @askpro_mode, SESSION ${isolation} = @askpro_isolation,` +
        ' SESSION innodb_lock_wait_timeout = @askpro_wait';
      return () => control(connection, back);
    },
  };
}

/** Lends connections of pg: with the engine's ways to read values, and reading what is committed. */
export function postgresLending(busyLimitMs: number): Lending<Client> {
  const waitMs = postgresLockWaitMs(busyLimitMs);
  return {
    async prepare(connection) {
      const { rows } = await connection.query<string[]>({
        text:
          "SELECT current_setting('lock_timeout'), current_setting('default_transaction_isolation')," +
          " set_config('lock_timeout', $1, false), set_config('default_transaction_isolation', 'read committed', false)",
        values: [`${waitMs}ms`],
        rowMode: 'array' as const,
      });
      const [wait = '0', isolation = 'read committed'] = rows[0] ?? [];
      const readAsBefore = readAsStored(connection);
      return async () => {
        readAsBefore();
        await connection.query({
          text: "SELECT set_config('lock_timeout', $1, false), set_config('default_transaction_isolation', $2, false)",
          values: [wait, isolation],
        });
      };
    },
  };
}
