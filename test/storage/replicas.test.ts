import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mariadb, migrate, postgres } from '../../src/adapters/sequelize/index.ts';
import type { ServerOptions } from '../../src/adapters/sequelize/dialects/server/options.ts';
import type { Call, CompanyConfig, Storage, StorageFactory } from '../../src/adapter.ts';
import { canHaveMariadb, startMariadb } from '../servers/mariadb.ts';
import { replicatedMariadb, startMariadbReplica } from '../servers/mariadbReplica.ts';
import { until } from '../servers/poll.ts';
import { canHavePostgres, startPostgres, startPostgresReplica } from '../servers/postgres.ts';
import { childrenOf, signal } from '../servers/processTree.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from './sample.ts';

interface Server {
  readonly port: number;
  readonly pid: number;
  createDatabase(): Promise<string>;
  query(sql: string): Promise<unknown>;
  stop(): Promise<void>;
  kill(): void;
}

interface Kind {
  readonly name: string;
  readonly canBeHad: () => boolean;
  readonly storage: (options: ServerOptions) => StorageFactory;
  /** A primary, and a replica that does two seconds later what was done there. */
  start(): Promise<{ readonly primary: Server; readonly replica: Server }>;
}

const kinds: readonly Kind[] = [
  {
    name: 'MariaDB',
    canBeHad: canHaveMariadb,
    storage: mariadb,
    async start() {
      const primary = await startMariadb(replicatedMariadb);
      return { primary, replica: await startMariadbReplica(primary, 2) };
    },
  },
  {
    name: 'PostgreSQL',
    canBeHad: canHavePostgres,
    storage: postgres,
    async start() {
      const primary = await startPostgres();
      return { primary, replica: await startPostgresReplica(primary, 2000) };
    },
  },
];

/** A company, and the ids of what was booked of it, ever another start. */
class Booked {
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

describe.each(kinds)('a replica of $name that is two seconds behind', (kind) => {
  describe.skipIf(!kind.canBeHad())('is read', () => {
    const endings: (() => unknown)[] = [];
    let primary: Server;
    let replica: Server;
    let url: string;
    let replicaUrl: string;
    /** This process, which reads from the replica; and another one, which does not. */
    let here: Storage;
    let elsewhere: Storage;
    const [salon, dentist] = [new Booked(), new Booked()];

    const started = async (options: Partial<ServerOptions>): Promise<Storage> => {
      const storage = await kind.storage({ url, connections: 4, ...options }).create({});
      await storage.start();
      endings.push(() => storage.stop());
      return storage;
    };

    /** What was booked elsewhere is not shown at once: so a read was answered by the replica. */
    const untilTheReplicaAnswers = (booked: Booked, storage = here): Promise<void> =>
      until(
        async () => {
          const id = await booked.by(elsewhere);
          return !(await booked.seenBy(storage)).includes(id);
        },
        () => 'the replica is not read',
        20_000,
      );

    beforeAll(async () => {
      ({ primary, replica } = await kind.start());
      endings.push(
        () => primary.stop(),
        () => replica.kill(),
      );
      url = await primary.createDatabase();
      replicaUrl = url.replace(`:${primary.port}/`, `:${replica.port}/`);
      await migrate(kind.storage({ url }), 'up');
      elsewhere = await started({});
      here = await started({ replicas: [replicaUrl], maxLagMs: 10_000 });
    }, 120_000);

    afterAll(async () => {
      for (const end of endings.reverse()) await end();
    }, 60_000);

    test('for a company of which nothing was written here; one that was written sees it at once and ever after', async () => {
      await untilTheReplicaAnswers(dentist);
      await untilTheReplicaAnswers(salon);
      const occupied = await salon.busy(elsewhere, false);
      const [own, foreign] = [await salon.by(here), await dentist.by(elsewhere)];
      const seconds: number[] = [];
      const sinceMs = performance.now();
      await until(
        async () => {
          expect(await salon.seenBy(here)).toContain(own);
          expect(await salon.busy(here, true)).toBe(occupied + 1);
          seconds.push((performance.now() - sinceMs) / 1000);
          // Control: of a write that this process knows nothing of, the same list is stale.
          return (await dentist.seenBy(here)).includes(foreign);
        },
        () => 'the replica does not catch up',
        20_000,
      );
      expect(seconds.filter((at) => at > 0.1 && at < 1).length).toBeGreaterThan(3);
      // MariaDB counts whole seconds, so its delay may be one shorter.
      expect(seconds.at(-1)).toBeGreaterThan(kind.name === 'MariaDB' ? 0.9 : 1.9);
      await untilTheReplicaAnswers(salon);
    }, 60_000);

    test('for nobody who will write: the primary answers him', async () => {
      await untilTheReplicaAnswers(dentist);
      const before = await dentist.busy(here, false);
      const id = await dentist.by(elsewhere);
      expect(await dentist.busy(here, false)).toBe(before + 1);
      expect(await here.appointment(dentist.config.company.id, id as never)).toMatchObject({ id });
      expect(await dentist.seenBy(here)).not.toContain(id);
    }, 60_000);

    test('not after a write that was refused, since the replica does not show yet what refused it', async () => {
      await untilTheReplicaAnswers(dentist);
      const foreign = await dentist.by(elsewhere);
      const appointment = await elsewhere.appointment(dentist.config.company.id, foreign as never);
      if (appointment === undefined) throw new TypeError('the appointment is gone');
      const again = bookingOf({ ...appointment, id: (await salon.by(elsewhere)) as never });
      expect(await here.write(dentist.config.company.id, again)).not.toEqual({ kind: 'committed' });
      expect(await dentist.seenBy(here)).toContain(foreign);
    }, 60_000);

    test('not after a call was saved here, which an export then has; control: of one that was saved elsewhere it has nothing yet', async () => {
      await untilTheReplicaAnswers(dentist);
      const [foreign, own] = [dentist.call(), dentist.call()];
      const walked = async (): Promise<readonly string[]> => {
        const page = await here.walk(dentist.config.company.id, 'calls', { limit: 1000, mayLag: true });
        return page.map(({ id }) => id);
      };
      expect(await elsewhere.saveCall(dentist.config.company.id, foreign, 0)).toBe(true);
      expect(await walked()).not.toContain(foreign.id);
      expect(await here.saveCall(dentist.config.company.id, own, 0)).toBe(true);
      expect(await walked()).toContain(own.id);
    }, 60_000);

    test('only within the limit: what was written elsewhere is seen before the replica has it', async () => {
      const strict = await started({ replicas: [replicaUrl], maxLagMs: 500 });
      const inside = await started({ url: replicaUrl });
      const last = await dentist.by(elsewhere);
      // Nothing is written meanwhile, so the replica comes to have everything.
      await until(
        async () => (await dentist.seenBy(strict)).includes(last) && (await dentist.seenBy(inside)).includes(last),
        () => 'the replica does not catch up',
      );
      const roundsMs = performance.now() + 500;
      await until(
        async () => (await dentist.seenBy(strict)).includes(last) && performance.now() > roundsMs,
        () => 'it is gone',
      );
      const foreign = await dentist.by(elsewhere);
      const sinceMs = performance.now();
      expect(await dentist.seenBy(strict)).not.toContain(foreign);
      await until(
        async () => (await dentist.seenBy(strict)).includes(foreign),
        () => 'it is never seen',
      );
      expect(performance.now() - sinceMs).toBeLessThan(900);
      expect(await dentist.seenBy(here)).not.toContain(foreign);
    }, 60_000);

    test('as long as it answers: frozen or killed, the primary answers instead', async () => {
      await untilTheReplicaAnswers(dentist);
      const pids = [replica.pid, ...childrenOf(replica.pid)];
      signal(pids, 'SIGSTOP');
      const sinceMs = performance.now();
      const seen = await dentist.seenBy(here);
      expect(seen.length).toBeGreaterThan(0);
      expect(performance.now() - sinceMs).toBeLessThan(4000);
      const first = await dentist.by(elsewhere);
      expect(await dentist.seenBy(here)).toContain(first);
      signal(pids, 'SIGCONT');
      await untilTheReplicaAnswers(dentist);
      replica.kill();
      await dentist.seenBy(here);
      const second = await dentist.by(elsewhere);
      expect(await dentist.seenBy(here)).toContain(second);
      const own = await salon.by(here);
      expect(await salon.seenBy(here)).toContain(own);
    }, 60_000);
  });
});
