import type { Availability } from '../availability/availability.ts';
import type { Catalog } from '../availability/catalog.ts';
import type { Catalogs } from '../availability/catalogs.ts';
import { claimsOf, customerUnits } from '../availability/claims.ts';
import { authoriseReplacing } from '../availability/replaced.ts';
import { wishOf } from '../availability/wish.ts';
import type { BookingWrite } from '../contracts/bookingWrite.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Appointment, Booked, Hold } from '../model/appointment.ts';
import { isId, type AppointmentId, type ClaimOwner, type CompanyId, type GroupId } from '../model/ids.ts';
import { isFirstStatus } from '../model/status.ts';
import { refuse, type Answer, type Refused } from '../refusals.ts';
import { MAX_ATTEMPTS, type Committer, type WriteKey } from './commit.ts';
import { resolveCustomer, type Resolved } from './customers.ts';
import { keyOf } from './holds.ts';
import type { FieldErrors } from './limits.ts';
import { writeErrors } from './limits.ts';
import { movesAfter, moveRefusal } from './moving.ts';
import { firstStatus, newAppointment } from './newAppointment.ts';
import { unknownCall } from './namedCall.ts';
import { noShowRefusal } from './noShows.ts';
import type { OfferTokens } from './offerTokens.ts';
import { priceOf } from './price.ts';
import { bookedOf, cancelled } from './rows.ts';
import type { Booking, BookOptions, HoldRef, TimeTarget } from './requests.ts';
import { holdRef, readTarget, requestOf } from './target.ts';

interface Deps {
  readonly storage: Storage;
  readonly availability: Availability;
  readonly catalogs: Catalogs;
  readonly committer: Committer;
  readonly tokens: OfferTokens;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** What one attempt to write came to: an answer, or `again` when somebody else was faster. */
type Attempt = Answer<Booking> | 'again';

/** Makes appointments out of holds and times. */
export class Books {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async book(company: CompanyId, target: Hold | HoldRef | TimeTarget, options: BookOptions): Promise<Answer<Booking>> {
    const hold = holdOf(target);
    const wrong = bookErrors(options, hold !== undefined);
    if (wrong !== undefined) return wrong;
    const key = keyOf('book', options.idempotencyKey, {
      target: hold ?? requestOf(target as TimeTarget),
      options: { ...options, idempotencyKey: undefined },
    });
    const earlier = await this.#deps.committer.earlier(company, key);
    if (earlier !== undefined) return typeof earlier === 'object' ? earlier : this.#replay(company, earlier);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const answer =
        hold === undefined
          ? await this.#bookTime(company, target as TimeTarget, options, key)
          : await this.#bookHold(company, hold, options, key);
      if (answer !== 'again') return answer;
    }
    throw new EngineError('STORAGE_BUSY', 'Others kept taking the time while it was judged.');
  }

  async #bookHold(company: CompanyId, ref: HoldRef, options: BookOptions, key: WriteKey): Promise<Attempt> {
    const { storage, catalogs, availability } = this.#deps;
    if (!isId(ref.hold)) return refuse('HOLD_UNKNOWN', {});
    const hold = await storage.hold(company, ref.hold);
    if (hold === undefined) {
      // Converted before: the appointment has the id of its hold.
      const known = await this.#replay(company, ref.hold);
      return known.ok ? known : refuse('HOLD_UNKNOWN', {});
    }
    if (hold.owner !== ref.owner) return refuse('NOT_OWNER', {});
    // What was promised stays so, but not for a company that another process has switched off.
    const catalog = await catalogs.current(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const [customer, stranger] = await Promise.all([
      resolveCustomer(storage, catalog.config.company, options.customer, this.#deps.newId),
      unknownCall(storage, company, options.callId),
    ]);
    if (!customer.ok) return customer;
    if (stranger !== undefined) return stranger;
    const objection = await availability.heldObjection(company, hold, customer.customerId);
    if (objection !== undefined) return objection;
    const unwelcome = noShowRefusal(catalog, hold, customer, options.by);
    if (unwelcome !== undefined) return unwelcome;
    const id = hold.id as string as AppointmentId;
    const status = firstStatus(catalog, hold, options);
    const appointment = { ...this.#row(company, id, hold, catalog, customer, options), status };
    return this.#write(company, appointment, key, {
      convert: { id: hold.id, owner: hold.owner },
      units: customerUnits(catalog, hold, hold.id, customer.customerId),
      requireCustomers: customer.known,
      customers: customer.write,
      events: [],
    });
  }

  async #bookTime(company: CompanyId, target: TimeTarget, options: BookOptions, key: WriteKey): Promise<Attempt> {
    const { storage, availability, catalogs, tokens, clock, newId, committer } = this.#deps;
    const { replacing } = options;
    const read = readTarget(tokens, company, target, clock.now());
    if (!read.ok) return read;
    const replaced = await authoriseReplacing(storage, company, replacing);
    if (!replaced.ok) return replaced;
    if (replaced.appointment !== undefined) {
      const refused = await moveRefusal(catalogs, company, replaced.appointment, clock.now(), options.by);
      if (refused !== undefined) return refused;
    }
    const known = await catalogs.get(company);
    if (known === undefined) return refuse('COMPANY_UNKNOWN', {});
    const [customer, stranger] = await Promise.all([
      resolveCustomer(storage, known.config.company, options.customer, newId),
      unknownCall(storage, company, options.callId),
    ]);
    if (!customer.ok) return customer;
    if (stranger !== undefined) return stranger;
    const judged = await availability.judge(company, read.start, {
      except: replaced.owner,
      customerId: customer.customerId,
    });
    if (!judged.ok) return judged;
    const booked = bookedOf(judged);
    const earlier = replaced.appointment;
    // Whoever gives up an appointment for it moves what he has, and may do so as any other.
    const unwelcome = earlier === undefined ? noShowRefusal(judged.catalog, booked, customer, options.by) : undefined;
    if (unwelcome !== undefined) return unwelcome;
    const id = newId() as AppointmentId;
    const appointment: Appointment = {
      ...this.#row(company, id, booked, judged.catalog, customer, options),
      status: firstStatus(judged.catalog, booked, options),
      moves: earlier === undefined ? 0 : movesAfter(earlier, options.by),
    };
    const given = earlier === undefined ? undefined : cancelled(earlier, clock.now());
    return this.#write(company, appointment, key, {
      requireHold:
        replacing !== undefined && 'hold' in replacing ? { id: replacing.hold, owner: replacing.owner } : undefined,
      release: replaced.owner === undefined ? undefined : [replaced.owner],
      ...claimsOf(judged.catalog, appointment, { owner: id, expiresMs: null, customerId: customer.customerId }),
      requireCustomers: customer.known,
      customers: customer.write,
      appointments: given === undefined ? undefined : [{ row: given, expectedVersion: given.version - 1 }],
      events:
        given === undefined
          ? []
          : [committer.event(company, 'appointment.cancelled', given.id, { appointment: given, reason: null })],
    });
  }

  async #write(company: CompanyId, appointment: Appointment, key: WriteKey, write: BookingWrite): Promise<Attempt> {
    const { committer } = this.#deps;
    const outcome = await committer.commit(company, {
      ...write,
      idempotency: key === undefined ? undefined : { ...key, resultId: appointment.id },
      appointments: [...(write.appointments ?? []), { row: appointment, expectedVersion: 0 }],
      events: [...write.events, committer.event(company, 'appointment.booked', appointment.id, { appointment })],
    });
    switch (outcome.kind) {
      case 'committed':
        return { ok: true, appointment, replayed: false };
      case 'replayed':
        return this.#replay(company, outcome.resultId);
      case 'key-reused':
        return refuse('KEY_REUSED', { key: key?.key ?? '' });
      case 'hold-expired':
        return this.#lostHold(company, appointment.id);
      case 'limit-reached':
        // What is held was judged for nobody in particular; this customer has had enough.
        return write.convert === undefined ? 'again' : this.#limitReached(company, appointment);
      case 'taken':
      case 'session-full':
      case 'customer-raced':
      case 'version-conflict':
        return 'again';
    }
  }

  async #limitReached(company: CompanyId, appointment: Appointment): Promise<Refused> {
    const { startMs, customerId } = appointment;
    const alternatives = await this.#deps.availability.alternatives(company, wishOf(appointment), startMs, {
      except: undefined,
      customerId,
    });
    const message = 'The customer has as many appointments in this time as he may have.';
    return refuse('LIMIT_REACHED', { reasons: [{ code: 'LIMIT_REACHED', message }], alternatives });
  }

  /** A hold that was live when it was read and is not any more: another booking of it won, or its time ran out. */
  async #lostHold(company: CompanyId, id: ClaimOwner): Promise<Answer<Booking>> {
    const known = await this.#replay(company, id);
    return known.ok ? known : refuse('HOLD_EXPIRED', {});
  }

  async #replay(company: CompanyId, id: ClaimOwner | GroupId): Promise<Answer<Booking, 'APPOINTMENT_UNKNOWN'>> {
    const appointment = await this.#deps.storage.appointment(company, id as AppointmentId);
    return appointment === undefined ? refuse('APPOINTMENT_UNKNOWN', {}) : { ok: true, appointment, replayed: true };
  }

  #row(
    company: CompanyId,
    id: AppointmentId,
    booked: Booked,
    catalog: Catalog,
    customer: Resolved,
    options: BookOptions,
  ): Appointment {
    return newAppointment(booked, {
      id,
      companyId: company,
      customerId: customer.customerId,
      price: priceOf(catalog, booked),
      options,
      nowMs: this.#deps.clock.now(),
    });
  }
}

const holdOf = (target: Hold | HoldRef | TimeTarget): HoldRef | undefined =>
  typeof target === 'object' && 'owner' in target ? holdRef(target) : undefined;

function bookErrors(options: BookOptions, isHold: boolean): Refused<'INPUT_INVALID'> | undefined {
  const errors: FieldErrors = writeErrors(options)
    .text(options.source, 'source', 40, 1)
    .text(options.notes, 'notes', 2000)
    .id(options.callId, 'callId')
    .require(!isHold || options.replacing === undefined, 'replacing', 'must be left out beside a hold')
    .require(options.status === undefined || isFirstStatus(options.status), 'status', 'must be pending or confirmed');
  const entries = Object.entries(options.metadata ?? {});
  errors.require(entries.length <= 50, 'metadata', 'must have at most 50 entries');
  for (const [name, value] of entries) errors.text(name, 'metadata', 64, 1).text(value, `metadata.${name}`, 500);
  return errors.refusal();
}
