import type { Connection, ConnectionOptions } from 'mysql2';
import { endsInTime } from '../server/silence.ts';
import { socketOf } from './connection.ts';

type Driver = typeof import('mysql2');

/**
 * The driver with connections that somebody always listens to. A server may end a connection in the breath in which it opens
 * it, before Sequelize listens, and an error that nobody hears ends the process. Whoever uses the connection next is told.
 * And who ends one waits for the server a moment only.
 */
export const calmDriver = (driver: Driver): Driver =>
  Object.create(driver, {
    createConnection: {
      value(options: ConnectionOptions): Connection {
        return endsInTime<Connection>(
          driver.createConnection(options).on('error', () => undefined),
          socketOf,
        );
      },
    },
  }) as Driver;
