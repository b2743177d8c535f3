import type { DomainEvent } from '../../events.ts';
import type { Appointment, Booked, Hold, Span } from '../../model/appointment.ts';
import type { Call } from '../../model/call.ts';
import type { CompanyConfig } from '../../model/company.ts';
import type { Customer } from '../../model/customer.ts';
import type {
  AppointmentId,
  BranchId,
  CompanyId,
  CustomerId,
  HoldId,
  Id,
  ResourceId,
  ServiceId,
  SessionId,
} from '../../model/ids.ts';
import type { BookingWrite, ClaimedSpan, ClaimRequest, SeatClaim, UnitClaim } from '../bookingWrite.ts';
import type { Clock } from '../clock.ts';
import type { ConfigOutcome, ConfigRemoval, Storage } from '../storage.ts';
import { shopConfig } from './shopConfig.ts';
import { at, MINUTE_MS } from './minutes.ts';

/** The unit of claims, where a law does not choose another. */
export const GRAIN_MS = 5 * MINUTE_MS;

/** Where a shop stands. */
export interface ShopSite {
  readonly storage: Storage;
  readonly clock: Clock;
  /** A new id. */
  id<I extends Id<string>>(): I;
}

/** What saving came to, without its event. */
export type Saved =
  Exclude<ConfigOutcome, { readonly kind: 'committed' }> | { readonly kind: 'committed'; readonly revision: number };

/** A company with two resources, and what its rows look like. */
export class Shop {
  readonly id: CompanyId;
  readonly branchId: BranchId;
  readonly serviceId: ServiceId;
  anna: ResourceId;
  ben: ResourceId;
  resourceIds: readonly ResourceId[];
  /** The session of {@link Shop.seat}. */
  course: SessionId;
  /** What it configures; a law may replace it before it saves. */
  config: CompanyConfig;
  readonly #site: ShopSite;

  constructor(site: ShopSite, key: string) {
    this.#site = site;
    this.config = shopConfig(key, () => site.id());
    this.id = this.config.company.id;
    const [branch, service] = [this.config.branches[0], this.config.services[0]];
    const [anna, ben] = this.config.resources;
    if (!branch || !service || !anna || !ben) throw new TypeError('the shop of the laws is incomplete');
    [this.branchId, this.serviceId, this.anna, this.ben] = [branch.id, service.id, anna.id, ben.id];
    this.resourceIds = [this.anna, this.ben];
    this.course = site.id<SessionId>();
  }

  /** Saves the configuration, optionally with parts replaced. The event of a commit is left out of the answer. */
  async save(expectedRevision: number, changes: Partial<CompanyConfig> = {}): Promise<Saved> {
    const outcome = await this.saveTold(expectedRevision, changes);
    return outcome.kind === 'committed' ? { kind: outcome.kind, revision: outcome.revision } : outcome;
  }

  /** The same with all of the answer. */
  saveTold(expectedRevision: number, changes: Partial<CompanyConfig> = {}): Promise<ConfigOutcome> {
    this.config = { ...this.config, ...changes };
    return this.#site.storage.saveConfig(this.id, this.config, expectedRevision);
  }

  /** Saves without these entities, which are to be deleted. The event of a commit is left out of the answer. */
  async saveWithout(expectedRevision: number, removed: readonly ConfigRemoval[]): Promise<Saved> {
    const lists = ['branches', 'numbers', 'agents', 'schedules', 'resources', 'services', 'keys'] as const;
    const isLeft = (list: ConfigRemoval['list'], id: string): boolean =>
      !removed.some((each) => each.list === list && each.id === id);
    const rest = Object.fromEntries(
      lists.map((list) => [
        list,
        this.config[list].filter((entity) => isLeft(list, 'id' in entity ? entity.id : entity.agentId)),
      ]),
    );
    const services = this.config.services
      .filter(({ id }) => isLeft('services', id))
      .map((each) => ({ ...each, resourceIds: each.resourceIds.filter((id) => isLeft('resources', id)) }));
    const config = { ...this.config, ...rest, services };
    const outcome = await this.#site.storage.saveConfig(this.id, config, expectedRevision, removed);
    if (outcome.kind !== 'committed') return outcome;
    this.config = config;
    return { kind: outcome.kind, revision: outcome.revision };
  }

  /** Minutes of Anna. */
  span(fromMinute: number, toMinute: number): Span {
    return { resourceId: this.anna, startMs: at(fromMinute), endMs: at(toMinute) };
  }

  /** Minutes of Ben. */
  benSpan(fromMinute: number, toMinute: number): Span {
    return { ...this.span(fromMinute, toMinute), resourceId: this.ben };
  }

  #booked(spans: readonly Span[]): Booked {
    return {
      branchId: this.branchId,
      serviceId: this.serviceId,
      resourceIds: [...new Set(spans.map(({ resourceId }) => resourceId))],
      startMs: Math.min(...spans.map(({ startMs }) => startMs)),
      endMs: Math.max(...spans.map(({ endMs }) => endMs)),
      spans,
      parts: [],
      partySize: 1,
      sessionId: null,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
    };
  }

  /** A first version of an appointment, not yet stored. */
  appointment(spans: readonly Span[], changes: Partial<Appointment> = {}): Appointment {
    return {
      id: this.#site.id(),
      companyId: this.id,
      ...this.#booked(spans),
      customerId: null,
      status: 'confirmed',
      version: 1,
      source: 'law',
      callId: null,
      price: null,
      notes: null,
      metadata: {},
      groupId: null,
      recurrence: null,
      fee: null,
      moves: 0,
      createdMs: this.#site.clock.now(),
      updatedMs: this.#site.clock.now(),
      ...changes,
    };
  }

  /** A hold of the owner `caller` for ten minutes, not yet stored. */
  hold(spans: readonly Span[], changes: Partial<Hold> = {}): Hold {
    const expiresMs = this.#site.clock.now() + 10 * MINUTE_MS;
    return { id: this.#site.id(), companyId: this.id, ...this.#booked(spans), owner: 'caller', expiresMs, ...changes };
  }

  /** An event of this company. */
  event(aggregate: string, changes: Partial<DomainEvent<'company.changed'>> = {}): DomainEvent<'company.changed'> {
    return {
      id: this.#site.id(),
      companyId: this.id,
      name: 'company.changed',
      aggregate,
      occurredMs: this.#site.clock.now(),
      payload: { revision: 1 },
      ...changes,
    };
  }

  /** What claims the spans of a hold or an appointment. */
  claim(of: Hold | Appointment): ClaimRequest {
    return { owner: of.id, spans: of.spans, grainMs: GRAIN_MS, expiresMs: lapseOf(of) };
  }

  /** The same spans as places of resources of that capacity. */
  shared(of: Hold | Appointment, capacity: number): ClaimRequest {
    const spans = of.spans.map((span): ClaimedSpan => ({ ...span, capacity }));
    return { ...this.claim(of), spans };
  }

  /** One unit of a scope and period of which there is one, unless a law wants it otherwise. */
  unit(of: Hold | Appointment, changes: Partial<UnitClaim> = {}): UnitClaim {
    return { owner: of.id, scope: 'day:shop', period: 1, most: 1, take: 1, expiresMs: lapseOf(of), ...changes };
  }

  /** One of three seats in Anna's course from nine to ten, unless a law wants it otherwise. */
  seat(of: Hold | Appointment, changes: Partial<SeatClaim> = {}): SeatClaim {
    const { session = this.course } = changes;
    const [span, expiresMs] = [this.span(0, 60), lapseOf(of)];
    const { startMs, endMs, resourceId } = span;
    const time = { startMs, endMs, resourceIds: [resourceId], spans: [span], grainMs: GRAIN_MS };
    return { owner: of.id, session, serviceId: this.serviceId, ...time, seats: 3, take: 1, expiresMs, ...changes };
  }

  /** Stores a hold or an appointment that claims no time of its own. */
  storing(of: Hold | Appointment, more: Partial<BookingWrite> = {}): BookingWrite {
    const row = 'expiresMs' in of ? { hold: of } : { appointments: [{ row: of, expectedVersion: 0 }] };
    return { ...row, events: [this.event(of.id)], ...more };
  }

  /** Claims an appointment's spans and stores it. */
  booking(appointment: Appointment, more: Partial<BookingWrite> = {}): BookingWrite {
    const appointments = [{ row: appointment, expectedVersion: 0 }];
    return { claims: [this.claim(appointment)], appointments, events: [this.event(appointment.id)], ...more };
  }

  /** Claims a hold's spans and stores it. */
  holding(hold: Hold, more: Partial<BookingWrite> = {}): BookingWrite {
    return { claims: [this.claim(hold)], hold, events: [this.event(hold.id)], ...more };
  }

  /** Turns a hold into an appointment of the same id. */
  conversion(hold: Hold, more: Partial<BookingWrite> = {}): BookingWrite {
    const row = this.appointment(hold.spans, { id: sameId(hold.id) });
    const { id, owner } = hold;
    return { convert: { id, owner }, appointments: [{ row, expectedVersion: 0 }], events: [], ...more };
  }

  /** The next version of an appointment. */
  update(row: Appointment, changes: Partial<Appointment> = {}, more: Partial<BookingWrite> = {}): BookingWrite {
    const next = { ...row, version: row.version + 1, ...changes };
    return { appointments: [{ row: next, expectedVersion: row.version }], events: [], ...more };
  }

  /** A customer, not yet stored. */
  customer(changes: Partial<Customer> = {}): Customer {
    const id = this.#site.id<CustomerId>();
    return { id, companyId: this.id, phone: null, name: null, email: null, locale: null, noShows: 0, ...changes };
  }

  /** A call, not yet stored. */
  call(changes: Partial<Call> = {}): Call {
    return {
      id: this.#site.id(),
      companyId: this.id,
      branchId: null,
      provider: 'acme',
      providerCallId: 'call-1',
      from: null,
      to: null,
      status: 'inbound',
      customerId: null,
      appointmentId: null,
      startedMs: null,
      endedMs: null,
      transcript: null,
      summary: null,
      outcome: null,
      offers: {},
      version: 1,
      updatedMs: this.#site.clock.now(),
      ...changes,
    };
  }
}

const lapseOf = (of: Hold | Appointment): number | null => ('expiresMs' in of ? of.expiresMs : null);

/** A converted hold keeps its id. */
export const sameId = (hold: HoldId): AppointmentId => hold as string as AppointmentId;
