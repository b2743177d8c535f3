import type { Sequelize } from 'sequelize';
import type { Database } from '../../dialect.ts';
import type { MigrationPace, MigrationStep, MigrationTurn } from '../../migrationTurn.ts';
import type { MigrationLease } from './migrationLease.ts';
import type { Wire } from './wire.ts';

/** What a server does with the changes of a schema. */
type SchemaHabits = Pick<Wire<unknown>, 'schemaRollsBack' | 'schemaWasDone' | 'limitIdle'>;

/** The turn of whoever has the lease. */
export function serverTurn(
  lease: MigrationLease,
  { leaseMs }: MigrationPace,
  { schemaRollsBack, schemaWasDone: wasDone, limitIdle }: SchemaHabits,
  sequelize: Sequelize,
  transact: Database['transact'],
): MigrationTurn {
  if (!schemaRollsBack) {
    const step = async <T>(name: string | null, work: (step: MigrationStep) => Promise<T>): Promise<T> => {
      if (name !== null) await lease.keep(null, name);
      const result = await work({ transaction: null, hold: () => lease.keep(null), wasDone });
      if (name !== null) await lease.keep(null, null);
      return result;
    };
    return { step };
  }
  // The row stays locked until the commit, so nobody takes over from a transaction that can still be committed. Whoever
  // does nothing more in it for as long as a lease is thrown out by the server, and the row is free.
  const inOne = <T>(work: (step: MigrationStep) => Promise<T>): Promise<T> =>
    transact(async ({ transaction }) => {
      await lease.keep(transaction);
      for (const sql of limitIdle?.(leaseMs) ?? []) await sequelize.query(sql, { transaction });
      return work({ transaction, hold: () => Promise.resolve(), wasDone });
    });
  return { step: (_, work) => lease.resting(() => inOne(work)) };
}
