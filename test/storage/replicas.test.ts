import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../src/adapters/sequelize/index.ts';
import type { ServerOptions } from '../../src/adapters/sequelize/dialects/server/options.ts';
import type { Storage } from '../../src/adapter.ts';
import { openGate } from '../servers/gate.ts';
import { until } from '../servers/poll.ts';
import { childrenOf, signal } from '../servers/processTree.ts';
import { Booked, kinds, type Server } from './replicaKinds.ts';
import { bookingOf } from './sample.ts';

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
    const untilTheReplicaAnswers = (booked: Booked, storage = here, writer = elsewhere): Promise<void> =>
      until(
        async () => {
          const id = await booked.by(writer);
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
      await replica.crash();
      await dentist.seenBy(here);
      const second = await dentist.by(elsewhere);
      expect(await dentist.seenBy(here)).toContain(second);
      const own = await salon.by(here);
      expect(await salon.seenBy(here)).toContain(own);
    }, 60_000);

    test('not when it or another one was promoted: what it has then is of no use, until it follows the new primary', async () => {
      for (const sql of kind.makesUser) await primary.query(sql);
      await replica.restart();
      const next = await kind.further(primary, 0);
      endings.push(() => next.kill());
      const [gate, copyGate] = [await openGate(primary.port), await openGate(next.port)];
      endings.push(gate.close, copyGate.close);
      const at = (port: number): string =>
        url.replace(`:${primary.port}/`, `:${port}/`).replace('root@', `${kind.user}@`);
      const last = await dentist.by(elsewhere);
      const isThere = async (port: number, id: string): Promise<void> => {
        let inside: Storage | undefined;
        await until(
          async () => {
            // Whoever is allowed to look at it has to get there too.
            inside ??= await started({ url: at(port) }).catch(() => undefined);
            return inside !== undefined && (await dentist.seenBy(inside)).includes(id);
          },
          () => 'a replica does not catch up',
        );
      };
      await isThere(next.port, last);
      const onNext = await started({ url: at(next.port) });
      const behindGates = { url: at(gate.port), replicas: [at(copyGate.port)] };
      const client = await started({ ...behindGates, maxLagMs: 500 });
      const patient = await started({ ...behindGates, maxLagMs: 10_000 });
      const toRead = async (rounds: () => Promise<void>): Promise<void> => {
        const endMs = performance.now() + 600;
        await until(
          async () => {
            await rounds();
            return performance.now() > endMs;
          },
          () => 'it does not end',
        );
      };
      await toRead(async () => expect(await dentist.seenBy(client)).toContain(last));
      expect(await dentist.seenBy(patient)).toContain(last);

      // Promoted behind the back of the primary, which is idle: so it is as far as it, and has more.
      for (const sql of kind.promotes) await next.query(sql);
      const other = await dentist.by(onNext);
      await until(
        async () => !(await dentist.seenBy(client)).includes(other),
        () => 'who was promoted is still read as a replica',
        3000,
      );
      await toRead(async () => expect(await dentist.seenBy(client)).not.toContain(other));

      // What the primary still took went to the first replica alone, which so is ahead of the new primary for a while.
      copyGate.leadTo(replica.port);
      const lost = [await dentist.by(elsewhere), await dentist.by(elsewhere), await dentist.by(elsewhere)];
      for (const sql of kind.demotes) await primary.query(sql);
      gate.leadTo(next.port);
      await isThere(replica.port, lost[2] ?? '');
      // Told once by the server that was demoted, nobody goes there again, although the connections to it stay open.
      await expect(salon.by(client)).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
      const own = await salon.by(client);
      expect(await salon.seenBy(client)).toContain(own);
      await toRead(async () => expect(await salon.seenBy(client)).toContain(own));
      // By now it is longer ago than the limit that the former primary told its position.
      await toRead(async () => expect(await dentist.seenBy(client)).toContain(other));
      primary.kill();
      await toRead(async () => expect(await salon.seenBy(client)).toContain(own));

      const third = await kind.further(next, 2);
      endings.push(() => third.kill());
      copyGate.leadTo(third.port);
      await untilTheReplicaAnswers(dentist, patient, onNext);
      const newest = await salon.by(patient);
      expect(await salon.seenBy(patient)).toContain(newest);
    }, 90_000);
  });
});
