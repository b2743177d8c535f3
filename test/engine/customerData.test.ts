import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { PersonalData } from '../../src/core/company/person/personalData.ts';
import { Documents } from '../../src/core/contracts/documents.ts';
import { Storage } from '../../src/core/contracts/storage.ts';
import type { AppointmentId, CustomerId } from '../../src/core/model/ids.ts';
import { EMAIL, NAME, namesHer, person, PHONE, salonThatKnowsHer } from './knownCustomer.ts';
import { granted, refusalOf, refusedWith, type Bench } from './salon.ts';

let at: Bench;
afterEach(() => at.close());

async function known(): Promise<CustomerId> {
  const salon = await salonThatKnowsHer();
  at = salon;
  return salon.eva;
}

/** Every text of every table in which somebody stands. */
function residue(words: readonly string[]): string[] {
  const database = new DatabaseSync(at.file, { readOnly: true });
  const found: string[] = [];
  for (const { name: table } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all())
    for (const row of database.prepare(`SELECT * FROM ${String(table)}`).all())
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'string' && words.some((word) => value.includes(word))) found.push(`${table}.${column}`);
  database.close();
  return [...new Set(found)].sort();
}

test('everything that is stored of a customer comes in one document', async () => {
  const id = await known();
  const { data } = granted(await at.door.customers.exportData(id));
  expect(data.customer).toMatchObject(person);
  expect(data.appointments).toMatchObject([{ customerId: id, notes: `for ${NAME}`, metadata: { mail: EMAIL } }]);
  expect(data.calls).toMatchObject([{ from: PHONE, summary: `${NAME} books` }]);
  expect(data.events.map(({ name }) => name)).toEqual(['appointment.booked']);
  expect(data.journal.map(({ kind }) => kind)).toContain('offers');
  expect(data.plugins['waitlist']).toMatchObject([{ contact: { phone: '+49309999999' }, notes: `${NAME} waits` }]);
  expect(data.plugins['callbacks']).toMatchObject([{ phone: PHONE, note: `ask ${NAME}` }]);
  expect(refusedWith(await at.door.customers.exportData(at.door.company.id as string as CustomerId))).toBe(
    'CUSTOMER_UNKNOWN',
  );
});

test('who has appointments to come is not erased unless they are cancelled, and nothing is touched', async () => {
  const id = await known();
  const before = residue(namesHer);
  const refusal = refusalOf(await at.door.customers.erase(id), 'CUSTOMER_HAS_APPOINTMENTS');
  expect(refusal.appointments).toMatchObject([{ start: '2026-11-24T09:00:00.000Z' }]);
  expect(residue(namesHer)).toEqual(before);
});

test('after the erasure no text of any table has his name, number or address, and time stays as it was', async () => {
  const id = await known();
  // Each place that must be looked at is one where he stands before.
  expect(residue(namesHer)).toEqual(
    expect.arrayContaining([
      ...['appointments.metadata', 'appointments.notes', 'calls.from_number', 'calls.outcome', 'calls.summary'],
      ...['calls.transcript', 'customers.email', 'customers.name', 'customers.phone', 'documents.content'],
      'outbox.payload',
    ]),
  );
  const told: unknown[] = [];
  at.engine.on('customer.erased', (payload) => told.push(payload));
  const { erased } = granted(await at.door.customers.erase(id, { cancelUpcoming: true }));
  expect(erased).toEqual({ appointments: 1, calls: 1, others: 2 });
  expect(residue([...namesHer, id])).toEqual(['outbox.aggregate', 'outbox.payload']);
  expect(residue(namesHer)).toEqual([]);
  // The id alone, which names nobody any more, tells what was erased.
  expect(told).toEqual([{ customerId: id, ...erased }]);
  const [left] = granted(await at.door.listAppointments()).page.items;
  expect(left).toMatchObject({ status: 'cancelled', customerId: null, notes: null, metadata: {} });
  expect(refusedWith(await at.door.customers.erase(id))).toBe('CUSTOMER_UNKNOWN');
});

test.each([
  ['appointments', 'appointments.notes'],
  ['calls', 'calls.transcript'],
  ['aggregates', 'outbox.payload'],
] as const)('control: an erasure that passes over the %s leaves what the scan finds', async (part, place) => {
  const id = await known();
  const storage = at.engine.get(Storage);
  const real = storage.forget.bind(storage);
  storage.forget = (company, forgetting) => {
    // Whoever is still named cannot be deleted, so the appointment loses its customer by other means.
    if (part === 'appointments' && forgetting.customer !== undefined) return real(company, { events: [] });
    return real(company, { ...forgetting, [part]: [] });
  };
  granted(await at.door.customers.erase(id, { cancelUpcoming: true }));
  expect(residue(namesHer)).toContain(place);
});

test('control: an erasure that passes over what plugins keep leaves what the scan finds', async () => {
  const id = await known();
  for (const store of at.engine.all(PersonalData)) store.erase = async () => 0;
  granted(await at.door.customers.erase(id, { cancelUpcoming: true }));
  expect(residue(namesHer)).toEqual(['documents.content']);
});

test('an erasure that was interrupted anywhere is finished by asking again', async () => {
  const id = await known();
  const storage = at.engine.get(Storage);
  const real = storage.forget.bind(storage);
  let failures = 0;
  for (let allowed = 0; ; allowed++) {
    let done = 0;
    storage.forget = async (company, forgetting) => {
      if (done++ >= allowed) throw new Error('interrupted');
      return real(company, forgetting);
    };
    try {
      granted(await at.door.customers.erase(id, { cancelUpcoming: true }));
      break;
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'interrupted') throw error;
      failures++;
    }
  }
  expect(failures).toBeGreaterThan(2);
  expect(residue(namesHer)).toEqual([]);
});

test('what he books between two steps of his erasure is refused or cancelled like the rest, and never loses him alone', async () => {
  const id = await known();
  granted(await at.door.customers.erase(id, { cancelUpcoming: true }));
  for (const cancelUpcoming of [false, true]) {
    const start = '2026-11-25T10:00:00+01:00';
    const past = granted(
      await at.door.book({ service: 'cut', resource: 'ben', start }, { customer: person }),
    ).appointment;
    granted(await at.door.cancel(past.id, { by: 'company' }));
    if (past.customerId === null) throw new Error('the appointment has no customer');
    const storage = at.engine.get(Storage);
    const real = storage.customer.bind(storage);
    const made: string[] = [];
    storage.customer = async (company, customer) => {
      storage.customer = real;
      const booked = await at.door.book({ service: 'cut', resource: 'anna', start }, { customer: person });
      made.push(granted(booked).appointment.id);
      return real(company, customer);
    };
    const done = await at.door.customers.erase(past.customerId, { cancelUpcoming });
    const { appointment } = granted(await at.door.getAppointment(made[0] as AppointmentId));
    if (cancelUpcoming) expect([done.ok, appointment]).toMatchObject([true, { status: 'cancelled', customerId: null }]);
    else {
      expect(refusedWith(done)).toBe('CUSTOMER_HAS_APPOINTMENTS');
      expect(appointment).toMatchObject({ status: 'confirmed', customerId: past.customerId });
      granted(await at.door.cancel(appointment.id, { by: 'company' }));
    }
  }
});

/** Erases her the moment before the next write is stored. */
function erasedBeforeStored(id: CustomerId): void {
  const storage = at.engine.get(Storage);
  const real = storage.write.bind(storage);
  storage.write = async (company, write) => {
    storage.write = real;
    granted(await at.door.customers.erase(id, { cancelUpcoming: true }));
    return real(company, write);
  };
}

const [ten, eleven] = ['2026-11-25T10:00:00+01:00', '2026-11-25T11:00:00+01:00'];
/** Each books for her, who is erased when the write comes that begins behind `erased`. */
const waysToBook: Readonly<Record<string, (erased: () => void) => Promise<{ readonly ok: boolean }>>> = {
  'a booking': (erased) => {
    erased();
    return at.door.book({ service: 'cut', start: ten }, { customer: person });
  },
  'a booking that changes her name': (erased) => {
    erased();
    return at.door.book({ service: 'cut', start: ten }, { customer: { ...person, name: 'Eva Neu' } });
  },
  'a hold that is booked': async (erased) => {
    const { hold } = granted(await at.door.hold({ service: 'cut', start: ten }, { owner: 'her' }));
    erased();
    return at.door.book({ hold: hold.id, owner: 'her' }, { customer: person });
  },
  'a batch': (erased) => {
    erased();
    const items = [ten, eleven].map((start) => ({ service: 'cut', start, customer: person }));
    return at.door.bookMany(items, { mode: 'all' });
  },
  'a series': (erased) => {
    erased();
    const wish = { target: { service: 'cut', start: ten }, rule: 'FREQ=WEEKLY;COUNT=2' };
    return at.door.bookSeries(wish, { customer: person });
  },
};

test.each(Object.entries(waysToBook))(
  '%s that was judged before she was erased is for somebody new',
  async (_, book) => {
    const id = await known();
    expect(await book(() => erasedBeforeStored(id))).toMatchObject({ ok: true });
    const caller = await at.door.recogniseCaller(PHONE);
    expect(caller?.id).not.toBe(id);
    const of = async (customerId: CustomerId | undefined) =>
      granted(await at.door.listAppointments({ customerId })).page.items.map(({ status }) => status);
    expect(new Set(await of(caller?.id))).toEqual(new Set(['confirmed']));
    expect(await of(id)).toEqual([]);
  },
);

test('nor is one that names her by her id made at all', async () => {
  const id = await known();
  erasedBeforeStored(id);
  expect(refusedWith(await at.door.book({ service: 'cut', start: ten }, { customer: { id } }))).toBe(
    'CUSTOMER_UNKNOWN',
  );
});

test('what nobody knows of him stays with whom it belongs to', async () => {
  const id = await known();
  const other = { name: 'Max Other', phone: '+49308888888', email: 'max@other.example' };
  const start = '2026-11-25T10:00:00+01:00';
  const booked = granted(await at.door.book({ service: 'cut', start }, { customer: other, notes: 'for Max' }));
  granted(await at.door.customers.erase(id, { cancelUpcoming: true }));
  const { appointment } = granted(await at.door.getAppointment(booked.appointment.id));
  expect(appointment).toEqual(booked.appointment);
  expect(await at.engine.get(Documents).list(at.door.company.id, { collection: 'waitlist.entries', limit: 9 })).toEqual(
    [],
  );
  expect((await at.door.recogniseCaller(other.phone))?.name).toBe('Max Other');
});

test('a customer with 1,000 bookings is told within 5 s and erased within 10 s', async ({ annotate }) => {
  const id = await known();
  const storage = at.engine.get(Storage);
  const company = at.door.company.id;
  const [first] = await storage.appointments(company, { customerId: id, limit: 1 });
  if (first === undefined) throw new Error('there is no appointment');
  const rows = Array.from({ length: 999 }, (_, nth) => ({
    ...first,
    id: `00000000-0000-7000-8000-${(nth + 1).toString(16).padStart(12, '0')}` as typeof first.id,
    startMs: first.startMs - (nth + 2) * 86_400_000,
    endMs: first.endMs - (nth + 2) * 86_400_000,
  }));
  const appointments = rows.map((row) => ({ row, expectedVersion: 0 }));
  const events = rows.map((row) => ({
    ...{ id: row.id as string as never, companyId: company, name: 'appointment.booked' as const },
    ...{ aggregate: row.id, occurredMs: 0, payload: { appointment: row } },
  }));
  await storage.write(company, { appointments, events });
  const took = async (work: () => Promise<unknown>): Promise<number> => {
    const beganMs = performance.now();
    await work();
    return (performance.now() - beganMs) / 1000;
  };
  const told = await took(async () => granted(await at.door.customers.exportData(id)));
  const gone = await took(async () => granted(await at.door.customers.erase(id, { cancelUpcoming: true })));
  void annotate(`1,000 bookings told in ${told.toFixed(2)} s, erased in ${gone.toFixed(2)} s`);
  expect(residue(namesHer)).toEqual([]);
  expect([told < 5, gone < 10]).toEqual([true, true]);
});
