import type { Lending } from './lending.ts';
import { CommitLost, orLost } from './lostCommit.ts';
import type { Wire } from './wire.ts';

/** Transactions on a connection that is lent: none is left open there when it ends, or the connection goes. */
export class Transactions<Connection extends object> {
  readonly #wire: Wire<Connection>;
  readonly #lending: Pick<Lending<Connection>, 'distrust'>;

  constructor(wire: Wire<Connection>, lending: Pick<Lending<Connection>, 'distrust'>) {
    this.#wire = wire;
    this.#lending = lending;
  }

  /**
   * Runs work in a transaction and commits what `keeps` says yes to.
   * @throws CommitLost where nobody was told what came of the commit
   */
  write<T>(connection: Connection, work: () => Promise<T>, keeps: (result: T) => boolean): Promise<T> {
    return this.#within(connection, async () => {
      await this.#wire.control(connection, 'START TRANSACTION');
      const result = await work();
      if (!keeps(result)) await this.#wire.control(connection, 'ROLLBACK');
      else await orLost(this.#wire.control(connection, 'COMMIT'), this.#wire);
      return result;
    });
  }

  /** Runs reads that see one moment. */
  snapshot<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
    return this.#within(connection, async () => {
      await this.#beginSnapshot(connection);
      const result = await work();
      await this.#wire.control(connection, 'COMMIT');
      return result;
    });
  }

  /** Rolls back what a failed step left open. */
  async #within<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!this.#wire.isConnectionLost(error) && !(error instanceof CommitLost)) await this.#rollBack(connection);
      throw error;
    }
  }

  /** A transaction that could not be rolled back would be committed by whoever begins the next one. */
  async #rollBack(connection: Connection): Promise<void> {
    try {
      await this.#wire.control(connection, 'ROLLBACK');
    } catch {
      this.#lending.distrust(connection);
    }
  }

  /** What is set for the transaction to come would be the next one's where it does not begin. */
  async #beginSnapshot(connection: Connection): Promise<void> {
    try {
      for (const sql of this.#wire.beginSnapshot) await this.#wire.control(connection, sql);
    } catch (error) {
      this.#lending.distrust(connection);
      throw error;
    }
  }
}
