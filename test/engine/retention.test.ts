import { afterEach, describe, expect, test } from 'vitest';
import { checkStorage, sqlite } from '../../src/adapters/sequelize/index.ts';
import { RetirementToken, type RetireOptions } from '../../src/core/company/retention/retirement.ts';
import { Maintenance } from '../../src/core/contracts/maintenance.ts';
import { Storage } from '../../src/core/contracts/storage.ts';
import type { CustomerId } from '../../src/core/model/ids.ts';
import type { RetentionDays } from '../../src/core/model/company.ts';
import type { EngineOptions } from '../../src/index.ts';
import { waitlist, Waitlist } from '../../src/plugins/waitlist/index.ts';
import { until } from '../servers/poll.ts';
import { bench, granted, salon, type Bench } from './salon.ts';

const DAY_MS = 86_400_000;
const DAYS = ['24', '25', '26', '27', '30'];
const options: RetireOptions = { limit: 2, idempotencyMs: 7 * DAY_MS };

let at: Bench;
afterEach(() => at.close());

/** A salon with five appointments of five customers, each made in a call, and another salon that keeps everything. */
async function busySalon(
  retention: RetentionDays | undefined,
  engine: Partial<EngineOptions> = {},
): Promise<readonly CustomerId[]> {
  const policies = retention === undefined ? {} : { policies: { retention } };
  const other = salon({ key: 'studio', numbers: [], policies: { retention: { appointmentsDays: null } } });
  at = await bench({ plugins: [waitlist()], relay: false, companies: [salon(policies), other], ...engine });
  const customers: CustomerId[] = [];
  for (const [index, day] of DAYS.entries()) {
    const phone = `+4930123456${index}`;
    const over = { from: phone, status: 'completed' } as const;
    const { call } = granted(await at.door.calls.record('acme', `call-${index}`, over));
    await at.door.calls.record('acme', `call-${index}`, { transcript: `secret ${index}`, status: 'analyzed' });
    const wish = { service: 'cut', resource: index % 2 ? 'anna' : 'ben', start: `2026-11-${day}T10:00:00+01:00` };
    const said = { customer: { name: `Eva ${index}`, phone }, callId: call.id, idempotencyKey: `key-${index}` };
    const { appointment } = granted(await at.door.book(wish, said));
    await at.door.calls.record('acme', `call-${index}`, { appointmentId: appointment.id });
    if (appointment.customerId !== null) customers.push(appointment.customerId);
  }
  const elsewhere = await at.open('studio');
  granted(await elsewhere.book({ service: 'cut', resource: 'anna', start: '2026-11-24T10:00:00+01:00' }, {}));
  return customers;
}

/** Delivers what waits, and sweeps: what an engine does all the while. */
async function keepUp(): Promise<void> {
  const maintenance = at.engine.get(Maintenance);
  for (let lent = await maintenance.leaseEvents('test', 60_000, 100); lent.length > 0;) {
    for (const { event } of lent) await maintenance.markSent('test', event.id);
    lent = await maintenance.leaseEvents('test', 60_000, 100);
  }
  const kept = { sentEventsMs: 7 * DAY_MS, idempotencyMs: 7 * DAY_MS, expiredHoldsMs: DAY_MS, pastClaimsMs: DAY_MS };
  for (let more = true; more;) more = Object.values(await maintenance.sweep(kept, 100)).some((count) => count > 0);
}

async function retired(changes: Partial<RetireOptions> = {}): Promise<Record<string, number>> {
  const taken: Record<string, number> = {};
  for await (const piece of at.engine.get(RetirementToken).pieces({ ...options, ...changes })) {
    if ('failure' in piece) throw piece.failure;
    const name = `${piece.company.key} ${piece.kind}`;
    taken[name] = (taken[name] ?? 0) + piece.taken;
  }
  return taken;
}

const findings = async (): Promise<readonly unknown[]> => {
  const found = [];
  for await (const finding of checkStorage(sqlite(at.file), { nowMs: at.clock.now() })) found.push(finding);
  return found;
};

const appointmentsOf = async (key: string): Promise<number> =>
  granted(await (await at.open(key)).listAppointments({})).page.items.length;

test('what a company has kept for long enough goes, what is newer or of another company stays, and nothing dangles', async () => {
  await busySalon({ appointmentsDays: 30, callsDays: 60, transcriptsDays: 10, customersDays: 90 });
  // Ten o'clock on the 27th is thirty days ago, that on the 30th is not.
  at.clock.set(Date.parse('2026-12-27T12:00:00+01:00'));
  await keepUp();
  const counted = { 'salon transcripts': 5, 'salon calls': 0, 'salon appointments': 4, 'salon customers': 0 };
  expect(await retired({ dryRun: true })).toEqual(counted);
  expect(await appointmentsOf('salon')).toBe(5);
  expect(await retired()).toEqual(counted);
  expect(await appointmentsOf('salon')).toBe(1);
  expect(await appointmentsOf('studio')).toBe(1);
  expect(await findings()).toEqual([]);
  at.clock.set(Date.parse('2027-03-15T12:00:00+01:00'));
  await keepUp();
  const later = await retired();
  expect(later).toMatchObject({ 'salon calls': 5, 'salon appointments': 1, 'salon customers': 5 });
  expect(await appointmentsOf('studio')).toBe(1);
  await keepUp();
  expect(await findings()).toEqual([]);
});

test('customers go as they would be erased: their appointments stay, without them', async () => {
  const [first] = await busySalon({ customersDays: 20 });
  at.clock.set(Date.parse('2026-12-16T12:00:00+01:00'));
  await keepUp();
  // He waits for something, so he is not idle.
  const wish = { service: 'anna-only', start: '2026-12-23T10:00:00+01:00' };
  const customer = { name: 'Eva 1', phone: '+49301234561' };
  const somebody = { name: 'Uwe', phone: '+49309876543' };
  granted(await at.door.book(wish, { customer: somebody }));
  granted(await at.engine.get(Waitlist).join(at.door.company.id, wish, { customer }));
  expect(await retired()).toEqual({ 'salon customers': 2 });
  const appointments = granted(await at.door.listAppointments({})).page.items;
  expect(appointments.filter(({ customerId }) => customerId === null)).toHaveLength(2);
  expect(appointments.some(({ customerId }) => customerId === first)).toBe(false);
  await keepUp();
  expect(await findings()).toEqual([]);
});

test('who dies between two pieces leaves nothing half done, and the next one comes to the same', async () => {
  await busySalon({ appointmentsDays: 30 });
  at.clock.set(Date.parse('2027-02-01T12:00:00+01:00'));
  await keepUp();
  for (let left = 5; left > 0; left = await appointmentsOf('salon')) {
    for await (const piece of at.engine.get(RetirementToken).pieces({ ...options, limit: 1 })) {
      expect(piece).toMatchObject({ taken: 1 });
      break;
    }
    expect(await appointmentsOf('salon')).toBe(left - 1);
    expect(await findings()).toEqual([]);
  }
});

test.each(['process', 'database'] as const)(
  'nothing goes because the clock of the %s alone is ahead',
  async (ahead) => {
    await busySalon({ appointmentsDays: 30, callsDays: 30, transcriptsDays: 30, customersDays: 30 });
    const [soonMs, laterMs] = [at.clock.now(), Date.parse('2028-02-01T12:00:00+01:00')];
    await keepUp();
    at.clock.set(ahead === 'process' ? laterMs : soonMs);
    at.engine.get(Storage).now = async () => (ahead === 'process' ? soonMs : laterMs);
    for (const count of Object.values(await retired())) expect(count).toBe(0);
    at.clock.set(laterMs);
    at.engine.get(Storage).now = async () => laterMs;
    expect(await retired()).toMatchObject({ 'salon appointments': 5, 'salon customers': 5 });
  },
);

test('the host decides for companies that do not, and where nobody does, everything is kept', async () => {
  await busySalon(undefined);
  at.clock.set(Date.parse('2028-02-01T12:00:00+01:00'));
  await keepUp();
  expect(await retired()).toEqual({});
  expect(await retired({ byDefault: { appointmentsDays: 30 } })).toEqual({ 'salon appointments': 5 });
  expect(await appointmentsOf('studio')).toBe(1);
});

describe('where one fails, the others have their turn', () => {
  const everything = { appointmentsDays: 30, callsDays: 30, transcriptsDays: 30, customersDays: 30 };
  const laterMs = Date.parse('2028-02-01T12:00:00+01:00');
  const broken = new Error('this row cannot be read');

  /** Who is asked for the first salon's rows fails, as of a row that cannot be read. */
  function breakRows(): void {
    const storage = at.engine.get(Storage);
    const retire = storage.retire.bind(storage);
    storage.retire = (company, retiring) =>
      company === at.door.company.id && retiring.kind === 'calls' ? Promise.reject(broken) : retire(company, retiring);
  }

  async function pieces(): Promise<readonly string[]> {
    const told = [];
    for await (const piece of at.engine.get(RetirementToken).pieces({ ...options, limit: 10, byDefault: everything })) {
      const { company, kind = 'policies' } = piece;
      told.push(`${company.key} ${kind} ${'failure' in piece ? String(piece.failure) : piece.taken}`);
    }
    return told;
  }

  test('other kinds of the company, and other companies', async () => {
    await busySalon({});
    at.clock.set(laterMs);
    await keepUp();
    breakRows();
    expect(await pieces()).toEqual([
      'salon transcripts 5',
      `salon calls ${String(broken)}`,
      'salon appointments 5',
      'salon customers 5',
      'studio transcripts 0',
      'studio calls 0',
      'studio customers 0',
    ]);
  });

  test('companies after one whose policies cannot be read', async () => {
    await busySalon({});
    at.clock.set(laterMs);
    await keepUp();
    const storage = at.engine.get(Storage);
    const config = storage.config.bind(storage);
    storage.config = (company) => (company === at.door.company.id ? Promise.reject(broken) : config(company));
    expect(await pieces()).toEqual([
      `salon policies ${String(broken)}`,
      'studio transcripts 0',
      'studio calls 0',
      'studio customers 0',
    ]);
  });

  test('customers after one who cannot be erased', async () => {
    const [, second] = await busySalon({ customersDays: 30 });
    at.clock.set(laterMs);
    await keepUp();
    const storage = at.engine.get(Storage);
    const forget = storage.forget.bind(storage);
    storage.forget = (company, forgetting) =>
      forgetting.customer === second ? Promise.reject(broken) : forget(company, forgetting);
    expect((await pieces()).filter((piece) => piece.startsWith('salon customers'))).toEqual([
      `salon customers ${String(broken)}`,
      'salon customers 4',
    ]);
  });

  test('the round of a running engine goes on, and tells what failed, and of whom', async () => {
    const told: unknown[] = [];
    await busySalon(
      {},
      {
        upkeep: { everyMs: 1000, retention: everything },
        onError: (error, place) => void told.push([error, place]),
      },
    );
    const other = await at.open('studio');
    await other.calls.record('acme', 'another', { status: 'completed' });
    breakRows();
    at.clock.set(laterMs);
    await keepUp();
    await until(
      async () => {
        at.clock.advance(1200);
        return granted(await other.listCalls({})).page.items.length === 0;
      },
      () => 'the call of the other salon is still there',
    );
    expect(told).toEqual([[broken, { phase: 'upkeep', plugin: 'askpro/retiring', company: 'salon' }]]);
    expect(granted(await at.door.listCalls({})).page.items).toHaveLength(5);
  });
});
