import type { Socket } from 'node:net';
import type { Sequelize } from 'sequelize';
import { EngineError } from '../../../../adapter.ts';
import type { Database } from '../../dialect.ts';
import { borrow, giveBack } from '../../lend.ts';
import type { ServerAddress } from './address.ts';
import { tellBudget, warn } from './budget.ts';
import type { ServerSettings } from './options.ts';
import { position } from './replicas/positions.ts';
import { ReplicaReads } from './replicas/replicaReads.ts';
import { ServerCopy } from './replicas/serverCopy.ts';
import { ServerDatabase } from './serverDatabase.ts';
import { answered, silentShare } from './silence.ts';
import type { Wire } from './wire.ts';

/** What opening a server needs of its driver. */
export interface Driver<Connection extends object> {
  /** Makes a pool of connections to an address, of which none is opened yet. @param forCopy - it will only be read */
  pool(address: ServerAddress, forCopy: boolean): Sequelize;
  /** What a connection goes over. */
  socket(connection: Connection): Socket;
  /** How to speak with a server, judged by one connection to it. */
  wire(connection: Connection): Promise<Wire<Connection>> | Wire<Connection>;
}

/** Opens a server with its pool, and follows its replicas. Throws the driver's errors. */
export async function openServer<Connection extends object>(
  library: typeof import('sequelize'),
  driver: Driver<Connection>,
  settings: ServerSettings,
  nowMs: (() => number) | undefined,
): Promise<Database> {
  const sequelize = driver.pool(settings.address, false);
  try {
    const wire = await firstLook(sequelize, driver, settings);
    const database = new ServerDatabase(library, sequelize, wire, settings, nowMs);
    if (settings.replicas.length > 0) database.followedBy(await following(database, driver, wire, settings));
    return database;
  } catch (error) {
    await sequelize.close();
    throw error;
  }
}

/** Opens the least number of connections, and learns from the first what kind of server it is. */
async function firstLook<Connection extends object>(
  sequelize: Sequelize,
  driver: Driver<Connection>,
  { name, connections, busyLimitMs }: ServerSettings,
): Promise<Wire<Connection>> {
  // All at once, or the pool would lend one and the same again and again.
  const count = Math.max(1, connections.min);
  const asked = Array.from({ length: count }, () => borrow<Connection>(sequelize, 'askpro'));
  const answers = await Promise.allSettled(asked);
  const opened = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  try {
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
    const [first] = opened as unknown as readonly [Connection];
    return await answered(driver.socket(first), Math.max(1, Math.ceil(silentShare * busyLimitMs)), async () => {
      const wire = await driver.wire(first);
      await tellBudget(first, wire, name, connections);
      return wire;
    });
  } finally {
    for (const connection of opened) giveBack(sequelize, connection);
  }
}

/** What may be read of the replicas. None of them needs to be there yet. */
async function following<Connection extends object>(
  database: ServerDatabase<Connection>,
  driver: Driver<Connection>,
  wire: Wire<Connection>,
  { name, replicas, maxLagMs }: ServerSettings,
): Promise<ReplicaReads<ServerCopy<Connection>>> {
  const { positions } = wire;
  const refused = (why: string): EngineError =>
    new EngineError('OPTION_INVALID', `${name}: replicas must be left out: ${why}.`);
  if (positions === undefined) throw refused('how far they are is told by MariaDB and PostgreSQL alone');
  if ((await database.read(() => position(positions.isTold))) === '0') {
    throw refused('this server has no binary log, and so does not tell how far it is');
  }
  return new ReplicaReads({
    copies: replicas.map((address) => new ServerCopy(address.name, driver.pool(address, true), wire, positions)),
    primaryPosition: () => database.read(() => position(positions.primary)),
    covers: positions.covers,
    maxLagMs,
    warn,
  });
}
