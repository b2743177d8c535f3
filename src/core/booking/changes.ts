import type { Availability } from '../availability/availability.ts';
import type { Catalog } from '../availability/catalog.ts';
import type { Catalogs } from '../availability/catalogs.ts';
import { claimsOf } from '../availability/claims.ts';
import type { Judged } from '../availability/judgeIn.ts';
import { bookedVisit } from '../availability/visit.ts';
import type { Clock } from '../contracts/clock.ts';
import type { BookingWrite } from '../contracts/bookingWrite.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Appointment, Booked, Fee, Hold } from '../model/appointment.ts';
import { isId, type AppointmentId, type CompanyId, type CustomerId } from '../model/ids.ts';
import type { Money } from '../model/money.ts';
import { feeOf } from '../model/policies.ts';
import { mayBecome, type AdvancedStatus, type AppointmentStatus } from '../model/status.ts';
import { refuse, type Answer, type Refused } from '../refusals.ts';
import { MAX_ATTEMPTS, type Committer, type WriteKey } from './commit.ts';
import { keyOf } from './holds.ts';
import { writeErrors } from './limits.ts';
import { cancelling, unboundCancelling } from './cancelling.ts';
import { isSame, movable, movedStatus, movesAfter, moveRefusal } from './moving.ts';
import type { OfferTokens } from './offerTokens.ts';
import { priceOf } from './price.ts';
import { bookedIn, bookedOf, inStatus } from './rows.ts';
import type {
  Booking,
  CancelOptions,
  ChangeOptions,
  HoldRef,
  MoveTarget,
  MoveWish,
  Offer,
  TimeTarget,
} from './requests.ts';
import { readTarget, requestOf } from './target.ts';

interface Deps {
  readonly storage: Storage;
  readonly availability: Availability;
  readonly catalogs: Catalogs;
  readonly committer: Committer;
  readonly tokens: OfferTokens;
  readonly clock: Clock;
}

/** What shall be written in the place of an appointment. */
interface Edit {
  readonly row: Appointment;
  readonly write: Omit<BookingWrite, 'idempotency' | 'appointments'>;
  /** The answer when the customer has had all that a policy allows him. */
  readonly whenLimited?: Refused | undefined;
}

/** A place that an appointment may go to. */
interface Destination {
  readonly ok: true;
  readonly booked: Booked;
  readonly catalog: Catalog;
  /** Of the service, today. */
  readonly price: Money | null;
  /** Whose claims are given up for it. */
  readonly hold: Hold | undefined;
}

/** Changes appointments, by compare-and-set on their version. */
export class Changes {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  reschedule(company: CompanyId, id: AppointmentId, to: MoveTarget, options: ChangeOptions): Promise<Answer<Booking>> {
    const { committer, clock, catalogs } = this.#deps;
    const key = keyOf('reschedule', options.idempotencyKey, { id, to: requestOf(to), by: options.by });
    return this.#change(company, id, options, key, async (appointment) => {
      if (!movable(appointment.status))
        return refuse('STATUS_CONFLICT', { status: appointment.status, wanted: appointment.status });
      const refused = await moveRefusal(catalogs, company, appointment, clock.now(), options.by);
      if (refused !== undefined) return refused;
      const place = await this.#destination(company, appointment, to);
      if (!place.ok) return place;
      const { booked, catalog, hold } = place;
      // Another service has another price; the same one keeps what was agreed.
      const price = isSame(booked, appointment) ? appointment.price : place.price;
      const moves = movesAfter(appointment, options.by);
      const status = movedStatus(catalog, appointment, booked, options.by);
      const version = appointment.version + 1;
      const row: Appointment = { ...appointment, ...booked, price, moves, status, version, updatedMs: clock.now() };
      return {
        row,
        write: {
          requireHold: hold === undefined ? undefined : { id: hold.id, owner: hold.owner },
          release: hold === undefined ? [id] : [id, hold.id],
          ...claimsOf(catalog, booked, { owner: id, expiresMs: null, customerId: appointment.customerId }),
          events: [
            committer.event(company, 'appointment.rescheduled', id, { appointment: row, previous: appointment }),
          ],
        },
      };
    });
  }

  cancel(company: CompanyId, id: AppointmentId, options: CancelOptions): Promise<Answer<Booking>> {
    const { committer, clock, catalogs } = this.#deps;
    const { by, acceptFee } = options;
    const key = keyOf('cancel', options.idempotencyKey, { id, by, acceptFee });
    return this.#change(company, id, options, key, async (appointment) => {
      const wrong = statusError(appointment, 'cancelled');
      if (wrong !== undefined) return wrong;
      const catalog = by === 'company' ? undefined : await catalogs.current(company);
      if (catalog === undefined && by !== 'company') return refuse('COMPANY_UNKNOWN', {});
      const terms =
        catalog === undefined ? unboundCancelling : cancelling(catalog, appointment, clock.now(), acceptFee !== false);
      if (!terms.ok) return terms;
      const row = { ...inStatus(appointment, 'cancelled', clock.now()), fee: terms.fee };
      const payload = { appointment: row, reason: options.reason ?? null };
      return {
        row,
        write: {
          release: [id],
          units: terms.units,
          events: [committer.event(company, 'appointment.cancelled', id, payload)],
        },
        whenLimited: terms.whenLimited,
      };
    });
  }

  /** Confirms, completes or notes that the customer did not come. */
  advance(
    company: CompanyId,
    id: AppointmentId,
    status: AdvancedStatus,
    options: ChangeOptions,
  ): Promise<Answer<Booking>> {
    const { committer, clock } = this.#deps;
    const key = keyOf(status, options.idempotencyKey, { id });
    return this.#change(company, id, options, key, async (appointment) => {
      const wrong = statusError(appointment, status);
      if (wrong !== undefined) return wrong;
      const fee = await this.#feeIn(company, appointment, status);
      if (fee !== null && 'ok' in fee) return fee;
      const row = { ...inStatus(appointment, status, clock.now()), fee };
      const missed = Number(status === 'noShow') - Number(appointment.status === 'noShow');
      const { customerId } = appointment;
      return {
        row,
        write: {
          missed: missed === 0 || customerId === null ? undefined : [{ customerId, by: missed > 0 ? 1 : -1 }],
          events: [committer.event(company, `appointment.${status}`, id, { appointment: row })],
        },
      };
    });
  }

  /** What is owed for not having come, and what was owed before for anything else. */
  async #feeIn(
    company: CompanyId,
    appointment: Appointment,
    status: AdvancedStatus,
  ): Promise<Fee | null | Refused<'COMPANY_UNKNOWN'>> {
    if (status !== 'noShow') return appointment.fee?.reason === 'noShow' ? null : appointment.fee;
    const catalog = await this.#deps.catalogs.current(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const price = feeOf(catalog.policies.value('noShowFee', appointment), appointment.price);
    return price === null ? appointment.fee : { reason: 'noShow', price };
  }

  async #change(
    company: CompanyId,
    id: AppointmentId,
    options: CancelOptions,
    key: WriteKey,
    edit: (appointment: Appointment) => Promise<Edit | Refused>,
  ): Promise<Answer<Booking>> {
    const wrong = writeErrors(options).text(options.reason, 'reason', 500).refusal();
    if (wrong !== undefined) return wrong;
    if (!isId(id)) return refuse('APPOINTMENT_UNKNOWN', {});
    const { storage, committer } = this.#deps;
    const earlier = await committer.earlier(company, key);
    if (earlier !== undefined)
      return typeof earlier === 'object' ? earlier : this.#replay(company, earlier as AppointmentId);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const appointment = await storage.appointment(company, id);
      if (appointment === undefined) return refuse('APPOINTMENT_UNKNOWN', {});
      if (options.version !== undefined && options.version !== appointment.version)
        return refuse('VERSION_CONFLICT', { version: appointment.version });
      const edited = await edit(appointment);
      if ('ok' in edited) return edited;
      const outcome = await committer.commit(company, {
        ...edited.write,
        idempotency: key === undefined ? undefined : { ...key, resultId: id },
        appointments: [{ row: edited.row, expectedVersion: appointment.version }],
      });
      if (outcome.kind === 'committed') return { ok: true, appointment: edited.row, replayed: false };
      if (outcome.kind === 'replayed') return this.#replay(company, outcome.resultId as AppointmentId);
      if (outcome.kind === 'key-reused') return refuse('KEY_REUSED', { key: key?.key ?? '' });
      if (outcome.kind === 'limit-reached' && edited.whenLimited !== undefined) return edited.whenLimited;
      // A hold whose time somebody else has is over, even if a clock that went back calls it live.
      const isTaken = outcome.kind === 'taken' || outcome.kind === 'limit-reached' || outcome.kind === 'session-full';
      const lost = isTaken && edited.write.requireHold !== undefined;
      if (lost || outcome.kind === 'hold-expired') return refuse('HOLD_EXPIRED', {});
      // Taken, or changed by somebody else: look again, which ends in a refusal or in another try.
    }
    throw new EngineError('STORAGE_BUSY', 'The appointment kept changing while it was changed.');
  }

  /** Where the appointment would go: what a hold keeps for it, or a start that the predicate allows. */
  async #destination(company: CompanyId, appointment: Appointment, to: MoveTarget): Promise<Destination | Refused> {
    if (typeof to === 'object' && 'owner' in to) return this.#heldPlace(company, to, appointment.customerId);
    const judged = await this.#judgeMove(company, appointment, to);
    if (!judged.ok) return judged;
    const booked = bookedOf(judged);
    return { ok: true, booked, catalog: judged.catalog, price: priceOf(judged.catalog, booked), hold: undefined };
  }

  async #heldPlace(
    company: CompanyId,
    ref: Hold | HoldRef,
    customerId: CustomerId | null,
  ): Promise<Destination | Refused> {
    const { storage, catalogs, availability } = this.#deps;
    const id = 'hold' in ref ? ref.hold : ref.id;
    const hold = isId(id) ? await storage.hold(company, id) : undefined;
    if (hold === undefined) return refuse('HOLD_UNKNOWN', {});
    if (hold.owner !== ref.owner) return refuse('NOT_OWNER', {});
    if (hold.expiresMs <= (await storage.now())) return refuse('HOLD_EXPIRED', {});
    const catalog = await catalogs.current(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const objection = await availability.heldObjection(company, hold, customerId);
    if (objection !== undefined) return objection;
    const booked = bookedIn(hold);
    return { ok: true, booked, catalog, price: priceOf(catalog, booked), hold };
  }

  async #judgeMove(
    company: CompanyId,
    appointment: Appointment,
    to: Offer | string | MoveWish,
  ): Promise<Judged | Refused> {
    const { tokens, clock, availability } = this.#deps;
    const wish = typeof to === 'string' || 'token' in to ? undefined : to;
    const read = readTarget(tokens, company, withDefaults(to, appointment), clock.now());
    if (!read.ok) return read;
    const asker = { except: appointment.id, customerId: appointment.customerId };
    const [current] = appointment.resourceIds;
    if (wish === undefined || wish.resource !== undefined || current === undefined)
      return availability.judge(company, read.start, asker);
    // Whoever does it now is asked first; only if he cannot, anyone else who can.
    const same = { ...read.start, wish: { ...read.start.wish, resource: current }, isTentative: true };
    const judged = await availability.judge(company, same, asker);
    return judged.ok ? judged : availability.judge(company, read.start, asker);
  }

  async #replay(company: CompanyId, id: AppointmentId): Promise<Answer<Booking>> {
    const appointment = await this.#deps.storage.appointment(company, id);
    return appointment === undefined ? refuse('APPOINTMENT_UNKNOWN', {}) : { ok: true, appointment, replayed: true };
  }
}

/** A wish for a move, with what it leaves out filled in from the appointment. */
const withDefaults = (
  to: Offer | string | MoveWish,
  { branchId, serviceId, partySize, parts }: Appointment,
): TimeTarget => {
  if (typeof to === 'string' || 'token' in to) return to;
  const place = { ...to, branch: to.branch ?? branchId, partySize: to.partySize ?? partySize };
  if (to.service !== undefined || to.services !== undefined) return place;
  const visit = bookedVisit(parts);
  if (visit === undefined) return { ...place, service: serviceId };
  const { services, order, maxWaitMinutes } = visit;
  return { ...place, services, order: to.order ?? order, maxWaitMinutes: to.maxWaitMinutes ?? maxWaitMinutes };
};

const statusError = (appointment: Appointment, wanted: AppointmentStatus): Refused | undefined =>
  mayBecome(appointment.status, wanted) ? undefined : refuse('STATUS_CONFLICT', { status: appointment.status, wanted });
