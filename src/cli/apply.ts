import { readFile } from 'node:fs/promises';
import type { Applied, Definition } from 'askpro';
import { readArguments } from './arguments.ts';
import { databaseOption, refusing, storageOf, withEngine } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** `askpro apply FILE [--dry-run]` */
export async function runApply(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, { ...databaseOption, 'dry-run': { type: 'boolean' } }, ['FILE']);
  const [file = ''] = given.positionals;
  const dryRun = given.flag('dry-run');
  // The engine judges what the file says; here it only has to be JSON.
  const definition = parse(await contentOf(file, io), file) as Definition;
  const applied = await withEngine(await storageOf(given, io, false), (engine) =>
    engine.setup.apply(definition, { dryRun }),
  );
  if (!applied.ok) throw refusing(applied);
  io.out(report(applied, dryRun));
  return 0;
}

async function contentOf(file: string, io: Terminal): Promise<string> {
  if (file === '-') return io.stdin();
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusing({
      path: 'FILE',
      message: `${file} cannot be read (${code}); give the path of a setup document`,
    });
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's message may quote what stands there, which may be a secret; where it stands is help enough.
    const where = /line \d+ column \d+|Unexpected token '.'/su.exec(error instanceof Error ? error.message : '')?.[0];
    throw new Refusing({ path: 'FILE', message: `${file} is not JSON${where === undefined ? '' : `: ${where}`}` });
  }
}

function report({ changes, companies }: Applied, dryRun: boolean): string {
  const lines = changes.map(({ action, path, fields }) => {
    return `${action} ${path}${fields.length === 0 ? '' : ` (${fields.join(', ')})`}`;
  });
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`;
  const where = `${companies.length} ${companies.length === 1 ? 'company' : 'companies'}`;
  lines.push(dryRun ? `would make ${count} to ${where}` : `made ${count} to ${where}`);
  return `${lines.join('\n')}\n`;
}
