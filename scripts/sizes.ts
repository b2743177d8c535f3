/**
 * What each entry point costs its importer: its own modules, without dependencies, minified and compressed. The limits stand in
 * size-limits.json; `--update` sets them to what is measured and five in a hundred more. A `fixed` limit is a promise and stays.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { publishedEntries, report, rootFolder } from './entries.ts';

interface Limit {
  readonly gzipBytes: number;
  readonly fixed?: boolean;
}

const args = process.argv.slice(2);
const root = rootFolder(args);
const limitsFile = join(root, 'scripts/size-limits.json');
const HEADROOM = 1.05;

async function gzipBytes(modulePath: string): Promise<number> {
  const bundle = await rolldown({ input: modulePath, external: /^[^./\0]/, logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'es', minify: true, codeSplitting: false });
  await bundle.close();
  return gzipSync(output.map((file) => ('code' in file ? file.code : '')).join(''), { level: 9 }).length;
}

const limits = JSON.parse(readFileSync(limitsFile, 'utf8')) as Readonly<Record<string, Limit>>;
const measured = await Promise.all(
  publishedEntries(root).map(async ({ name, modulePath }) => ({ name, bytes: await gzipBytes(modulePath) })),
);
for (const { name, bytes } of measured) {
  console.log(`${name.padEnd(28)}${String(bytes).padStart(7)} of ${limits[name]?.gzipBytes ?? '?'} bytes`);
}

if (args.includes('--update')) {
  const next = measured.map(({ name, bytes }) => {
    const old = limits[name];
    return [name, old?.fixed ? old : { gzipBytes: Math.ceil(bytes * HEADROOM) }] as const;
  });
  writeFileSync(limitsFile, `${JSON.stringify(Object.fromEntries(next), null, 2)}\n`);
}

const current = JSON.parse(readFileSync(limitsFile, 'utf8')) as Readonly<Record<string, Limit>>;
report(
  measured.flatMap(({ name, bytes }) => {
    const limit = current[name];
    if (limit === undefined) return [`${name} has no limit; npm run size:update sets one`];
    if (bytes <= limit.gzipBytes) return [];
    return [
      `${name} is ${bytes} bytes and may be ${limit.gzipBytes}; make it smaller, or raise the limit with npm run size:update`,
    ];
  }),
  'every entry point is within its limit',
);
