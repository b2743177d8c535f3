import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BookingWrite, Storage, StorageFactory, WriteOutcome } from '../../src/adapter.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { mayBecome } from '../../src/core/model/status.ts';
import type { Answer, Appointment, AppointmentStatus, Booking, CompanyDoor, Hold } from '../../src/index.ts';
import { found } from '../storage/doctor/found.ts';
import { Ledger } from './ledger.ts';
import { bench, MONDAY, salon, type Bench } from './salon.ts';

/** Six starts of a morning, half an hour apart, so that most of what is asked for collides. */
const starts = Array.from({ length: 6 }, (_, index) => Date.parse('2026-11-24T09:00:00+01:00') + index * 1_800_000);
const service = fc.constantFrom('cut', 'anna-only', 'colour');
const start = fc.constantFrom(...starts);
/** Which of the holds or appointments made so far; it is taken modulo their number. */
const which = fc.constantFrom(0, 0, 1, 2, 3);
const owner = fc.constantFrom('call-1', 'call-2');
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** Few keys, so that they are used again, mostly for something else. */
const key = rarely(fc.constantFrom('k1', 'k2', 'k3'));

const operation = fc.oneof(
  fc.record({ kind: fc.constant('hold'), service, start, owner, key, replacing: rarely(which) }),
  fc.record({ kind: fc.constant('book'), service, start, key, replacing: rarely(which) }),
  fc.record({ kind: fc.constant('bookHold'), hold: which, owner, key }),
  fc.record({ kind: fc.constant('release'), hold: which, owner }),
  fc.record({ kind: fc.constant('move'), appointment: which, start, key, stale: fc.boolean() }),
  fc.record({ kind: fc.constant('moveToHold'), appointment: which, hold: which, key }),
  fc.record({ kind: fc.constant('cancel'), appointment: which, key, stale: fc.boolean() }),
  fc.record({ kind: fc.constant('noShow'), appointment: which, key }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Either callers at the same time, or time that passes or goes back. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('calls'), calls: fc.array(operation, { minLength: 1, maxLength: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('time'), byMs: fc.constantFrom(60_000, 299_999, 300_001, -120_000) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What callers were told, which is all that anybody may rely on. */
class Told {
  readonly holds: Hold[] = [];
  readonly appointments = new Map<string, Appointment>();
  readonly byKey = new Map<string, string>();

  holdAt(index: number): Hold | undefined {
    return this.holds[index % Math.max(1, this.holds.length)];
  }

  appointmentAt(index: number): Appointment | undefined {
    const all = [...this.appointments.values()];
    return all[index % Math.max(1, all.length)];
  }

  /** Notes what was granted: the newest version is how it stands. */
  note(appointment: Appointment): void {
    const known = this.appointments.get(appointment.id);
    if (known === undefined || appointment.version > known.version) this.appointments.set(appointment.id, appointment);
    if (known?.version === appointment.version) expect(appointment).toEqual(known);
  }

  /** A key under which something was written gives that and nothing else from then on. */
  noteKey(used: string | undefined, id: string, replayed: boolean): void {
    if (used === undefined) return;
    expect(this.byKey.get(used) ?? id).toBe(id);
    if (!replayed) this.byKey.set(used, id);
  }
}

/** Whether a status may follow another one in any number of changes. */
function reaches(from: AppointmentStatus, to: AppointmentStatus): boolean {
  if (from === to) return true;
  const next = (['pending', 'confirmed', 'completed', 'cancelled', 'noShow'] as const).filter((status) =>
    mayBecome(from, status),
  );
  return next.some((status) => status === to || (status !== from && mayBecome(status, to)));
}

async function run(door: CompanyDoor, told: Told, call: Operation): Promise<void> {
  const idempotencyKey = 'key' in call ? call.key : undefined;
  const kept = async (asked: Promise<Answer<Booking>>): Promise<void> => {
    const answer = await asked;
    if (!answer.ok) return;
    told.note(answer.appointment);
    told.noteKey(idempotencyKey, answer.appointment.id, answer.replayed);
  };
  const appointment = 'appointment' in call ? told.appointmentAt(call.appointment) : undefined;
  const version = 'stale' in call && !call.stale ? appointment?.version : undefined;
  switch (call.kind) {
    case 'hold': {
      const earlier = call.replacing === undefined ? undefined : told.holdAt(call.replacing);
      const replacing = earlier === undefined ? undefined : { hold: earlier.id, owner: earlier.owner };
      const held = await door.hold(call, { owner: call.owner, idempotencyKey, replacing });
      if (!held.ok) return;
      if (!held.replayed) told.holds.push(held.hold);
      return told.noteKey(idempotencyKey, held.hold.id, held.replayed);
    }
    case 'book': {
      const earlier = call.replacing === undefined ? undefined : told.appointmentAt(call.replacing);
      const replacing = earlier === undefined ? undefined : { appointment: earlier.id, version: earlier.version };
      return kept(door.book(call, { idempotencyKey, replacing }));
    }
    case 'bookHold': {
      const hold = told.holdAt(call.hold);
      return hold === undefined ? undefined : kept(door.book({ hold: hold.id, owner: call.owner }, { idempotencyKey }));
    }
    case 'release': {
      const hold = told.holdAt(call.hold);
      if (hold !== undefined) await door.release({ hold: hold.id, owner: call.owner });
      return;
    }
    case 'move':
      return appointment && kept(door.reschedule(appointment.id, call, { idempotencyKey, version }));
    case 'moveToHold': {
      const hold = told.holdAt(call.hold);
      return appointment && hold && kept(door.reschedule(appointment.id, hold, { idempotencyKey }));
    }
    case 'cancel':
      return appointment && kept(door.cancel(appointment.id, { idempotencyKey, version }));
    case 'noShow':
      return appointment && kept(door.noShow(appointment.id, { idempotencyKey }));
  }
}

/** Everything that was granted is there: at the version told or a later one, in a status that may follow. */
async function nothingLost({ door }: Bench, told: Told): Promise<void> {
  for (const known of told.appointments.values()) {
    const read = await door.getAppointment(known.id);
    if (!read.ok) return expect.fail(`${known.id} is lost`);
    const { appointment } = read;
    expect(appointment.version).toBeGreaterThanOrEqual(known.version);
    expect(`${known.status} to ${appointment.status} ${reaches(known.status, appointment.status)}`).toContain('true');
    if (appointment.version === known.version) expect(appointment).toEqual(known);
    told.note(appointment);
  }
}

async function play({ at, ledger }: Table, steps: readonly Step[]): Promise<void> {
  ledger.clear();
  at.clock.set(MONDAY);
  let latestMs = MONDAY;
  const told = new Told();
  for (const each of steps) {
    if (each.kind === 'time') at.clock.set(at.clock.now() + each.byMs);
    else await Promise.all(each.calls.map((call) => run(at.door, told, call)));
    // A hold that has run out once may have lost its time, also where the clock has gone back since.
    latestMs = Math.max(latestMs, at.clock.now());
    expect(ledger.contradictions(latestMs)).toEqual([]);
    await nothingLost(at, told);
  }
  // What is checked after each step are the claims; at the end all that is stored.
  expect(await found(sqlite(at.file), { nowMs: latestMs })).toEqual([]);
}

const playAll = (table: Table, numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), (steps) => play(table, steps)),
    { numRuns, endOnFailure: true },
  );

interface Table {
  readonly at: Bench;
  readonly ledger: Ledger;
}

type Fault = (write: BookingWrite, really: (instead: BookingWrite) => Promise<WriteOutcome>) => Promise<WriteOutcome>;

/** The real storage, which is asked to write something else than it should. */
const faulty = (file: string, fault: Fault): StorageFactory => ({
  name: 'faulty',
  async create(options) {
    const real = await sqlite({ file, synchronous: 'NORMAL' }).create(options);
    const write: Storage['write'] = (company, asked) => fault(asked, (instead) => real.write(company, instead));
    return new Proxy(real, {
      get(target, name) {
        if (name === 'write') return write;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  },
});

async function withTable(work: (table: Table) => Promise<void>, fault?: Fault): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-model-'));
  const file = join(folder, 'model.db');
  const storage = fault === undefined ? {} : { storage: faulty(file, fault) };
  const at = await bench({ file, relay: false, companies: [salon({ policies: { noticeMinutes: 0 } })], ...storage });
  const ledger = new Ledger(file, 300_000);
  try {
    await work({ at, ledger });
  } finally {
    ledger.close();
    await at.close();
    rmSync(folder, { recursive: true });
  }
}

test('whatever callers do at the same time, nothing is lost, doubled, orphaned or forgotten', () =>
  withTable((table) => playAll(table, 120)));

/** What notices each guard that is missing. */
const faults: Readonly<Record<string, Fault>> = {
  'the release of what is given up': (write, really) => really({ ...write, release: [] }),
  'the conversion of a hold': (write, really) => really({ ...write, convert: undefined }),
  'the proof that a hold is live': (write, really) => really({ ...write, requireHold: undefined }),
  'the key of a repeated write': (write, really) => really({ ...write, idempotency: undefined }),
  'the version of an appointment': async (write, really) => {
    const outcome = await really(write);
    if (outcome.kind !== 'version-conflict') return outcome;
    const { id, version } = outcome;
    const appointments = write.appointments?.map((each) =>
      each.row.id === id ? { ...each, expectedVersion: version } : each,
    );
    return really({ ...write, appointments });
  },
};

test.each(Object.entries(faults))('control: without %s the same game fails', async (_, fault) => {
  await expect(withTable((table) => playAll(table, 200), fault)).rejects.toThrow('Property failed');
});

test('control: without the key on claims the same game fails', async () => {
  const unguarded = withTable(async (table) => {
    table.ledger.dropClaimsKey();
    await playAll(table, 200);
  });
  await expect(unguarded).rejects.toThrow('Property failed');
});
