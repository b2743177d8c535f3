import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAgenda } from '../../src/adapters/sequelize/agenda.ts';
import { bookingSql } from '../../src/adapters/sequelize/bookingSql.ts';
import { busyProgram } from '../../src/adapters/sequelize/busyRead.ts';
import type { Database } from '../../src/adapters/sequelize/dialect.ts';
import { mysqlDialect } from '../../src/adapters/sequelize/dialects/mysql/dialect.ts';
import { postgresDialect } from '../../src/adapters/sequelize/dialects/postgres/dialect.ts';
import { serverSettings } from '../../src/adapters/sequelize/dialects/server/options.ts';
import { idBytes } from '../../src/adapters/sequelize/ids.ts';
import { mariadb, migrate, partitions, postgres, sqlite } from '../../src/adapters/sequelize/index.ts';
import { listAppointments, searchCustomers } from '../../src/adapters/sequelize/listing.ts';
import { rows } from '../../src/adapters/sequelize/program.ts';
import { purgeSql } from '../../src/adapters/sequelize/sweepProgram.ts';
import type { Program, Step } from '../../src/adapters/sequelize/program.ts';
import { uuidV7Source } from '../../src/adapter.ts';
import type { Appointment, StorageFactory } from '../../src/adapter.ts';
import { until } from '../servers/poll.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { canHavePostgres, startPostgres } from '../servers/postgres.ts';
import { minutes, mondayMs, newId, sampleAppointment, sampleCompany } from './sample.ts';

const thisYear = new Date().getUTCFullYear();
const idIn = (year: number): Appointment['id'] => {
  const idAt = uuidV7Source((bytes) => crypto.getRandomValues(bytes));
  return idAt(Date.UTC(year, 5, 1)) as Appointment['id'];
};

const companies = Array.from({ length: 12 }, () => sampleCompany(4));
const [config = sampleCompany(4)] = companies;
const company = config.company.id;
const staff = config.resources.map(({ id }) => id);
const [one = newId<(typeof staff)[number]>()] = staff;
const branchId = config.branches[0]?.id ?? newId<Appointment['branchId']>();

/** Appointments of many days, made in four years, the last of which has no part of its own at first. */
const seeded = (of: typeof config, count: number): Appointment[] =>
  Array.from({ length: count }, (_, index) => {
    const resource = of.resources[index % 4]?.id ?? one;
    const row = sampleAppointment(of, resource, mondayMs + minutes(30 * index));
    return { ...row, id: idIn(thisYear - 1 + (index % 4)), customerId: newId() };
  });

async function seed(factory: StorageFactory): Promise<readonly Appointment[]> {
  const storage = await factory.create({});
  await storage.start();
  let own: Appointment[] = [];
  for (const of of companies) {
    const all = seeded(of, 240);
    if (of === config) own = all;
    const customers = Array.from({ length: 60 }, (_, index) => ({
      id: newId<NonNullable<Appointment['customerId']>>(),
      companyId: of.company.id,
      phone: `+4930${100_000 + index}`,
      name: `Name ${index}`,
      email: null,
      locale: null,
      noShows: 0,
    }));
    const claims = all
      .slice(0, 40)
      .map(({ id, spans }) => ({ owner: id, spans, grainMs: minutes(5), expiresMs: null }));
    const appointments = all.map((row) => ({ row, expectedVersion: 0 }));
    await storage.write(of.company.id, { appointments, customers, claims, events: [] });
  }
  await storage.stop();
  return own;
}

interface Ground {
  readonly factory: StorageFactory;
  readonly database: Database;
  /** Another database, which nobody has migrated. */
  fresh(): Promise<StorageFactory>;
  run(sql: string): Promise<unknown>;
  stop(): Promise<unknown>;
}

const range = { fromMs: mondayMs, toMs: mondayMs + minutes(480), limit: 50 } as const;

function firstStep(program: Program<unknown>): Step {
  const step = program.next();
  if (step.done === true) throw new TypeError('the program runs no statement');
  return step.value;
}

const one16 = idBytes(company);
const plain = (sql: string, ...values: Step['values']): Step => ({ sql, values, wants: 'rows', least: 0 });

/** What each statement reads, and whether of the index alone. */
const statements: Readonly<Record<string, readonly [step: (database: Database) => Step, index: RegExp, covered: boolean]>> = {
  'the busy read': [({ sql }) => firstStep(busyProgram(sql, one16, { resourceIds: staff.slice(0, 1), ...range }, 1)), /PRIMARY|spans_pkey/, true],
  "a branch's day": [() => firstStep(listAgenda(company, { ...range, branchId })), /appointments_by_day|_branch_id_/, true],
  'the same of a status': [() => firstStep(listAgenda(company, { ...range, branchId, statuses: ['confirmed'] })), /appointments_by_day|_branch_id_/, true],
  'appointments of a branch': [() => firstStep(listAppointments(company, { ...range, branchId })), /appointments_by_day|_branch_id_/, false],
  'what has changed': [() => firstStep(listAppointments(company, { updatedFromMs: mondayMs + minutes(6000), sort: 'updated', limit: 50 })), /appointments_by_update|_updated_ms_/, false],
  'customers by name': [() => firstStep(searchCustomers(company, { by: 'name', prefix: 'n', limit: 5 })), /customers_by_name/, false],
  'customers by number': [() => firstStep(searchCustomers(company, { by: 'phone', prefix: '+49', limit: 5 })), /customers_phone/, false],
}; // prettier-ignore

/** What the purge does to many rows at once, with the key of one and the index of it. */
const purged: Readonly<Record<string, readonly [sql: string, key: (row: Appointment) => Step['values'], index: RegExp]>> = {
  claims: [purgeSql.claims.many, ({ id, startMs }) => [one16, idBytes(one), startMs / minutes(5), startMs / minutes(5) + 6, idBytes(id)], /claims_pkey|range PRIMARY/],
  spans: [purgeSql.spans.many, ({ id, startMs }) => [one16, idBytes(one), startMs, idBytes(id)], /spans_pkey|spans_by_owner|range PRIMARY/],
  'spans of holds': [purgeSql.spansOf.many, ({ id }) => [one16, idBytes(id)], /spans_by_owner|_owner_id_/],
}; // prettier-ignore

/** A resource has twenty thousand half hours to come, each with one claim. */
const manyToCome = (isPostgres: boolean): readonly string[] => {
  const [id, from] = isPostgres
    ? [(hex: string) => `'${hex}'::uuid`, 'generate_series(1::bigint, 20000) AS s (seq)']
    : [(hex: string) => `UNHEX('${hex}')`, 'seq_1_to_20000 AS s'];
  const [of, subject] = [company, one].map((each) => id(each.replaceAll('-', '')));
  const startMs = `${mondayMs + minutes(30 * 1000)} + s.seq * ${minutes(30)}`;
  return [
    `INSERT INTO claims SELECT ${of}, ${subject}, 9000000 + s.seq, 0, ${of}, NULL FROM ${from}`,
    'INSERT INTO spans (company_id, resource_id, start_ms, owner_id, end_ms, first_cell, end_cell)' +
      ` SELECT ${of}, ${subject}, ${startMs}, ${of}, ${startMs} + 1, 0, 0 FROM ${from}`,
  ];
};

const grounds: Readonly<Record<'MariaDB' | 'PostgreSQL', { readonly canHave: () => boolean; start(): Promise<Ground> }>> = {
  MariaDB: {
    canHave: canHaveMariadb,
    async start() {
      const server = await startMariadb(fastMariadb);
      const url = await server.createDatabase();
      const factory = mariadb(url);
      await migrate(factory, 'up');
      const database = await mysqlDialect(serverSettings('mariadb', url)).open(undefined);
      const run = (sql: string) => database.sequelize.query(sql);
      const fresh = async () => mariadb(await server.createDatabase());
      return { factory, database, fresh, run, stop: () => database.close().finally(() => server.stop()) };
    },
  },
  PostgreSQL: {
    canHave: canHavePostgres,
    async start() {
      const server = await startPostgres();
      const url = await server.createDatabase();
      const factory = postgres(url);
      await migrate(factory, 'up');
      const database = await postgresDialect(serverSettings('postgres', url)).open(undefined);
      const run = (sql: string) => database.sequelize.query(sql);
      const fresh = async () => postgres(await server.createDatabase());
      return { factory, database, fresh, run, stop: () => database.close().finally(() => server.stop()) };
    },
  },
}; // prettier-ignore

describe.each(['MariaDB', 'PostgreSQL'] as const)('on %s', (name) => {
  const { canHave, start } = grounds[name];
  describe.skipIf(!canHave())('history by years', () => {
    let at: Ground;
    let own: readonly Appointment[];
    const isPostgres = name === 'PostgreSQL';

    beforeAll(async () => {
      at = await start();
      own = await seed(at.factory);
      await at.run(isPostgres ? 'VACUUM ANALYZE' : 'ANALYZE TABLE appointments, spans, customers, calls');
      if (!isPostgres) return;
      // What anyone who is just going away still sees is cleaned up only once he is gone.
      const day = firstStep(listAgenda(company, { ...range, branchId }));
      await until(
        async () => {
          await at.run('VACUUM');
          return !/Heap Fetches: [1-9]/.test(await explained(day));
        },
        () => 'PostgreSQL still looks into the table',
      );
    }, 120_000);
    afterAll(() => at.stop());

    const counted = async (part: string): Promise<number> => {
      const of = isPostgres ? `appointments_${part}` : `appointments PARTITION (${part})`;
      return Number((await at.database.read(() => rows(`SELECT COUNT(*) FROM ${of}`, [])))[0]?.[0]);
    };
    const explained = async (step: Step): Promise<string> => {
      const explain = isPostgres ? 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF)' : 'EXPLAIN';
      const told = await at.database.read(() => rows(`${explain} ${step.sql}`, step.values));
      return told.map((row) => row.join(' ')).join('\n');
    };

    test.each(Object.entries(statements))('%s follows its index', async (_, [step, index, covered]) => {
      const plan = await explained(step(at.database));
      expect(plan).toMatch(index);
      expect(plan).not.toMatch(
        isPostgres ? /Seq Scan on (appointments|spans|customers)|^( *-> +)?Sort/m : /filesort|SIMPLE \w+ ALL /,
      );
      // What InnoDB reads by its key it reads from the key, and says nothing of it.
      if (covered) expect(plan).toMatch(isPostgres ? /Index Only Scan/ : /Using index|spans range PRIMARY/);
      if (covered && isPostgres) expect(plan).not.toMatch(/Heap Fetches: [1-9]/);
    });

    test('appointments of a resource follow its index', async () => {
      const plan = await explained(firstStep(listAppointments(company, { ...range, resourceId: one })));
      expect(plan).toMatch(/appointments_by_staff|_staff_id_/);
      expect(plan).not.toMatch(/Seq Scan on appointments_(earlier|later|y)|a ALL /);
    });

    test('control: a read without an index is seen', async () => {
      const plan = await explained(plain('SELECT id FROM appointments WHERE source = ? ORDER BY notes', 'x'));
      expect(plan).toMatch(isPostgres ? /^ *(-> +)?Sort[^]*Seq Scan on appointments/m : / ALL [^]*filesort/);
    });

    describe('what is over', () => {
      beforeAll(async () => {
        for (const sql of manyToCome(isPostgres)) await at.run(sql);
        await at.run(isPostgres ? 'ANALYZE' : 'ANALYZE TABLE spans, claims');
      });

      test.each(Object.entries(purged))(
        '%s are sought along their key, many at a time',
        async (_, [sql, key, index]) => {
          const values = own.slice(0, 32).flatMap((row) => key(row));
          const told = await at.database.read(() => rows(`EXPLAIN ${sql}`, values));
          const plan = told.map((row) => row.join(' ')).join('\n');
          expect(plan).toMatch(index);
          expect(plan).not.toMatch(isPostgres ? /Seq Scan/ : / (ALL|index) /);
          // A search of the index for each, or a few dozen rows to be looked at.
          if (isPostgres) expect(plan.match(/Index Cond/g)).toHaveLength(32);
          else
            for (const row of told)
              expect(Number(row.find((cell) => typeof cell === 'number' && cell > 1) ?? 1)).toBeLessThan(300);
        },
      );
    });

    test('each row lies in the part of its year, and those of a year without a part in the last one', async () => {
      const each = own.length * 3;
      expect(await counted('earlier')).toBe(each);
      expect(await counted(`y${thisYear}`)).toBe(each);
      expect(await counted(`y${thisYear + 1}`)).toBe(each);
      expect(await counted('later')).toBe(each);
    });

    test('a read by id looks at one part alone', async () => {
      const id = own.find((row) => row.id < idIn(thisYear))?.id ?? own[0]?.id ?? '';
      const values = [one16, idBytes(id)];
      const told = await at.database.read(() =>
        rows(`${isPostgres ? 'EXPLAIN' : 'EXPLAIN PARTITIONS'} ${bookingSql.appointment}`, values),
      );
      const plan = told.map((row) => row.join(' ')).join('\n');
      expect(plan).toMatch(/earlier/);
      expect(plan).not.toMatch(/later|y\d{4}/);
    });

    test('a year that is added takes over its rows, and adding it twice changes nothing', async () => {
      const year = `y${thisYear + 2}`;
      const first = await partitions(at.factory, { years: 2 });
      expect(first.added).toEqual([year]);
      expect(first.parts.map((part) => part.name)).toEqual([
        'earlier',
        `y${thisYear}`,
        `y${thisYear + 1}`,
        year,
        'later',
      ]);
      expect(await counted(year)).toBe(own.length * 3);
      expect(await counted('later')).toBe(0);
      const again = await partitions(at.factory, { years: 2 });
      expect(again).toMatchObject({ isSplit: true, added: [] });
      expect(again.parts.map((part) => part.name)).toEqual(first.parts.map((part) => part.name));
      const storage = await at.factory.create({});
      await storage.start();
      const listed = await storage.appointments(company, { limit: 1000 });
      await storage.stop();
      expect(listed).toEqual(own);
    });

    test('a database that has not been migrated is refused as such', async () => {
      await expect(partitions(await at.fresh())).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_OLDER' });
    });

    test('two who add years at once add each of them once', async () => {
      const ends = await Promise.all([1, 2].map(() => partitions(at.factory, { years: 4 })));
      expect(ends.flatMap(({ added }) => added).sort()).toEqual([`y${thisYear + 3}`, `y${thisYear + 4}`]);
    });
  });
});

test('SQLite keeps all years in one table, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-years-'));
  try {
    const storage = sqlite(join(folder, 'a.db'));
    await migrate(storage, 'up');
    expect(await partitions(storage)).toEqual({ isSplit: false, parts: [], added: [] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
