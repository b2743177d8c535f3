import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One published entry point, as `exports` of package.json names it. */
export interface Entry {
  /** What an importer writes, such as `askpro/slots`. */
  readonly name: string;
  /** A file name made of it, such as `askpro-slots`. */
  readonly slug: string;
  /** The module and its declarations, absolute. */
  readonly modulePath: string;
  readonly typesPath: string;
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

/** The entry points of the package in a folder, in the order of its manifest. */
export function publishedEntries(root: string): readonly Entry[] {
  const { name: packageName, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string') return [];
    const name = packageName + subpath.slice(1);
    return {
      name,
      slug: name.replaceAll('/', '-'),
      modulePath: join(root, target.default),
      typesPath: join(root, target.types),
    };
  });
}

/** The folder that a script works on: `--root DIR`, else the working folder. */
export function rootFolder(args: readonly string[]): string {
  const at = args.indexOf('--root');
  return (at < 0 ? undefined : args[at + 1]) ?? process.cwd();
}

/** Prints what is wrong and ends the process accordingly. */
export function report(problems: readonly string[], allWell: string): void {
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(allWell);
  else process.exitCode = 1;
}
