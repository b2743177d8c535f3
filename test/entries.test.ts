import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publishedEntries } from '../scripts/entries.ts';

const root = join(import.meta.dirname, '..');
const entries = publishedEntries(root).map(({ name }) => name);

const namesBy = (code: string, ...options: readonly string[]): Readonly<Record<string, readonly string[]>> => {
  const output = execFileSync(process.execPath, [...options, '--eval', code], { cwd: root, encoding: 'utf8' });
  return JSON.parse(output) as Readonly<Record<string, readonly string[]>>;
};

test('every published name can be imported and required, and gives the same names both ways', () => {
  const list = JSON.stringify(entries);
  const imported = namesBy(
    `const found = {}; for (const name of ${list}) found[name] = Object.keys(await import(name)); console.log(JSON.stringify(found));`,
    '--input-type=module',
  );
  const required = namesBy(
    `const found = {}; for (const name of ${list}) found[name] = Object.keys(require(name)); console.log(JSON.stringify(found));`,
    '--input-type=commonjs',
  );
  for (const name of entries) {
    expect(imported[name]?.length).toBeGreaterThan(0);
    expect(required[name]?.filter((key) => key !== '__esModule').toSorted()).toEqual(imported[name]?.toSorted());
  }
});

test('the slot engine comes without any other module of the package’s dependencies', () => {
  const loaded = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      "import { registerHooks } from 'node:module'; const seen = []; registerHooks({ resolve(specifier, context, next) { seen.push(specifier); return next(specifier, context); } }); await import('askpro/slots'); console.log(JSON.stringify(seen));",
    ],
    { cwd: root, encoding: 'utf8' },
  );
  const foreign = (JSON.parse(loaded) as readonly string[]).filter((name) => !name.startsWith('.'));
  expect(foreign).toEqual(['askpro/slots']);
});
