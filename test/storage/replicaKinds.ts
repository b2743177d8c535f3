import { expect } from 'vitest';
import { mariadb, postgres } from '../../src/adapters/sequelize/index.ts';
import type { ServerOptions } from '../../src/adapters/sequelize/dialects/server/options.ts';
import type { Call, CompanyConfig, Storage, StorageFactory } from '../../src/adapter.ts';
import { canHaveMariadb, startMariadb } from '../servers/mariadb.ts';
import { replicatedMariadb, startMariadbReplica } from '../servers/mariadbReplica.ts';
import { canHavePostgres, startPostgres, startPostgresReplica } from '../servers/postgres.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from './sample.ts';

/** A database server of these tests. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  createDatabase(): Promise<string>;
  query(sql: string): Promise<unknown>;
  stop(): Promise<void>;
  kill(): void;
  crash(): Promise<void>;
  restart(): Promise<void>;
}

/** A kind of server that has replicas, and what its operator does. */
interface Kind {
  readonly name: string;
  readonly canBeHad: () => boolean;
  readonly storage: (options: ServerOptions) => StorageFactory;
  /** A primary, and a replica that does two seconds later what was done there. */
  start(): Promise<{ readonly primary: Server; readonly replica: Server }>;
  /** A further replica, which could become a primary. @param delaySeconds - how long after the primary it does the same */
  further(primary: Server, delaySeconds: number): Promise<Server>;
  /** What an operator does to make a replica the primary, and to let the primary take no more writes. */
  readonly promotes: readonly string[];
  readonly demotes: readonly string[];
  /** A user whom the latter keeps from writing, and how he comes to be. */
  readonly user: string;
  readonly makesUser: readonly string[];
}

/** Every kind of server that has replicas. */
export const kinds: readonly Kind[] = [
  {
    name: 'MariaDB',
    canBeHad: canHaveMariadb,
    storage: mariadb,
    async start() {
      const primary = await startMariadb(replicatedMariadb);
      return { primary, replica: await startMariadbReplica(primary, 2) };
    },
    further: (primary, delaySeconds) =>
      startMariadbReplica(primary, delaySeconds, ['--log-bin', '--log-slave-updates']),
    promotes: ['STOP SLAVE', 'RESET SLAVE ALL', 'SET GLOBAL read_only = 0'],
    demotes: ['SET GLOBAL read_only = 1'],
    user: 'app',
    makesUser: [
      "CREATE USER app@'%'",
      "GRANT ALL ON *.* TO app@'%'",
      "REVOKE SUPER, READ_ONLY ADMIN ON *.* FROM app@'%'",
    ],
  },
  {
    name: 'PostgreSQL',
    canBeHad: canHavePostgres,
    storage: postgres,
    async start() {
      // A replica that was away while another one was made finds what it has missed.
      const primary = await startPostgres(['--wal_keep_size=256MB']);
      return { primary, replica: await startPostgresReplica(primary, 2000) };
    },
    further: (primary, delaySeconds) => startPostgresReplica(primary, 1000 * delaySeconds),
    promotes: ['SELECT pg_promote()'],
    demotes: ['ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()'],
    user: 'root',
    makesUser: [],
  },
];

/** A company, and the ids of what was booked of it, ever another start. */
export class Booked {
  readonly config: CompanyConfig = sampleCompany(1);
  #halfHour = 0;

  /** Books through a storage and answers the appointment's id. */
  async by(storage: Storage): Promise<string> {
    const [resource] = this.config.resources;
    if (resource === undefined) throw new TypeError('the company needs a resource');
    const startMs = mondayMs + minutes(30 * this.#halfHour++);
    const appointment = sampleAppointment(this.config, resource.id, startMs);
    expect(await storage.write(this.config.company.id, bookingOf(appointment))).toEqual({ kind: 'committed' });
    return appointment.id;
  }

  /** A call that was not heard of before. */
  call(): Call {
    const nobody = { branchId: null, from: null, to: null, customerId: null, appointmentId: null };
    const nothing = { endedMs: null, transcript: null, summary: null, outcome: null, offers: {} };
    const id = newId<Call['id']>();
    const known = {
      id,
      companyId: this.config.company.id,
      provider: 'retell',
      providerCallId: id,
      status: 'ongoing',
    } as const;
    return { ...known, ...nobody, ...nothing, startedMs: mondayMs, version: 1, updatedMs: mondayMs };
  }

  /** The ids that a list shows which may lag. */
  async seenBy(storage: Storage): Promise<readonly string[]> {
    const listed = await storage.appointments(this.config.company.id, { limit: 1000, mayLag: true });
    return listed.map(({ id }) => id);
  }

  /** How much time is occupied. */
  async busy(storage: Storage, mayLag: boolean): Promise<number> {
    const resourceIds = this.config.resources.map(({ id }) => id);
    const range = { fromMs: mondayMs, toMs: mondayMs + minutes(30 * 1000) };
    const { busy } = await storage.busy(this.config.company.id, { resourceIds, ...range, mayLag });
    return (busy[0]?.length ?? 0) / 2;
  }
}
