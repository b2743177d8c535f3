import type { Client } from 'pg';

/** The part of the driver that makes connections. */
export interface PostgresDriver {
  readonly Client: new (config: object) => Client;
}

/**
 * The driver with connections that somebody always listens to. A server may end a connection in the breath in which it opens
 * it, before Sequelize listens, and an error that nobody hears ends the process. Whoever uses the connection next is told.
 */
export const calmDriver = <Driver extends PostgresDriver>(driver: Driver): Driver & PostgresDriver => ({
  ...driver,
  Client: class extends driver.Client {
    constructor(config: object) {
      super(config);
      this.on('error', () => undefined);
    }
  },
});
