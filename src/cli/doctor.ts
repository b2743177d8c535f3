import type { StorageFinding } from 'askpro/adapters/sequelize';
import { readArguments } from './arguments.ts';
import { databaseOption, storageOf } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const options = {
  ...databaseOption,
  storage: { type: 'boolean' },
  json: { type: 'boolean' },
  company: { type: 'string' },
} as const;

/** `askpro doctor --storage [--company KEY] [--json]` */
export async function runDoctor(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, options, []);
  if (!given.flag('storage'))
    throw new Refusing({ path: '--storage', message: 'is missing: it is what the doctor can look at' });
  const company = given.text('company');
  const storage = await storageOf(given, io, true);
  const [{ checkStorage }, { EngineError }] = await Promise.all([
    import('askpro/adapters/sequelize'),
    import('askpro'),
  ]);
  const tell = given.flag('json')
    ? (finding: StorageFinding): void => io.out(`${JSON.stringify(finding)}\n`)
    : (finding: StorageFinding): void => io.out(readable(finding));
  const count = { error: 0, warning: 0 };
  try {
    for await (const finding of checkStorage(storage, { company })) {
      count[finding.severity]++;
      tell(finding);
    }
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'OPTION_INVALID') throw error;
    throw new Refusing({ path: '--company', message: error.message.replace(/^OPTION_INVALID: company: /, '') });
  }
  io.err(`${storage.name}: ${count.error} errors, ${count.warning} warnings\n`);
  return count.error === 0 ? 0 : 1;
}

const readable = ({ code, severity, company, subject, message, fix }: StorageFinding): string =>
  `${severity} ${code}${company === null ? '' : ` in ${company}`}: ${subject} ${message}\n    ${fix}\n`;
