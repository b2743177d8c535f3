import type { Sequelize, Transaction } from 'sequelize';

/** The parts of Sequelize's connection manager and transaction that borrowing rests on; a canary test watches them. */
interface Lender<Connection> {
  getConnection(options: { readonly uuid: string }): Promise<Connection>;
  releaseConnection(connection: Connection): unknown;
  destroyConnection?(connection: Connection): Promise<void>;
}

const lenderOf = <Connection>(sequelize: Sequelize): Lender<Connection> =>
  (sequelize as unknown as { readonly connectionManager: Lender<Connection> }).connectionManager;

/** The library that an instance was made by: a host may have another copy than the adapter. */
export const libraryOf = (sequelize: Sequelize): typeof import('sequelize') =>
  (sequelize as unknown as { readonly Sequelize: typeof import('sequelize') }).Sequelize;

/** Borrows a connection of Sequelize's own pool. On SQLite, one name is one connection. */
export const borrow = <Connection>(sequelize: Sequelize, name: string): Promise<Connection> =>
  lenderOf<Connection>(sequelize).getConnection({ uuid: name });

/** Gives a borrowed connection back. */
export const giveBack = <Connection>(sequelize: Sequelize, connection: Connection): void => {
  lenderOf<Connection>(sequelize).releaseConnection(connection);
};

/** Takes a borrowed connection that is no longer sound out of the pool. */
export const discard = async <Connection>(sequelize: Sequelize, connection: Connection): Promise<void> => {
  await lenderOf<Connection>(sequelize).destroyConnection?.(connection);
};

/**
 * A transaction to pass to models, whose statements then run on the borrowed connection. Beginning and ending it is the
 * borrower's task: Sequelize's own way would open another connection, and leak it where the beginning fails.
 */
export function transactionOn(
  library: typeof import('sequelize'),
  sequelize: Sequelize,
  connection: unknown,
): Transaction {
  const TransactionClass = library.Transaction as unknown as new (sequelize: Sequelize, options: object) => Transaction;
  return Object.assign(new TransactionClass(sequelize, {}), { connection });
}
