import { DatabaseSync } from 'node:sqlite';
import { createTransport } from '../../src/adapters/http/handler.ts';
import { serve } from '../../src/adapters/http/index.ts';
import type { StorageFactory } from '../../src/adapter.ts';
import type { CompanyDoor } from '../../src/index.ts';
import { Callbacks, callbacks } from '../../src/plugins/callbacks/index.ts';
import { ical } from '../../src/plugins/ical/index.ts';
import { retell, signRetellBody } from '../../src/plugins/retell/index.ts';
import { waitlist } from '../../src/plugins/waitlist/index.ts';
import { bench, granted, salon } from '../engine/salon.ts';

/** The text of an answer, and how it was meant. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One request, without who asks. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Two companies with the same keys for everything behind one server, with every plugin that has addresses. */
export interface World {
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  /** What B has, by kind. */
  readonly foreign: Readonly<Record<Kind, string>>;
  /** What B has and no request names. */
  readonly secrets: readonly string[];
  /** Places in A's lists, by address. */
  readonly cursorsOfA: ReadonlyMap<string, string>;
  /** Places in B's lists, by address. */
  readonly cursors: ReadonlyMap<string, string>;
  /** Asks as A, or as B. */
  ask(who: 'a' | 'b', sent: Sent): Promise<Answer>;
  /** Everything that is stored of B. */
  stored(): string;
  close(): Promise<void>;
}

/** What a request can name. */
export type Kind =
  | 'branch' | 'service' | 'resource' | 'appointment' | 'hold' | 'owner' | 'customer' | 'group' | 'offer' | 'call'
  | 'providerCall' | 'callback' | 'entry' | 'company' | 'phone' | 'number' | 'key'; // prettier-ignore

/** Lists that have pages. */
const lists = ['/holds', '/appointments', '/agenda', '/customers', '/calls', '/conflicts', '/waitlist', '/callbacks'];

/** The question of a list that has something to answer. */
export const listPath = (list: string): string =>
  `/api/v2${list}?limit=1${list === '/agenda' ? '&branch=mitte&from=2026-11-01T00:00:00Z&to=2027-01-31T00:00:00Z' : ''}`;

const PHONE = '+4917612345678';
const KEY = 'the-key-of-b';

interface Answered {
  readonly id: string;
  readonly groupId: string;
  readonly offer: string;
  readonly next: string | null;
  readonly items: readonly { readonly id: string; readonly key: string }[];
}

/** Makes one. @param storage - in place of a file of its own */
export async function foreignWorld(storage?: StorageFactory): Promise<World> {
  const companies = [
    salon({ key: 'b', name: 'B', numbers: [{ number: '+4930555001', branch: 'mitte' }] }),
    salon({ key: 'a', name: 'A', numbers: [{ number: '+4930555002', branch: 'mitte' }] }),
  ];
  const accounts = [
    { endpoint: 'a', apiKey: 'key-of-a', companies: ['a'] },
    { endpoint: 'b', apiKey: 'key-of-b', companies: ['b'] },
  ] as const;
  const plugins = [waitlist(), callbacks(), ical(), retell({ accounts })];
  const at = await bench({ companies, plugins, relay: false, ...(storage === undefined ? {} : { storage }) });
  const http = await serve(at.engine, { port: 0 });
  const doors = { a: await at.open('a'), b: await at.open('b') };
  const secretOf = async (door: CompanyDoor) => granted(await at.engine.keys.create(door.company.id, 'test')).secret;
  const secrets = { a: await secretOf(doors.a), b: await secretOf(doors.b) };
  const ask: World['ask'] = async (who, { method, path, body, headers = {} }) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(`${http.url}${path}`, {
      method,
      headers: {
        ...(path.startsWith('/webhooks/')
          ? { 'x-retell-signature': signRetellBody(text ?? '', `key-of-${who}`, at.clock.now()) }
          : { authorization: `Bearer ${secrets[who]}` }),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    return { status: response.status, text: await response.text() };
  };
  const fill = async (who: 'a' | 'b', door: CompanyDoor) => {
    const asked = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answered> => {
      const { status, text } = await ask(who, { method, path: `/api/v2${path}`, body, headers });
      if (status >= 400) throw new Error(`${method} ${path}: ${text}`);
      return JSON.parse(text) as Answered;
    };
    const idOf = async (list: string, key: string): Promise<string> =>
      (await asked('GET', `/${list}`)).items.find((item) => item.key === key)?.id ?? '';
    const customer = { name: `Erika of ${who}`, phone: who === 'b' ? PHONE : '+4917612345679' };
    const key = { 'idempotency-key': `the-key-of-${who}` };
    const start = (hour: string): string => `2026-11-24T${hour}:00:00+01:00`;
    const appointment = await asked('POST', '/appointments', { service: 'anna-only', start: start('10'), status: 'pending', customer }, key); // prettier-ignore
    const emil = await asked('POST', '/appointments', {
      service: 'cut',
      start: start('11'),
      customer: { name: `Emil of ${who}` },
    });
    const hold = await asked('POST', '/holds', { service: 'cut', start: start('12'), owner: `call-of-${who}`, ttlSeconds: 3600 }); // prettier-ignore
    const second = await asked('POST', '/holds', {
      service: 'cut',
      start: start('13'),
      owner: `call-of-${who}`,
      ttlSeconds: 3600,
    });
    const { offer } = await asked('POST', '/offers', { service: 'cut', start: start('14') });
    const series = { service: 'cut', start: '2026-12-07T10:00:00+01:00', rule: 'FREQ=DAILY;COUNT=2' };
    const { groupId } = await asked('POST', '/series', series);
    for (const name of ['one', 'two'])
      await door.calls.record('retell', `call-${name}-of-${who}`, { from: customer.phone });
    const calls = await asked('GET', '/calls');
    const called: string[] = [];
    for (const name of ['one', 'two'])
      called.push(
        granted(await at.engine.get(Callbacks).create(door.company.id, { reason: 'other', name })).callback.id,
      );
    // Nobody is free then: all of Anna's day is taken by one who is away.
    const entries: string[] = [];
    for (const hour of ['10', '11']) {
      if (hour === '11') await asked('POST', '/appointments', { service: 'anna-only', start: start(hour) }).catch(() => undefined); // prettier-ignore
      entries.push((await asked('POST', '/waitlist', { service: 'anna-only', start: start(hour), customer })).id);
    }
    const unfit: string[] = [];
    for (const name of ['gone', 'lost']) {
      await asked('PUT', `/config/services/${name}-of-${who}`, { name, durationMinutes: 60, resources: ['ben'] });
      const at16 = start(name === 'gone' ? '15' : '16');
      unfit.push((await asked('POST', '/appointments', { service: `${name}-of-${who}`, start: at16 })).id);
      await asked('PATCH', `/config/services/${name}-of-${who}`, { active: false });
    }
    return {
      asked,
      idOf,
      appointment: appointment.id,
      hold: hold.id,
      offer,
      groupId,
      calls,
      called,
      entries,
      second: second.id,
      emil: emil.id,
      unfit,
    };
  };
  const cursorsOf = async ({ asked }: Awaited<ReturnType<typeof fill>>): Promise<ReadonlyMap<string, string>> => {
    const cursors = new Map<string, string>();
    for (const list of lists) {
      const { next } = await asked('GET', listPath(list).slice('/api/v2'.length));
      if (next === null) throw new Error(`${list} has one page only`);
      cursors.set(list, next);
    }
    return cursors;
  };
  const cursorsOfA = await cursorsOf(await fill('a', doors.a));
  const b = await fill('b', doors.b);
  const companyId = doors.b.company.id;
  return {
    routes: createTransport(at.engine, {}).router.list(),
    foreign: {
      branch: await b.idOf('branches', 'mitte'),
      service: await b.idOf('services', 'cut'),
      resource: await b.idOf('resources', 'anna'),
      customer: (await b.asked('GET', `/customers?phone=${encodeURIComponent(PHONE)}`)).items[0]?.id ?? '',
      appointment: b.appointment,
      hold: b.hold,
      owner: 'call-of-b',
      group: b.groupId,
      offer: b.offer,
      call: b.calls.items[0]?.id ?? '',
      providerCall: 'call-one-of-b',
      callback: b.called[0] ?? '',
      entry: b.entries[0] ?? '',
      company: companyId,
      phone: PHONE,
      number: '+4930555001',
      key: KEY,
    },
    secrets: [
      'Emil of b',
      'gone-of-b',
      'lost-of-b',
      'call-two-of-b',
      b.emil,
      ...b.unfit,
      b.second,
      b.called[1] ?? '',
      b.entries[1] ?? '',
    ],
    cursorsOfA,
    cursors: await cursorsOf(b),
    ask,
    stored: () => storedOf(at.file, companyId),
    async close() {
      http.server.closeAllConnections();
      await http.close();
      await at.close();
    },
  };
}

/** Every row of a company, in every table that has such. */
function storedOf(file: string, companyId: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const id = Buffer.from(companyId.replaceAll('-', ''), 'hex');
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    return JSON.stringify(
      tables
        .map(({ name }) => String(name))
        .filter((table) =>
          database
            .prepare(`PRAGMA table_info(${table})`)
            .all()
            .some((c) => c['name'] === 'company_id'),
        )
        .map((table) => [
          table,
          database.prepare(`SELECT * FROM ${table} WHERE company_id = ? ORDER BY 1, 2, 3`).all(id),
        ]),
    );
  } finally {
    database.close();
  }
}
