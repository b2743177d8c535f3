import { randomUUID } from 'node:crypto';
import type { QueryTypes, Sequelize } from 'sequelize';
import { EngineError } from '../../../../adapter.ts';

const leaseSeconds = 60;
const table = 'schema_lease';

/**
 * Runs work on the schema while no other process does. The server commits each change of a schema by itself, so instead
 * of a transaction a row is leased, by the server's clock and renewed while the work goes on: whoever dies loses it.
 */
export async function withMigrationLease<T>(
  sequelize: Sequelize,
  name: string,
  waitLimitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  await sequelize.query(
    `CREATE TABLE IF NOT EXISTS ${table} (id INTEGER NOT NULL, holder CHAR(36) NOT NULL, until_time DATETIME(3) NOT NULL, PRIMARY KEY (id))`,
  );
  await sequelize.query(`INSERT IGNORE INTO ${table} (id, holder, until_time) VALUES (1, '', UTC_TIMESTAMP(3))`);
  const take = (condition: string): Promise<boolean> => update(sequelize, holder, leaseSeconds, condition);
  const sinceMs = performance.now();
  while (!(await take('until_time <= UTC_TIMESTAMP(3)'))) {
    if (performance.now() - sinceMs > waitLimitMs) {
      throw new EngineError('STORAGE_BUSY', `${name} is being migrated by another process.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
  }
  const renewal = setInterval(() => void take('TRUE').catch(() => undefined), (leaseSeconds * 1000) / 4);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await update(sequelize, holder, 0, 'TRUE');
  }
}

async function update(sequelize: Sequelize, holder: string, seconds: number, condition: string): Promise<boolean> {
  const mine = condition === 'TRUE' ? 'holder = :holder' : condition;
  const [, changed] = await sequelize.query(
    `UPDATE ${table} SET holder = :holder, until_time = UTC_TIMESTAMP(3) + INTERVAL :seconds SECOND WHERE id = 1 AND ${mine}`,
    { replacements: { holder, seconds }, type: 'UPDATE' as QueryTypes.UPDATE },
  );
  return changed > 0;
}
