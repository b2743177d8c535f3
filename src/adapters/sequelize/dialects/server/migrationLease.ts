import { randomUUID } from 'node:crypto';
import type { QueryTypes, Sequelize } from 'sequelize';
import { EngineError } from '../../../../adapter.ts';

const leaseMs = 60_000;
const table = 'schema_lock';

/** Whose lease it is, and how the server tells its time. */
interface Lease {
  readonly sequelize: Sequelize;
  readonly holder: string;
  /** An expression: epoch milliseconds. */
  readonly nowMs: string;
}

/**
 * Runs work on the schema while no other process does. A row is leased by the server's clock and renewed while the work
 * goes on, so whoever dies loses it: servers that commit each change of a schema by itself cannot keep a lock on it.
 *
 * @param nowMs - an expression of the server's clock, in epoch milliseconds
 */
export async function withMigrationLease<T>(
  sequelize: Sequelize,
  name: string,
  nowMs: string,
  waitLimitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const lease: Lease = { sequelize, holder: randomUUID(), nowMs };
  await makeRow(sequelize);
  const sinceMs = performance.now();
  while (!(await update(lease, leaseMs, `until_ms <= ${nowMs}`))) {
    if (performance.now() - sinceMs > waitLimitMs) {
      throw new EngineError('STORAGE_BUSY', `${name} is being migrated by another process.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
  }
  const renewal = setInterval(
    () => void update(lease, leaseMs, 'holder = :holder').catch(() => undefined),
    leaseMs / 4,
  );
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await update(lease, 0, 'holder = :holder');
  }
}

async function makeRow(sequelize: Sequelize): Promise<void> {
  const columns = 'id INTEGER NOT NULL, holder CHAR(36) NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (id)';
  // Two processes may make both at once: the key refuses the second, who then finds them.
  for (const sql of [
    `CREATE TABLE IF NOT EXISTS ${table} (${columns})`,
    `INSERT INTO ${table} (id, holder, until_ms) SELECT 1, '', 0 WHERE NOT EXISTS (SELECT 1 FROM ${table})`,
  ]) {
    try {
      await sequelize.query(sql);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'SequelizeUniqueConstraintError')) throw error;
    }
  }
}

async function update({ sequelize, holder, nowMs }: Lease, forMs: number, condition: string): Promise<boolean> {
  const [, changed] = await sequelize.query(
    `UPDATE ${table} SET holder = :holder, until_ms = ${nowMs} + :forMs WHERE id = 1 AND ${condition}`,
    { replacements: { holder, forMs }, type: 'UPDATE' as QueryTypes.UPDATE },
  );
  return changed > 0;
}
