import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { migrate, sqlite, storageAt } from './index.ts';

const entry = fileURLToPath(new URL('index.ts', import.meta.url));

const loadedBy = (script: string): readonly string[] => {
  // The loader's hook tells every module that the script brings in.
  const hook = `import { registerHooks } from 'node:module';
    registerHooks({ load(url, context, next) { console.log(url); return next(url, context); } });`;
  const result = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );
  expect(result.stderr).toBe('');
  return result.stdout.split('\n');
};

const importing = `import { sqlite } from ${JSON.stringify(entry)};`;
const heavy = /node_modules\/(sequelize|umzug|mysql2)\/|node:sqlite/;

test('importing the entry and making a factory loads no database library', () => {
  expect(loadedBy(`${importing} sqlite('a.db');`).filter((url) => heavy.test(url))).toEqual([]);
});

test('control: starting the storage does load them, so the test above can see', () => {
  const starting = `${importing} const s = await sqlite(':memory:').create({}); await s.start(); await s.stop();`;
  expect(loadedBy(starting).some((url) => heavy.test(url))).toBe(true);
});

test.each([
  [{ file: '' }, 'file'],
  [{ file: 'a.db', synchronous: 'OFF' as 'FULL' }, 'synchronous'],
  [{ file: 'a.db', busyLimitMs: -1 }, 'busyLimitMs'],
  [{ file: 'a.db', readers: 0 }, 'readers'],
  [{ file: 'a.db', migrate: 'never' as 'auto' }, 'migrate'],
])('options that cannot be used are refused by the name of the field: %j', (options, field) => {
  expect(() => sqlite(options)).toThrow(new RegExp(`OPTION_INVALID.*${field}`));
});

test('a storage tells its name and is not used before its start or after its stop', async () => {
  const factory = sqlite(':memory:');
  expect(factory.name).toBe('sqlite(:memory:)');
  const storage = await factory.create({});
  await expect(storage.now()).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
  await storage.start();
  expect(Math.abs((await storage.now()) - Date.now())).toBeLessThan(1000);
  await storage.stop();
  await expect(storage.directory.companies()).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
});

test("another adapter's factory cannot be migrated here", async () => {
  const other = { name: 'other', create: () => Promise.reject(new Error('never')) };
  await expect(migrate(other, 'status')).rejects.toMatchObject({ code: 'OPTION_INVALID' });
});

test('a place is a file unless it begins as an address does, and an address names what it is of', () => {
  expect(storageAt('askpro.db').name).toBe('sqlite(askpro.db)');
  expect(storageAt('C:\\data\\askpro.db').name).toBe('sqlite(C:\\data\\askpro.db)');
  expect(storageAt('MySQL://ann:secret@host/askpro').name).toBe('mysql(host:3306/askpro)');
  expect(() => storageAt('redis://:secret@host/askpro')).toThrow(/OPTION_INVALID.*redis:\/\/ is none of them/);
  expect(() => storageAt('redis://:secret@host/askpro')).not.toThrow(/secret/);
});

test.each([
  'mysql://ann:12/secret@host/askpro',
  'postgres://ann:12/secret@host/askpro',
  'mysql://ann:12@secret/askpro/x',
  'postgres://ann@host/askpro?sslmode=secret',
])('an address that was not written as it must be is refused, and never told: %s', (place) => {
  expect(() => storageAt(place)).toThrow(/OPTION_INVALID.*url/);
  expect(() => storageAt(place)).not.toThrow(/secret/);
});
