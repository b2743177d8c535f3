import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mariadb, migrate } from '../../src/adapters/sequelize/index.ts';
import type { Bench } from '../engine/salon.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { BookedFirm } from './booked.ts';
import { firms, town } from './firms.ts';
import { questions } from './questions.ts';
import type { Traffic } from './statements.ts';

const some = firms.filter(({ isLimited }) => isLimited);

describe.skipIf(!canHaveMariadb())('on MariaDB', () => {
  const endings: (() => Promise<unknown>)[] = [];
  const booked = new Map<string, BookedFirm>();
  let made: Bench;
  let raw: Connection;

  beforeAll(async () => {
    const server = await startMariadb(fastMariadb);
    endings.push(() => server.stop());
    const url = await server.createDatabase();
    await migrate(mariadb(url), 'up');
    raw = await createConnection({ uri: url });
    endings.push(() => raw.end());
    made = await town(some, mariadb(url));
    endings.push(() => made.close());
    for (const firm of some) booked.set(firm.key, await BookedFirm.of(firm, await made.open(firm.key)));
  }, 180_000);
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });

  const counters = async (): Promise<Traffic> => {
    const [told] = await raw.query<RowDataPacket[]>(
      "SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_select', 'Rows_sent')",
    );
    const of = (name: string): number => Number(told.find((row) => row['Variable_name'] === name)?.['Value']);
    return { statements: of('Com_select'), rows: of('Rows_sent') };
  };
  /** As the server counts it. What it tells of itself is told as rows too, and is found out first. */
  const trafficOf = async (work: () => Promise<unknown>): Promise<Traffic> => {
    const [idle, before] = [await counters(), await counters()];
    await work();
    const after = await counters();
    return {
      statements: after.statements - before.statements - (before.statements - idle.statements),
      rows: after.rows - before.rows - (before.rows - idle.rows),
    };
  };

  describe.each(questions)('$name ($service)', ({ service, reads, beside = 0, ask }) => {
    test.each(some)('takes as many statements, and no row that does not overlap, with $key', async ({ key }) => {
      const door = await made.open(key);
      const firm = booked.get(key) ?? expect.fail();
      const rows = reads.reduce((sum, range) => sum + firm.rowsOf(service, range), 0);
      expect(await trafficOf(() => ask(door))).toEqual({ statements: reads.length + beside, rows });
    });
  });
});
