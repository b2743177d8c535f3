import { randomInt } from 'node:crypto';
import { demoLines } from '../demo.ts';
import type { Differences } from './differences.ts';
import type { Answered, HostAddress } from './exchange.ts';
import { ProviderCall, type FunctionAnswer, type OfferTold } from './provider.ts';
import type { Report } from './report.ts';
import type { Rows } from './rows.ts';

/** Everything a scene of the play needs. */
export interface Stage {
  readonly host: HostAddress;
  /** The host's database. */
  readonly file: string;
  readonly rows: Rows;
  readonly report: Report;
  readonly check: Differences;
}

/** The company that is called. */
export const salon = demoLines.salon;
/** What is booked, by its key and as callers say it. */
export const haircut = { key: 'haircut', spoken: 'Haarschnitt' } as const;

/** Landline ranges of German cities that the regulator keeps free for fiction; the last three digits are free to choose. */
const fictionalRanges = ['+4930231250', '+4969900090', '+4940669690', '+4922147100', '+4989999980'] as const;

/** A number that no customer of the salon has, so that the play can be repeated on the same host. */
export function newCaller(rows: Rows): string {
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const range = fictionalRanges[randomInt(fictionalRanges.length)] ?? fictionalRanges[0];
    const number = `${range.slice(0, -1)}${String(randomInt(1_000)).padStart(3, '0')}`;
    const isOfDemo = number === salon.number || number === salon.secondNumber || number === demoLines.unknownNumber;
    if (!isOfDemo && rows.customerName(salon.company, number) === undefined) return number;
  }
  throw new Error('All fictional numbers have called this host before; begin with an empty data folder.');
}

/** Somebody calls the salon: the host is asked who that is, and told that the call has begun. */
export async function pickUp(stage: Stage, from: string): Promise<ProviderCall> {
  const { report, check, rows, host } = stage;
  const call = new ProviderCall(host, { from, to: salon.number, agentId: salon.agentId });
  const known = rows.customerName(salon.company, from);
  const ringing = await call.inbound();
  const variables = variablesOf(ringing);
  report.step(
    'inbound',
    ringing,
    `${variables['company_name'] ?? ''}, ${variables['today'] ?? ''}, ${variables['now'] ?? ''}`,
  );
  check.same('inbound status', ringing.status, 200);
  check.same('inbound company', variables['company_name'], 'Salon Mitte');
  check.same('inbound language', variables['language'], 'de');
  check.same('inbound caller known', variables['caller_known'], String(known !== undefined));
  check.same('inbound customer', variables['customer_name'], known ?? '');
  check.holds(
    'inbound variables are texts',
    Object.values(variables).every((value) => typeof value === 'string'),
  );
  const started = await call.event('call_started');
  report.step('call_started', started);
  check.same('call_started status', started.status, 204);
  check.same('call_started body', started.body, undefined);
  const row = rows.call(call.id);
  check.same('call row', row && { company: row.company, status: row.status, from: row.from, to: row.to }, {
    company: salon.company,
    status: 'ongoing',
    from,
    to: salon.number,
  });
  return call;
}

/** A date so many days ahead: far enough to be moved, and not the same in each run. */
export const daysAhead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The variables an agent's prompt was given. */
export function variablesOf({ body }: Answered): Readonly<Record<string, string>> {
  const { call_inbound: inbound } = (body ?? {}) as { call_inbound?: { dynamic_variables?: Record<string, string> } };
  return inbound?.dynamic_variables ?? {};
}

/** The agent asks; the answer is printed and judged as something that can be spoken. */
export async function ask(stage: Stage, call: ProviderCall, name: string, args: object): Promise<FunctionAnswer> {
  const asked = await call.ask(name, args);
  stage.report.step(`${name} ${spelled(args)}`, asked, asked.answer.say);
  judgeAnswer(stage, name, asked);
  return asked.answer;
}

const spelled = (args: object): string =>
  Object.entries(args)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

/** Judges an answer as something that can be spoken in time. */
export function judgeAnswer(
  { check }: Stage,
  name: string,
  asked: Answered & { readonly answer: FunctionAnswer },
): void {
  const { say } = asked.answer;
  check.same(`${name} status`, asked.status, 200);
  check.holds(`${name} answers within 3 seconds`, asked.milliseconds < 3_000, asked.milliseconds);
  check.holds(`${name} can be spoken`, say !== '' && !/\d{4}-\d{2}|\d:\d\d|[0-9a-f]{8}-|~|_/.test(say), say);
  check.holds(
    `${name} tells the agent no ids or tokens`,
    !/[0-9a-f]{8}-[0-9a-f]{4}|~/.test(JSON.stringify(asked.body)),
  );
}

/** A time that was offered, as an instant. The salon's zone decides, not this machine's. */
export function startOf({ date, time }: Pick<OfferTold, 'date' | 'time'>): number {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  // Twice, because the offset may change between the guess and the instant.
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}

const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'medium' });
const offsetAt = (ms: number): number => Date.parse(`${berlin.format(ms).replace(' ', 'T')}Z`) - ms;

/** Compares all rows of an appointment with what was promised. */
export function judgeBooked(
  { rows, check, report }: Stage,
  id: string,
  promised: {
    readonly offer: OfferTold;
    readonly events: readonly string[];
    readonly version: number;
    readonly phone: string;
  },
): void {
  const { offer, events, version, phone } = promised;
  const { bufferBeforeMs, bufferAfterMs, grainMs } = rows.service(salon.company, haircut.key);
  const startMs = startOf(offer);
  const row = rows.appointment(id);
  check.same('appointment row', row && { status: row.status, version: row.version, startMs: row.startMs }, {
    status: 'confirmed',
    version,
    startMs,
  });
  check.same('customer row', row?.customerPhone, phone);
  const occupied = { startMs: startMs - bufferBeforeMs, endMs: (row?.endMs ?? NaN) + bufferAfterMs };
  check.same('span rows', rows.spans(id), [{ resource: offer.with, ...occupied }]);
  check.same('claim rows', rows.claims(id), {
    count: (occupied.endMs - occupied.startMs) / grainMs,
    firstCell: occupied.startMs / grainMs,
    lastCell: occupied.endMs / grainMs - 1,
    expiring: 0,
  });
  check.same('outbox rows', rows.events(id), events);
  report.appointment(id);
}
