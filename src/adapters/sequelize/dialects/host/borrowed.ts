import type { QueryOptions, Sequelize } from 'sequelize';
import { libraryOf } from '../../lend.ts';

/** What is done with a connection of the host's while it is lent. */
export interface Lending<Connection> {
  /** Makes a connection as the engine needs it, and answers how to make it again as it was. */
  prepare(connection: Connection): Promise<() => Promise<void>>;
}

/** The parts of Sequelize's connection manager that are used here. */
interface Manager<Connection> {
  readonly lib: object;
  getConnection(options: { readonly uuid: string; readonly useMaster: boolean }): Promise<Connection>;
  releaseConnection(connection: Connection): unknown;
  destroyConnection(connection: Connection): Promise<void>;
}

type Query = (sql: string | { query: string }, options?: QueryOptions) => Promise<unknown>;

/**
 * A Sequelize of the engine's own whose connections are the host's. So the engine's models, hooks and settings are not
 * those of the host, whose pool stays open when the engine stops, and gets each connection back as it gave it.
 */
export function borrowingFrom<Connection extends object>(host: Sequelize, { prepare }: Lending<Connection>): Sequelize {
  const library = libraryOf(host);
  const manager = (host as unknown as { readonly connectionManager: Manager<Connection> }).connectionManager;
  const own = new library.Sequelize({
    dialect: host.getDialect() as 'mysql' | 'postgres',
    dialectModule: manager.lib,
    database: host.getDatabaseName(),
    timezone: '+00:00',
    logging: false,
    retry: { max: 1 },
  });
  const endings = new WeakMap<Connection, () => Promise<void>>();
  const discard = (connection: Connection): Promise<void> =>
    manager.destroyConnection(connection).catch(() => undefined);
  const lent = {
    async getConnection(): Promise<Connection> {
      // Where the host has replicas of his own, this is his primary.
      const connection = await manager.getConnection({ uuid: 'askpro', useMaster: true });
      try {
        endings.set(connection, await prepare(connection));
        return connection;
      } catch (error) {
        await discard(connection);
        throw error;
      }
    },
    /** What makes it as it was is sent before anything that the host will send, so nobody waits for it. */
    releaseConnection(connection: Connection): void {
      const end = endings.get(connection);
      endings.delete(connection);
      end?.().catch(() => discard(connection));
      manager.releaseConnection(connection);
    },
    destroyConnection: discard,
    close: (): Promise<void> => Promise.resolve(),
  };
  const query = own.query.bind(own) as Query;
  // A host may let Sequelize find the transaction of whoever called; the engine's statements are never part of it.
  const apart: Query = (sql, options) => query(sql, { transaction: null, ...options });
  return Object.assign(own, { connectionManager: lent, query: apart });
}
