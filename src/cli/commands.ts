import type { ExitCode, Terminal } from './terminal.ts';

/** One command of `askpro`. */
export interface Command {
  /** One or two words. */
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[], io: Terminal): Promise<ExitCode>;
}

/** Each command is loaded when it is run, so that `askpro slots` pays for nothing but the slot engine. */
const commands: readonly Command[] = [
  {
    name: 'slots',
    usage: '[--explain START] < case.json',
    summary: 'lists the bookable starts of a case, or says why START is not one; no database',
    async run(args, io) {
      const { runSlotsCommand } = await import('./slots.ts');
      const wantsInput = !args.includes('--help') && !args.includes('-h');
      const { stdout, stderr, exitCode } = runSlotsCommand(args, wantsInput ? await io.stdin() : '');
      io.out(stdout);
      io.err(stderr);
      return exitCode;
    },
  },
  {
    name: 'case',
    usage:
      'COMPANY --service KEY [--branch KEY] [--resource KEY] [--from START] [--to END | --count N] [--db DATABASE]',
    summary: 'writes what find would be asked as a case for askpro slots, without any data of customers',
    run: async (args, io) => (await import('./caseCommand.ts')).runCase(args, io),
  },
  {
    name: 'trace',
    usage: 'CALL|APPOINTMENT [--company KEY] [--json] [--db DATABASE]',
    summary: 'tells what happened around a call (PROVIDER:ID) or an appointment, without personal data',
    run: async (args, io) => (await import('./trace.ts')).runTrace(args, io),
  },
  {
    name: 'apply',
    usage: 'FILE [--dry-run] [--db DATABASE]',
    summary: 'brings companies, numbers, schedules and services into the state that FILE (- for stdin) describes',
    run: async (args, io) => (await import('./apply.ts')).runApply(args, io),
  },
  {
    name: 'import',
    usage: 'FILE [--format csv|ndjson] [--dry-run] [--db DATABASE]',
    summary:
      'brings many companies in, one after the other, with a report for each as a line of JSON; see docs/configuration.md',
    run: async (args, io) => (await import('./import.ts')).runImport(args, io),
  },
  {
    name: 'export',
    usage:
      'COMPANY appointments|customers|calls [--format csv|ndjson] [--from START] [--to END] [--out FILE] [--db FILE]',
    summary: 'writes all rows of a company as a table or as a line of JSON each, however many; see docs/data.md',
    run: async (args, io) => (await import('./exportCommand.ts')).runExport(args, io),
  },
  {
    name: 'customer export',
    usage: 'COMPANY CUSTOMER [--db FILE]',
    summary: 'prints everything that is stored of a customer, named by id or phone number, as JSON',
    run: async (args, io) => (await import('./customer.ts')).runCustomerExport(args, io),
  },
  {
    name: 'customer erase',
    usage: 'COMPANY CUSTOMER [--cancel-upcoming] [--db FILE]',
    summary: 'takes a customer out of all that is stored; see docs/data.md',
    run: async (args, io) => (await import('./customer.ts')).runCustomerErase(args, io),
  },
  {
    name: 'key create',
    usage: 'COMPANY --name NAME [--db DATABASE]',
    summary: 'makes an API key for the company and prints it, this once',
    run: async (args, io) => (await import('./keys.ts')).runKeyCreate(args, io),
  },
  {
    name: 'key revoke',
    usage: 'COMPANY KEY [--db DATABASE]',
    summary: 'switches a key off at once; KEY is its name, its id or its first 12 characters',
    run: async (args, io) => (await import('./keys.ts')).runKeyRevoke(args, io),
  },
  {
    name: 'migrate',
    usage: '[up|down [--lose-data]|status|sql [--all]] [--db DATABASE]',
    summary:
      'brings the database up to date, takes back the last migration, tells where it stands, or prints the SQL that up would run',
    run: async (args, io) => (await import('./migrate.ts')).runMigrate(args, io),
  },
  {
    name: 'backup',
    usage: 'FILE [--db DATABASE]',
    summary:
      'writes all that the database holds to FILE (- for stdout), as it is at one moment; see docs/operations.md',
    run: async (args, io) => (await import('./backup.ts')).runBackup(args, io),
  },
  {
    name: 'restore',
    usage: 'FILE [--db DATABASE]',
    summary: 'brings a backup (- for stdin) into an empty database of any kind, and lets the doctor look at it',
    run: async (args, io) => (await import('./backup.ts')).runRestore(args, io),
  },
  {
    name: 'doctor',
    usage: '--storage [--company KEY] [--json] [--db DATABASE]',
    summary:
      'looks for whatever does not fit in the database, such as time that is lost or closed by nobody; see docs/doctor.md',
    run: async (args, io) => (await import('./doctor.ts')).runDoctor(args, io),
  },
  {
    name: 'sweep',
    usage: '[--dry-run] [--json] [--db DATABASE]',
    summary: 'takes away what nobody needs any more, and what companies have kept for long enough; see docs/data.md',
    run: async (args, io) => (await import('./sweep.ts')).runSweep(args, io),
  },
  {
    name: 'partitions',
    usage: '[--years N] [--db FILE|URL]',
    summary: 'adds the years that the history of appointments lacks up to N (1) years from now, and lists all of them',
    run: async (args, io) => (await import('./partitions.ts')).runPartitions(args, io),
  },
  {
    name: 'retell functions',
    usage: '--base-url URL [--endpoint NAME] [--callbacks] [--waitlist]',
    summary: 'prints the function definitions to paste into a Retell agent',
    run: async (args, io) => (await import('./retell.ts')).runRetellFunctions(args, io),
  },
];

/** What `askpro --help` prints. */
export const helpText = `askpro, a booking engine

Usage:
${commands.map(({ name, usage, summary }) => `  askpro ${name} ${usage}\n      ${summary}\n`).join('')}
  askpro --help | --version

The database is --db, else ASKPRO_DATABASE, else ./askpro.db: the path of a file, or the address of a server
such as mysql://, mariadb:// or postgres://user:password@host/database. Other users of the machine can see --db, so a password belongs in
the variable.
Ends with 0 when done, 1 when something failed, 2 when what was asked for is wrong.
`;

type Found =
  | { readonly ok: true; readonly command: Command; readonly rest: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** The command that the arguments begin with. */
export function findCommand(args: readonly string[]): Found {
  const [first = '', second = ''] = args;
  for (const command of commands) {
    const words = command.name.split(' ').length;
    if (command.name === (words === 1 ? first : `${first} ${second}`))
      return { ok: true, command, rest: args.slice(words) };
  }
  const below = commands.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name] : []));
  const known = below.length > 0 ? below : commands.map(({ name }) => name);
  const given = below.length > 0 && second !== '' ? `${first} ${second}` : first;
  return { ok: false, message: `does not know the command ${JSON.stringify(given)}; there are: ${known.join(', ')}` };
}
