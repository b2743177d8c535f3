import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWith } from './cli.scene.ts';
import type { ExitCode } from './terminal.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly line: number;
  readonly key: string | null;
  readonly ok: boolean;
  readonly changes?: readonly { readonly action: string; readonly path: string }[];
  readonly errors?: readonly { readonly line: number; readonly path: string; readonly message: string }[];
}

interface Imported {
  readonly code: ExitCode;
  readonly rows: readonly Told[];
  readonly err: string;
}

async function askpro(database: string, args: readonly string[], stdin = ''): Promise<Imported> {
  const { code, out, err } = await runWith({}, ['import', ...args, '--db', join(folder, database)], stdin);
  const rows = out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Told]));
  return { code, rows, err };
}

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const header =
  'kind,key,name,timeZone,country,schedule,hours,resources,durationMinutes,price,branch,noticeMinutes,closed,timeOff,type,active';
const salonRows = (key: string, number: string): readonly string[] => [
  `company,${key},"Salon ""${key}"", Mitte",Europe/Berlin,DE,,,,,,,60,,,,`,
  `branch,mitte,Mitte,,,,,,,,,,,,,`,
  `number,${number},,,,,,,,,mitte,,,,,`,
  `schedule,week,,,,,mo-fr 9:00-12:00 13:00-18:00 | sa 09:00-14:00,,,,,,2026-12-24|2026-12-27..2027-01-02,,,`,
  `resource,anna,Anna,,,week,,,,,,,,2026-12-01T00:00+01:00..2026-12-08T00:00+01:00,,`,
  `resource,room,Room,,,week,,,,,,,,,room,`,
  `service,cut,Cut,,,,,anna,45,"39,50 EUR",,,,,,`,
];

test('a salon is brought in from a spreadsheet with all that its rows say, and again nothing changes', async () => {
  const file = write('one.csv', `\uFEFF${[header, ...salonRows('one', '+49301111111')].join('\r\n')}\r\n`);
  const dry = await askpro('one.db', [file, '--dry-run']);
  expect(dry).toMatchObject({ code: 0, rows: [{ line: 2, key: 'one', ok: true }] });
  expect(dry.err).toMatch(/^1 companies in [\d.]+ s: 1 would be changed, 0 unchanged, 0 would be refused\n$/);
  const first = await askpro('one.db', [file]);
  expect(first.rows).toEqual(dry.rows);
  expect(first.rows[0]?.changes?.map(({ path }) => path)).toEqual([
    'companies.one',
    'companies.one.branches.mitte',
    'companies.one.numbers.+49301111111',
    'companies.one.schedules.week',
    'companies.one.resources.anna',
    'companies.one.resources.room',
    'companies.one.services.cut',
  ]);
  expect(await askpro('one.db', [file])).toMatchObject({ code: 0, rows: [{ ok: true, changes: [] }] });

  const [{ createEngine }, { sqlite }] = await Promise.all([import('askpro'), import('askpro/adapters/sequelize')]);
  const engine = await createEngine({ storage: sqlite(join(folder, 'one.db')), relay: false });
  const line = await engine.phone.resolve({ to: '+49301111111' });
  if (!line.ok) throw new Error(line.refusal.code);
  const read = await engine.setup.company(line.company.id).definition();
  await engine.stop();
  expect(read).toMatchObject({
    definition: {
      name: 'Salon "one", Mitte',
      policies: { noticeMinutes: 60 },
      schedules: [
        {
          weekly: [
            { days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '12:00' },
            { days: ['mo', 'tu', 'we', 'th', 'fr'], from: '13:00', to: '18:00' },
            { days: ['sa'], from: '09:00', to: '14:00' },
          ],
          closedDates: [
            { from: '2026-12-24', to: '2026-12-24' },
            { from: '2026-12-27', to: '2027-01-02' },
          ],
        },
      ],
      resources: [{ timeOff: [{ start: '2026-11-30T23:00:00.000Z' }] }, { kind: 'room' }],
      services: [{ durationMinutes: 45, price: { amountMinor: 3950, currency: 'EUR' }, resources: ['anna'] }],
    },
  });
});

test('what is wrong is told by its line and column, and nothing of that salon is written', async () => {
  const bad = salonRows('bad', '+49302222222').map((row) =>
    row.replace('mo-fr', 'mo-xx').replace(',45,', ',soon,').replace('39,50 EUR', '39,505 EUR'),
  );
  const worse = salonRows('worse', '123').map((row) => row.replace(',anna,45,', ',nobody,47,'));
  const rows = [header, ...bad, ...worse, 'colour,red', ...salonRows('good', '+49303333333')];
  const file = write('bad.csv', rows.join('\n'));
  const told = await askpro('bad.db', [file]);
  expect(told.code).toBe(1);
  expect(told.rows.map(({ line, key, ok }) => [line, key, ok])).toEqual([
    [2, 'bad', false],
    [9, 'worse', false],
    [17, 'good', true],
  ]);
  expect(told.rows[0]?.errors?.map(({ line, path }) => [line, path])).toEqual([
    [5, 'hours'],
    [8, 'durationMinutes'],
    [8, 'price'],
  ]);
  expect(told.rows[1]?.errors).toMatchObject([{ line: 16, path: 'kind' }]);
  const corrected = write('corrected.csv', [header, ...worse].join('\n'));
  const again = await askpro('bad.db', [corrected]);
  expect(again.rows[0]?.errors?.map(({ line, path }) => [line, path])).toEqual([
    [8, 'resources[0]'],
    [4, 'key'],
    [8, 'durationMinutes'],
  ]);
  // Neither of the two is there, not even its first rows.
  const [{ createEngine }, { sqlite }, { Directory }] = await Promise.all([
    import('askpro'),
    import('askpro/adapters/sequelize'),
    import('askpro/adapter'),
  ]);
  const engine = await createEngine({ storage: sqlite(join(folder, 'bad.db')), relay: false });
  const known = await engine.get(Directory).companies();
  await engine.stop();
  expect(known.map(({ key }) => key)).toEqual(['good']);
});

test('a number of another salon is refused at its row', async () => {
  const file = write(
    'doubles.csv',
    [
      header,
      ...salonRows('a', '+49304444444'),
      ...salonRows('b', '+49304444444'),
      ...salonRows('a', '+49305555555'),
    ].join('\n'),
  );
  const told = await askpro('doubles.db', [file]);
  expect(told.rows.map(({ ok }) => ok)).toEqual([true, false, false]);
  expect(told.rows[1]?.errors).toEqual([
    { line: 11, path: 'key', message: 'belongs to another company: +49304444444' },
  ]);
  expect(told.rows[2]?.errors).toEqual([
    { line: 16, path: 'key', message: 'is given twice: a stands in line 2 already' },
  ]);
});

test('definitions come one a line, and a line that is none does not stop the others', async () => {
  const definition = (key: string): string =>
    JSON.stringify({ key, name: key, timeZone: 'UTC', country: 'DE', branches: [{ key: 'b', name: 'B' }] });
  const lines = [definition('one'), '', '{"key":"two", SECRET}', '[]', definition('Three'), 'null', definition('four')];
  const told = await askpro('lines.db', [write('lines.ndjson', `${lines.join('\r\n')}\n`)]);
  expect(told.code).toBe(1);
  expect(told.rows.map(({ line, key, ok }) => [line, key, ok])).toEqual([
    [1, 'one', true],
    [3, null, false],
    [4, null, false],
    [5, 'Three', false],
    [6, null, false],
    [7, 'four', true],
  ]);
  expect(told.rows[3]?.errors).toMatchObject([{ line: 5, path: 'key' }]);
  expect(JSON.stringify(told.rows)).not.toContain('SECRET');
});

test.each([
  ['no columns.csv', 'name,key\n', /line 1: must name the columns, among them kind and key; kind is missing/],
  [
    'unknown column.csv',
    'kind,key,colour\n',
    /line 1: names a column that is not known: "colour"; there are: kind, key/,
  ],
  ['twice.csv', 'kind,key,key\n', /names a column twice: key/],
  ['empty.csv', '', /has no company in it/],
  ['header only.csv', `${header}\n`, /has no company in it/],
  ['open.csv', `${header}\ncompany,"a\n`, /line 2: has a quote that is never closed/],
  ['latin.csv', Buffer.from(`${header}\ncompany,a,M\u00fcller`, 'latin1'), /is not UTF-8/],
  ['what.txt', '', /--format: is missing/],
])('%s cannot be used, which ends with 2', async (name, content, message) => {
  const told = await askpro('unusable.db', [write(name, content)]);
  expect([told.code, told.rows]).toEqual([2, []]);
  expect(told.err).toMatch(message);
});

test('a file that is not there makes no database', async () => {
  const told = await askpro('never.db', [join(folder, 'typo.csv')]);
  expect(told).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read (ENOENT)') as string });
  expect(() => readFileSync(join(folder, 'never.db'))).toThrow();
});

test('five hundred salons come in, the bad ones among them told, and again nothing changes', async ({ annotate }) => {
  const isBad = (index: number): boolean => index % 50 === 7;
  const rows = Array.from({ length: 500 }, (_, index) => {
    const salon = salonRows(`salon-${index}`, `+4930${1_000_000 + index}`);
    return isBad(index) ? salon.map((row) => row.replace('Europe/Berlin', 'Berlin')) : salon;
  });
  const file = write('many.csv', [header, ...rows.flat()].join('\n'));
  const first = await askpro('many.db', [file]);
  expect(first.code).toBe(1);
  expect(first.rows.filter(({ ok }) => ok)).toHaveLength(490);
  expect(first.rows.filter(({ ok }) => !ok).map(({ line, errors }) => [line, errors?.[0]?.path])).toEqual(
    Array.from({ length: 10 }, (_, index) => [2 + 7 * (50 * index + 7), 'timeZone']),
  );
  const again = await askpro('many.db', [file]);
  expect(again.rows.flatMap(({ changes = [] }) => changes)).toEqual([]);
  void annotate(`first: ${first.err}again: ${again.err}`);
}, 120_000);
