import type { DomainEvent } from '../events.ts';
import { token } from '../kernel/token.ts';
import type { Appointment, Hold, Span } from '../model/appointment.ts';
import type { Call } from '../model/call.ts';
import type { CompanyConfig } from '../model/company.ts';
import type { Customer } from '../model/customer.ts';
import type {
  AppointmentId,
  BranchId,
  CallId,
  ClaimOwner,
  CompanyId,
  CustomerId,
  EventId,
  GroupId,
  HoldId,
  ResourceId,
  ServiceId,
  SessionId,
} from '../model/ids.ts';
import type { BookingWrite, WriteOutcome } from './bookingWrite.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { DocumentStore } from './documents.ts';
import type { Forgetting } from './forgetting.ts';
import type {
  AgendaEntry,
  AgendaQuery,
  AppointmentQuery,
  CallQuery,
  CustomerQuery,
  CustomerSearch,
  HoldQuery,
  ListedCall,
} from './lists.ts';
import type { Maintenance } from './maintenance.ts';
import type { IdlePage, IdleQuery, Retired, Retiring } from './retiring.ts';
import type { WalkedKind, WalkedRows, WalkQuery } from './walk.ts';

/** What a configuration write came to. */
export type ConfigOutcome =
  /** With the event as the outbox has it, for observers in this process. */
  | { readonly kind: 'committed'; readonly revision: number; readonly event: DomainEvent<'company.changed'> }
  /** Somebody else changed the company since `expectedRevision` was read. */
  | { readonly kind: 'revision-conflict' }
  /** A key that is unique over all companies belongs to another one. */
  | { readonly kind: 'not-unique'; readonly of: 'company' | 'number' | 'agent' | 'apiKey'; readonly value: string }
  /** Something that was to be deleted is named by an appointment, past ones included, or by a live hold. */
  | { readonly kind: 'in-use'; readonly id: string; readonly by: 'appointments' | 'holds' };

/** An entity of a configuration that shall be deleted. */
export interface ConfigRemoval {
  readonly list: 'branches' | 'numbers' | 'agents' | 'schedules' | 'resources' | 'services' | 'keys';
  /** An agent's is its agent id. */
  readonly id: string;
}

/** What deleting a company came to. */
export type CompanyRemoval =
  | { readonly kind: 'committed'; readonly event: DomainEvent<'company.removed'> }
  /** Its revision is another one, or there is none such. */
  | { readonly kind: 'revision-conflict' }
  | { readonly kind: 'in-use'; readonly by: 'appointments' | 'holds' | 'customers' | 'calls' };

/** Periods of one scope of units, half-open. */
export interface UnitQuery {
  readonly scope: string;
  readonly fromPeriod: number;
  readonly toPeriod: number;
}

/** A session that somebody takes part in. */
export interface LiveSession {
  readonly id: SessionId;
  readonly startMs: number;
  readonly resourceIds: readonly ResourceId[];
  /** Seats that are taken, at least one. */
  readonly taken: number;
}

/** Which occupied time to read, and what else at the same moment. */
export interface BusyQuery {
  /** In the order in which the answer will be. */
  readonly resourceIds: readonly ResourceId[];
  /** The range is half-open: a span that ends at `fromMs` or begins at `toMs` does not overlap it. */
  readonly fromMs: number;
  readonly toMs: number;
  /**
   * A hold or appointment that is about to be replaced: its own spans, units and seats are left out, and a session in
   * which nobody else takes part, with all it takes.
   */
  readonly except?: ClaimOwner | undefined;
  /** Units to be counted. */
  readonly units?: readonly UnitQuery[] | undefined;
  /** The service whose sessions to list. */
  readonly sessions?: { readonly serviceId: ServiceId } | undefined;
  /**
   * The answer may be a little out of date, because it is only looked at: whoever will write on the strength of it leaves
   * this out. A storage with copies may then read one, but none that lacks what this storage has written for the company.
   */
  readonly mayLag?: boolean | undefined;
}

/** What is occupied, and the revision of the configuration at that moment. */
export interface BusyAnswer {
  /** Of the company's configuration; null when there is no such company. */
  readonly revision: number | null;
  /**
   * One array for each resource asked for: start, end, start, end … in epoch milliseconds, ascending by start, every span
   * that overlaps the range and none other, expired holds left out. The time of a session is told once.
   */
  readonly busy: readonly Float64Array[];
  /** Where units were asked for: of each query the live ones in each of its periods. */
  readonly units?: readonly (readonly number[])[];
  /** Where sessions were asked for: the live ones that overlap the range, ordered by start and then by id. */
  readonly sessions?: readonly LiveSession[];
}

/** Occupied time of an owner, as it is stored. */
export interface StoredSpan extends Span {
  /** From then on it has lapsed; null: it stays. */
  readonly expiresMs: number | null;
  /** How many cells of it are claimed. Fewer than it has: others have taken them over, or they were swept. */
  readonly claims: number;
}

/** An event of the outbox, and how far it has come. */
export interface StoredEvent {
  readonly id: EventId;
  readonly name: string;
  readonly occurredMs: number;
  readonly payload: unknown;
  /** How often it was lent to a relay. */
  readonly attempts: number;
  /** Handlers that succeeded before others failed. */
  readonly delivered: readonly string[];
  /** When it came to its end; null: not yet. */
  readonly sentMs: number | null;
}

/** What is stored about a hold or an appointment beside its own row. */
export interface OwnedRows {
  /** Ordered by start and resource. */
  readonly spans: readonly StoredSpan[];
  /** Those of the aggregate with its id, in the order of writing, as long as they are kept. */
  readonly events: readonly StoredEvent[];
}

/** What a call names that must be there. */
export interface CallNames {
  readonly branchId?: BranchId | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly appointmentId?: AppointmentId | undefined;
}

/** The state a key was first used for. */
export interface IdempotencyRecord {
  /** Hash of operation and body. */
  readonly fingerprint: string;
  /** What the write made or changed. */
  readonly resultId: ClaimOwner | GroupId;
}

/**
 * Stored data of companies. Every method but the three at the end takes the company first, and neither reads nor
 * changes a row of another one. Rows may be written before the configuration. Texts are told apart to the last
 * character, case, accents and blanks included. Faults are thrown as EngineError.
 */
export interface Storage {
  /** The configuration of a company, consistent in itself; undefined when there is none. */
  config(company: CompanyId): Promise<CompanyConfig | undefined>;
  /**
   * Replaces the configuration of a company: entities are stored by their ids. What the configuration leaves out is
   * deactivated; only what `removed` names is deleted, and that only where no appointment and no live hold names it.
   * `expectedRevision` is 0 for a new company, and 'company.changed' is written to the outbox.
   * @param removed - must not be in the configuration any more, and nothing in it may refer to it; unknown ids are ignored
   */
  saveConfig(
    company: CompanyId,
    config: CompanyConfig,
    expectedRevision: number,
    removed?: readonly ConfigRemoval[],
  ): Promise<ConfigOutcome>;
  /**
   * Deletes a company that has neither appointments nor live holds, customers or calls, with its configuration and its
   * documents: its keys, numbers, agents and secrets are free again. 'company.removed' is written to the outbox.
   */
  removeCompany(company: CompanyId, expectedRevision: number): Promise<CompanyRemoval>;

  busy(company: CompanyId, query: BusyQuery): Promise<BusyAnswer>;
  /** Does all of the write or nothing. */
  write(company: CompanyId, write: BookingWrite): Promise<WriteOutcome>;
  idempotency(company: CompanyId, key: string): Promise<IdempotencyRecord | undefined>;

  hold(company: CompanyId, id: HoldId): Promise<Hold | undefined>;
  /** The live holds of an owner, as they name him, ordered by id. */
  holdsOf(company: CompanyId, owner: string): Promise<readonly Hold[]>;
  /** The live holds of the company. */
  holds(company: CompanyId, query: HoldQuery): Promise<readonly Hold[]>;
  /** What is stored about an owner of time, whatever has become of him: for whoever looks for a cause. */
  ownedRows(company: CompanyId, owner: ClaimOwner): Promise<OwnedRows>;
  appointment(company: CompanyId, id: AppointmentId): Promise<Appointment | undefined>;
  /** Reads along one index; what the others of its conditions leave out is looked through there. */
  appointments(company: CompanyId, query: AppointmentQuery): Promise<readonly Appointment[]>;
  /** A branch's day, as cheaply as it can be read. */
  agenda(company: CompanyId, query: AgendaQuery): Promise<readonly AgendaEntry[]>;
  customer(company: CompanyId, id: CustomerId): Promise<Customer | undefined>;
  customerByPhone(company: CompanyId, e164: string): Promise<Customer | undefined>;
  customers(company: CompanyId, query: CustomerQuery): Promise<readonly Customer[]>;
  findCustomers(company: CompanyId, search: CustomerSearch): Promise<readonly Customer[]>;

  /**
   * One page of a walk through all rows of a kind, ordered by id. Each page is of a moment of its own; whoever asks for
   * the next one after the last id meets every row that is there all the while exactly once, however it is changed.
   */
  walk<K extends WalkedKind>(company: CompanyId, kind: K, query: WalkQuery): Promise<readonly WalkedRows[K][]>;

  /** Forgets somebody. False when he is still named by an appointment or a call: then nothing is changed. */
  forget(company: CompanyId, forgetting: Forgetting): Promise<boolean>;

  /** Takes away, or counts, one piece of what the company has kept for long enough. What is open or to come stays. */
  retire(company: CompanyId, retiring: Retiring): Promise<Retired>;
  /** Who has neither come nor called for long, page by page in the order of ids. */
  idleCustomers(company: CompanyId, query: IdleQuery): Promise<IdlePage>;

  call(company: CompanyId, provider: string, providerCallId: string): Promise<Call | undefined>;
  callById(company: CompanyId, id: CallId): Promise<Call | undefined>;
  calls(company: CompanyId, query: CallQuery): Promise<readonly ListedCall[]>;
  /**
   * Stores a call where the stored version is `expectedVersion` (0: there is none yet).
   * False when it is not, when the provider's call belongs to another company, or when one of `names` is no row of the
   * company. A customer or appointment among them is there until the call is stored: who takes one away at the same time
   * does so before it, or finds it named.
   */
  saveCall(company: CompanyId, call: Call, expectedVersion: number, names?: CallNames): Promise<boolean>;

  readonly documents: DocumentStore;
  readonly directory: Directory;
  readonly maintenance: Maintenance;
  /** Epoch milliseconds by the clock that judges holds and leases: the database's in production. */
  now(): Promise<number>;
  /** Opens files or pools and checks the schema. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes a storage when an engine is created, so that importing an adapter loads nothing heavy. */
export interface StorageFactory {
  /** For messages: `sqlite(askpro.db)`, without secrets. */
  readonly name: string;
  /** With a clock all times are judged by it, as tests need it; without one by the database's own. */
  create(options: { readonly clock?: Clock | undefined }): Storage | Promise<Storage>;
}

/** The storage of the engine. */
export const Storage = token<Storage>()('askpro/storage');
