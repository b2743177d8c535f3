import type { Client } from 'pg';
import { endsInTime, expectAnswers } from '../server/silence.ts';
import { socketOf } from './connection.ts';

/** What is read here of what Sequelize passes on. */
interface PostgresConfig {
  readonly connectionTimeoutMillis?: number;
}

/** The part of the driver that makes connections. */
export interface PostgresDriver {
  readonly Client: new (config: PostgresConfig) => Client;
}

/**
 * The driver with connections that somebody always listens to. A server may end a connection in the breath in which it opens
 * it, before Sequelize listens, and an error that nobody hears ends the process. Whoever uses the connection next is told. And who ends one waits for the server a moment only.
 */
export const calmDriver = <Driver extends PostgresDriver>(driver: Driver): Driver & PostgresDriver => ({
  ...driver,
  Client: class extends driver.Client {
    constructor(config: PostgresConfig) {
      super(config);
      this.on('error', () => undefined);
      endsInTime<Client>(this, socketOf);
      // Sequelize asks for types before anybody else has the connection, and would wait for them for ever.
      const { connectionTimeoutMillis: silentMs } = config;
      if (silentMs !== undefined) this.once('connect', () => expectAnswers(socketOf(this), silentMs));
    }
  },
});
