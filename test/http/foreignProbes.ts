import { endpoints, V2 } from '../../src/adapters/http/v2/endpoints.ts';
import type { Endpoint } from '../../src/adapters/http/v2/endpoint.ts';
import { voiceFunctions } from '../../src/plugins/retell/functions/all.ts';
import type { Kind, Sent, World } from './foreignWorld.ts';
import { textsOf, withLeaf } from './leaves.ts';

/** A request that names something in one place. */
export interface Probe {
  /** For messages. */
  readonly name: string;
  readonly route: string;
  readonly kind: Kind;
  sent(given: string): Sent;
}

/** Kinds that a place is tried with, by its name; every other place is tried with one kind after the other in turn. */
const likely: Readonly<Record<string, readonly Kind[]>> = {
  service: ['service'],
  services: ['service'],
  defaultService: ['service'],
  branch: ['branch'],
  resource: ['resource'],
  resources: ['resource'],
  defaultResource: ['resource'],
  prefer: ['resource'],
  hold: ['hold', 'appointment'],
  replacingHold: ['hold', 'appointment'],
  owner: ['owner'],
  appointment: ['appointment', 'hold'],
  replacingAppointment: ['appointment', 'hold'],
  customer: ['customer'],
  id: ['customer', 'appointment'],
  group: ['group', 'appointment'],
  offer: ['offer'],
  callId: ['call', 'providerCall'],
  caller: ['phone'],
  phone: ['phone'],
  cursor: ['appointment', 'hold', 'customer', 'call', 'entry', 'callback'],
};

/** What a place in a path is tried with. */
const all: readonly Kind[] = [
  'branch', 'service', 'resource', 'appointment', 'hold', 'customer', 'group', 'call', 'providerCall', 'callback', 'entry',
  'company', 'phone',
]; // prettier-ignore

const configured: readonly Kind[] = ['branch', 'service', 'resource', 'company', 'number'];

/** Where each probe begins, so that none meets what an earlier one has left. */
let turns = 0;
function start(): string {
  turns += 1;
  const day = new Date(Date.UTC(2026, 11, 14 + 7 * (Math.floor(turns / 35) % 5) + (Math.floor(turns / 7) % 5)));
  return `${day.toISOString().slice(0, 10)}T${String(9 + (turns % 7)).padStart(2, '0')}:00:00+01:00`;
}

/** Bodies that are right, by operation; a body that is left out is an empty object. */
const bodies: Readonly<Record<string, () => readonly object[]>> = {
  checkSlot: () => [wish(), { ...wish(), replacing: { hold: 'x', owner: 'call-of-b' } }],
  explainSlot: () => [wish(), { ...wish(), replacing: { hold: 'x', owner: 'call-of-b' } }],
  makeOffer: () => [wish()],
  createHold: () => [{ ...wish(), owner: 'o' }, { ...wish(), owner: 'o', replacing: { hold: 'x', owner: 'call-of-b' } }, { offer: 'x', owner: 'o' }], // prettier-ignore
  book: () => [wish(), { hold: 'x', owner: 'call-of-b' }, { offer: 'x' }, { ...wish(), replacing: { hold: 'x', owner: 'call-of-b' } }], // prettier-ignore
  bookMany: () => [
    { mode: 'all', items: [wish()] },
    { mode: 'all', items: [{ offer: 'x' }] },
  ],
  reschedule: () => [{ start: start() }, { hold: 'x', owner: 'call-of-b' }, { offer: 'x' }],
  bookSeries: () => [{ ...wish(), rule: 'FREQ=DAILY;COUNT=2' }],
  checkSeries: () => [{ ...wish(), rule: 'FREQ=DAILY;COUNT=2' }],
  cancelSeries: () => [{ scope: 'all' }, { scope: 'this', appointment: 'x' }],
  rescheduleSeries: () => [
    { scope: 'all', change: { shiftMinutes: 60 } },
    { scope: 'following', appointment: 'x', change: { shiftMinutes: 60 } },
  ],
  applySetup: () => [{ companies: [{ key: 'a', name: 'A', timeZone: 'Europe/Berlin', country: 'DE', branches: [{ key: 'mitte', name: 'Mitte' }] }] }], // prettier-ignore
  changeCompany: () => [{ name: 'A' }],
  putBranch: () => [{ name: 'N' }],
  putSchedule: () => [{ weekly: [] }],
  putResource: () => [{ name: 'N', branch: 'mitte', schedule: 'week' }],
  putService: () => [{ name: 'N', durationMinutes: 60, resources: ['anna'] }],
  putNumber: () => [{}],
  putAgent: () => [{}],
};

const wish = (): object => ({ service: 'cut', start: start() });
const isSwitch = (id: string): boolean => id.startsWith('switch');

/** Questions that are right, by operation. */
const queries: Readonly<Record<string, string>> = {
  findSlots: 'count=1&service=cut',
  listAgenda: 'branch=mitte&from=2026-11-01T00:00:00Z&to=2027-01-31T00:00:00Z',
  releaseHold: 'owner=call-of-b',
  exportAppointments: 'format=ndjson',
};

/** What is given so that nobody may know whether another company has it: the addresses of the API. */
function* probesOfEndpoint(endpoint: Endpoint): Generator<Probe> {
  const { id, method, path, keyed = false } = endpoint;
  const route = `${method} ${V2}${path}`;
  const hasBody = endpoint.body !== undefined;
  const made = bodies[id]?.() ?? [isSwitch(id) ? { active: false } : {}];
  // What is changed is not to be there for the next one.
  const dry = 'dryRun' in (endpoint.query?.shape ?? {}) && method !== 'DELETE' ? 'dryRun=true' : '';
  const query = queries[id] ?? dry;
  const { query: names, body: leaves } = textsOf(endpoint);
  const at = (given: string): string => `${V2}${path.replace(/:\w+/, encodeURIComponent(given))}`;
  const sent = (where: string, search: string, body: unknown, headers = {}): Sent => ({
    method,
    path: search === '' ? where : `${where}?${search}`,
    ...(hasBody ? { body } : {}),
    headers,
  });
  let turn = 0;
  const kindsOf = (name: string): readonly Kind[] => likely[name] ?? [all[turn++ % all.length] ?? 'appointment'];
  if (path.includes(':'))
    for (const kind of path.startsWith('/config/') ? configured : all)
      for (const body of kind === 'appointment' || kind === 'hold' ? made : made.slice(0, 1))
        yield { name: `${id} at :${kind}`, route, kind, sent: (given) => sent(at(given), query, body) };
  for (const name of names)
    for (const kind of kindsOf(name))
      yield {
        name: `${id} ?${name}=:${kind}`,
        route,
        kind,
        sent: (given) => {
          const search = new URLSearchParams(query);
          search.set(name, given);
          return sent(at('x'), search.toString(), made[0]);
        },
      };
  for (const leaf of leaves) {
    const name = String(leaf.findLast((part) => part !== 0));
    // A setup names very much, and each of it is applied by the one way by which the entries of a configuration are.
    if (id === 'applySetup' && !(name in likely) && name !== 'key') continue;
    for (const kind of kindsOf(name))
      // Other forms of a body differ in what they name a booking by.
      for (const body of ['hold', 'owner', 'offer', 'appointment'].includes(name) ? made : made.slice(0, 1))
        yield {
          name: `${id} ${leaf.join('.')}=:${kind}`,
          route,
          kind,
          sent: (given) => sent(at('x'), query, withLeaf(body, leaf, given)),
        };
  }
  if (keyed)
    for (const body of bodies[id]?.() ?? made)
      yield { name: `${id} Idempotency-Key`, route, kind: 'key', sent: (given) => sent(at('x'), query, body, { 'idempotency-key': given }) }; // prettier-ignore
}

/** The addresses of plugins: what each takes, written down, because a route describes nothing but its path. */
const plugins: Readonly<Record<string, () => readonly ((given: string) => Omit<Sent, 'method'>)[]>> = {
  'POST /api/v2/waitlist': () =>
    ['service', 'branch', 'resource', 'callId', 'notes', 'customer.id', 'customer.phone', 'contact.phone'].map(
      (field) => (given) => ({
        path: '/api/v2/waitlist',
        body: withLeaf({ service: 'anna-only', start: '2026-11-24T10:00:00+01:00', customer: { name: 'N', phone: '+4917611111111' } }, field.split('.'), given), // prettier-ignore
      }),
    ),
  'GET /api/v2/waitlist': () =>
    ['service', 'status', 'cursor'].map((name) => (given) => ({
      path: `/api/v2/waitlist?${name}=${encodeURIComponent(given)}`,
    })),
  'GET /api/v2/waitlist/:id': () => [(given) => ({ path: `/api/v2/waitlist/${encodeURIComponent(given)}` })],
  'DELETE /api/v2/waitlist/:id': () => [(given) => ({ path: `/api/v2/waitlist/${encodeURIComponent(given)}` })],
  'POST /api/v2/waitlist/:id/accept': () => [
    (given) => ({ path: `/api/v2/waitlist/${encodeURIComponent(given)}/accept` }),
  ],
  'POST /api/v2/waitlist/:id/decline': () => [
    (given) => ({ path: `/api/v2/waitlist/${encodeURIComponent(given)}/decline` }),
  ],
  'GET /api/v2/callbacks': () =>
    ['status', 'cursor'].map((name) => (given) => ({ path: `/api/v2/callbacks?${name}=${encodeURIComponent(given)}` })),
  'GET /api/v2/callbacks/:id': () => [(given) => ({ path: `/api/v2/callbacks/${encodeURIComponent(given)}` })],
  'POST /api/v2/callbacks/:id/done': () => [
    (given) => ({ path: `/api/v2/callbacks/${encodeURIComponent(given)}/done`, body: { by: 'x' } }),
  ],
  'POST /api/v2/callbacks/:id/dismiss': () => [
    (given) => ({ path: `/api/v2/callbacks/${encodeURIComponent(given)}/dismiss`, body: { by: 'x' } }),
  ],
  // Whoever has the whole address of a feed may read it, with no key at all; a part of it opens nothing.
  'GET /calendars/:token': () => [(given) => ({ path: `/calendars/${encodeURIComponent(given)}.ics` })],
  'POST /webhooks/retell/:endpoint': () =>
    ['call_started', 'call_ended', 'call_analyzed', 'call_inbound'].map((event) => (given) => ({
      path: '/webhooks/retell/a',
      body: event === 'call_inbound' ? { event, call_inbound: voiceCall(given) } : { event, call: voiceCall(given) },
    })),
  'POST /webhooks/retell/:endpoint/functions/:name': () =>
    [...voiceFunctions.keys()].flatMap((name) =>
      [{}, { service: 'cut', time: '10:00', date: '2026-11-26', option: 1, name: 'N' }].map(
        (args) => (given: string) => ({
          path: `/webhooks/retell/a/functions/${name}`,
          body: { name, call: voiceCall(given), args },
        }),
      ),
    ),
};

/** A call of B's number that A's account tells of. */
const voiceCall = (id: string): object => ({
  call_id: id,
  direction: 'inbound',
  from_number: '+4917612345678',
  to_number: '+4930555001',
});

/** Answers that have nothing of any company. */
const open = ['GET /health/live', 'GET /health/ready', 'GET /api/v2/openapi.json'];

/** Every place of every route in which something can be named, and the routes for which nothing is known. */
export function probesOf({ routes }: Pick<World, 'routes'>): {
  readonly probes: readonly Probe[];
  readonly unknown: readonly string[];
} {
  turns = 0;
  const probes: Probe[] = [];
  const unknown: string[] = [];
  for (const { method, path } of routes) {
    const route = `${method} ${path}`;
    const endpoint = endpoints.find((one) => `${one.method} ${V2}${one.path}` === route);
    if (endpoint !== undefined) probes.push(...probesOfEndpoint(endpoint));
    else if (plugins[route] !== undefined) {
      for (const [index, sent] of plugins[route]().entries())
        for (const kind of path.startsWith('/webhooks/') ? (['providerCall'] as const) : all)
          probes.push({
            name: `${route} ${index} :${kind}`,
            route,
            kind,
            sent: (given) => ({ method, ...sent(given) }),
          });
    } else if (!open.includes(route)) unknown.push(route);
  }
  return { probes, unknown };
}
