import type { AppointmentId, CallId, CompanyDoor, CompanyId, Engine, Trace } from 'askpro';
import { readArguments } from './arguments.ts';
import { companyNamed, databaseOption, storageOf, withEngine } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const options = { ...databaseOption, company: { type: 'string' }, json: { type: 'boolean' } } as const;

/** Whose calls are looked for where none is named before the id. */
const PROVIDERS = ['retell', 'vapi', 'twilio'];

/** `askpro trace CALL|APPOINTMENT [--company KEY] [--json]` */
export async function runTrace(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, options, ['CALL|APPOINTMENT']);
  const [subject = ''] = given.positionals;
  const trace = await withEngine(await storageOf(given, io, true), (engine) =>
    traceOf(engine, subject, given.text('company')),
  );
  io.out(given.flag('json') ? `${JSON.stringify(trace)}\n` : readable(trace));
  return 0;
}

async function traceOf(engine: Engine, subject: string, companyKey: string | undefined): Promise<Trace> {
  const { Directory, parseId } = await import('askpro/adapter');
  const named = companyKey === undefined ? undefined : await companyNamed(engine, companyKey, '--company');
  // A call of a provider leads to its company; nothing else does.
  const directory = engine.get(Directory);
  const colon = subject.indexOf(':');
  const calls = colon > 0 ? [subject.slice(0, colon)] : PROVIDERS;
  const providerCallId = subject.slice(colon + 1);
  for (const provider of calls) {
    const company = await directory.providerCall(provider, providerCallId);
    if (company === undefined || (named !== undefined && company !== named)) continue;
    const found = await (await doorTo(engine, company)).trace({ provider, providerCallId });
    if (found.ok) return found.trace;
  }
  const id = parseId(subject);
  if (id === undefined) throw unknown(subject, 'there is no such call; give PROVIDER:ID as the provider names it');
  if (named === undefined)
    throw new Refusing({ path: '--company', message: 'must name the company whose appointment or call this is' });
  const door = await doorTo(engine, named);
  for (const of of [{ appointment: id as string as AppointmentId }, { call: id as string as CallId }]) {
    const found = await door.trace(of);
    if (found.ok) return found.trace;
  }
  throw unknown(subject, `there is no such appointment or call of ${companyKey ?? ''}`);
}

const unknown = (subject: string, message: string): Refusing =>
  new Refusing({ path: 'CALL|APPOINTMENT', message: `${JSON.stringify(subject)}: ${message}` });

async function doorTo(engine: Engine, company: CompanyId): Promise<CompanyDoor> {
  const door = await engine.company(company);
  if (door.ok) return door;
  throw new Refusing({ path: '--company', message: 'is switched off; switch it on in the setup to look into it' });
}

/** A line for each step, then one for each row that is stored now. */
function readable({ timeline, rows }: Trace): string {
  const steps = timeline.map(({ at, kind, told }) => `${at}  ${kind.padEnd(11)}  ${fields(told)}`);
  const stored = rows.map(({ row, id, told }) => `${row.padEnd(11)}  ${id}  ${fields(told)}`);
  return `${[...(steps.length === 0 ? ['nothing was noted'] : steps), '', 'stored now', ...stored].join('\n')}\n`;
}

const fields = (told: Trace['rows'][number]['told']): string =>
  Object.entries(told)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `${name}=${typeof value === 'string' && /\s/.test(value) ? JSON.stringify(value) : String(value)}`,
    )
    .join(' ');
