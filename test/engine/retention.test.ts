import { afterEach, expect, test } from 'vitest';
import { checkStorage, sqlite } from '../../src/adapters/sequelize/index.ts';
import { RetirementToken, type RetireOptions } from '../../src/core/company/retention/retirement.ts';
import { Maintenance } from '../../src/core/contracts/maintenance.ts';
import { Storage } from '../../src/core/contracts/storage.ts';
import type { CustomerId } from '../../src/core/model/ids.ts';
import type { RetentionDays } from '../../src/core/model/company.ts';
import { waitlist, Waitlist } from '../../src/plugins/waitlist/index.ts';
import { bench, granted, salon, type Bench } from './salon.ts';

const DAY_MS = 86_400_000;
const DAYS = ['24', '25', '26', '27', '30'];
const options: RetireOptions = { limit: 2, idempotencyMs: 7 * DAY_MS };

let at: Bench;
afterEach(() => at.close());

/** A salon with five appointments of five customers, each made in a call, and another salon that keeps everything. */
async function busySalon(retention: RetentionDays | undefined): Promise<readonly CustomerId[]> {
  const policies = retention === undefined ? {} : { policies: { retention } };
  const other = salon({ key: 'other', numbers: [], policies: { retention: { appointmentsDays: null } } });
  at = await bench({ plugins: [waitlist()], relay: false, companies: [salon(policies), other] });
  const customers: CustomerId[] = [];
  for (const [index, day] of DAYS.entries()) {
    const phone = `+4930123456${index}`;
    const call = await at.door.calls.record('acme', `call-${index}`, { from: phone, status: 'completed' });
    await at.door.calls.record('acme', `call-${index}`, { transcript: `secret ${index}`, status: 'analyzed' });
    const wish = { service: 'cut', resource: index % 2 ? 'anna' : 'ben', start: `2026-11-${day}T10:00:00+01:00` };
    const said = { customer: { name: `Eva ${index}`, phone }, callId: call?.id, idempotencyKey: `key-${index}` };
    const { appointment } = granted(await at.door.book(wish, said));
    await at.door.calls.record('acme', `call-${index}`, { appointmentId: appointment.id });
    if (appointment.customerId !== null) customers.push(appointment.customerId);
  }
  const elsewhere = await at.open('other');
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
  expect(await appointmentsOf('other')).toBe(1);
  expect(await findings()).toEqual([]);
  at.clock.set(Date.parse('2027-03-15T12:00:00+01:00'));
  await keepUp();
  const later = await retired();
  expect(later).toMatchObject({ 'salon calls': 5, 'salon appointments': 1, 'salon customers': 5 });
  expect(await appointmentsOf('other')).toBe(1);
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
    for await (const { taken } of at.engine.get(RetirementToken).pieces({ ...options, limit: 1 })) {
      expect(taken).toBe(1);
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
  expect(await appointmentsOf('other')).toBe(1);
});
