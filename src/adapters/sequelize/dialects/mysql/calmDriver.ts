import type { Connection, ConnectionOptions } from 'mysql2';

type Driver = typeof import('mysql2');

/**
 * The driver with connections that somebody always listens to. A server may end a connection in the breath in which it opens
 * it, before Sequelize listens, and an error that nobody hears ends the process. Whoever uses the connection next is told.
 */
export const calmDriver = (driver: Driver): Driver =>
  Object.create(driver, {
    createConnection: {
      value(options: ConnectionOptions): Connection {
        return driver.createConnection(options).on('error', () => undefined);
      },
    },
  }) as Driver;
