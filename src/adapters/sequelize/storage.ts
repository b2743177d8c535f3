import type {
  AgendaEntry,
  AgendaQuery,
  AppointmentId,
  AppointmentQuery,
  BookingWrite,
  BusyAnswer,
  BusyQuery,
  Call,
  CallId,
  CallNames,
  CallQuery,
  ClaimOwner,
  CompanyConfig,
  CompanyId,
  CompanyRemoval,
  ConfigOutcome,
  ConfigRemoval,
  CustomerId,
  CustomerQuery,
  CustomerSearch,
  Directory,
  Forgetting,
  DocumentStore,
  HoldId,
  HoldQuery,
  IdempotencyRecord,
  ListedCall,
  IdlePage,
  IdleQuery,
  Maintenance,
  OwnedRows,
  Appointment,
  Customer,
  Hold,
  Retired,
  Retiring,
  Storage,
  WalkedKind,
  WalkedRows,
  WalkQuery,
  WriteOutcome,
} from '../../adapter.ts';
import { EngineError, uuidV7Source } from '../../adapter.ts';
import { listAgenda } from './agenda.ts';
import { atOnce } from './bookAtOnce.ts';
import { bookingProgram, isCommitted } from './bookingProgram.ts';
import { readAppointment, readCustomer, readHold } from './bookingRows.ts';
import { bookingSql } from './bookingSql.ts';
import { busyProgram } from './busyRead.ts';
import { listCalls } from './callListing.ts';
import { findCall, findCallById, storeCall } from './callStore.ts';
import { idOf, text } from './cell.ts';
import { removeCompany } from './companyRemove.ts';
import { readConfig } from './configRead.ts';
import { saveConfig } from './configWrite.ts';
import type { Database, Dialect } from './dialect.ts';
import { directoryReads } from './directoryReads.ts';
import { documentStore } from './documentStore.ts';
import { forget } from './forgetProgram.ts';
import { idBytes } from './ids.ts';
import { libraryOf } from './lend.ts';
import { listAppointments, listCustomers, listHolds, listHoldsOf, searchCustomers } from './listing.ts';
import { maintenanceWork } from './maintenanceWork.ts';
import { prepareSchema } from './migrator.ts';
import { defineModels } from './models.ts';
import type { Opened } from './opened.ts';
import { ownedRows } from './ownedRows.ts';
import { readBack } from './outcomeProgram.ts';
import { rows } from './program.ts';
import { idleCustomers, retire } from './retireProgram.ts';
import type { Program, Row, SqlValue } from './program.ts';
import { walk } from './walk.ts';

const newEventId = uuidV7Source((into) => crypto.getRandomValues(into));

/** Reads the one row that a key names. */
function* one<T>(sql: string, values: readonly SqlValue[], read: (row: Row) => T): Program<T | undefined> {
  const [row] = yield* rows(sql, values);
  return row === undefined ? undefined : read(row);
}

const readRecord = (row: Row): IdempotencyRecord => ({
  fingerprint: text(row[0]),
  resultId: idOf<AppointmentId>(row[1]),
});

/** Of whom a read may lag, where it may. */
const lagging = (company: CompanyId, { mayLag }: { readonly mayLag?: boolean | undefined }): CompanyId | undefined =>
  mayLag === true ? company : undefined;

/**
 * Notes a write when it has come to its end, whatever that was: what was refused was refused for something that a copy may
 * not show yet, and what was lost may have been committed.
 */
async function noted<T>(database: Database, company: CompanyId, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } finally {
    database.wrote?.(company);
  }
}

/** Storage of the engine on one dialect. Nothing is loaded or opened before `start`. */
export class SequelizeStorage implements Storage {
  readonly documents: DocumentStore;
  readonly directory: Directory;
  readonly maintenance: Maintenance;
  readonly #dialect: Dialect;
  readonly #nowMs: (() => number) | undefined;
  #opened: Opened | undefined;

  /** @param nowMs - replaces the database's clock */
  constructor(dialect: Dialect, nowMs: (() => number) | undefined) {
    this.#dialect = dialect;
    this.#nowMs = nowMs;
    this.documents = documentStore(() => this.#use());
    this.directory = directoryReads(() => this.#database());
    this.maintenance = maintenanceWork(() => this.#database());
  }

  async start(): Promise<void> {
    if (this.#opened !== undefined) return;
    const database = await this.#dialect.open(this.#nowMs);
    const { DataTypes, Op } = libraryOf(database.sequelize);
    try {
      await prepareSchema(database, this.#dialect);
      const models = defineModels(database.sequelize, DataTypes, database.schema.modelId(DataTypes));
      this.#opened = { database, models, op: Op };
    } catch (error) {
      await database.close();
      throw this.#dialect.fault(error);
    }
  }

  async stop(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.database.close();
  }

  async now(): Promise<number> {
    return this.#database().now();
  }

  async config(company: CompanyId): Promise<CompanyConfig | undefined> {
    const { database, models } = this.#use();
    const config = await database.snapshot((transaction) => readConfig(models, company, transaction));
    // What is occupied will be compared with this revision, which a copy may not have yet.
    database.wrote?.(company);
    return config;
  }

  async saveConfig(
    company: CompanyId,
    config: CompanyConfig,
    expectedRevision: number,
    removed: readonly ConfigRemoval[] = [],
  ): Promise<ConfigOutcome> {
    const opened = this.#use();
    return noted(opened.database, company, saveConfig(opened, company, config, expectedRevision, removed, newEventId));
  }

  async removeCompany(company: CompanyId, expectedRevision: number): Promise<CompanyRemoval> {
    const opened = this.#use();
    return noted(opened.database, company, removeCompany(opened, company, expectedRevision, newEventId));
  }

  async busy(company: CompanyId, query: BusyQuery): Promise<BusyAnswer> {
    const database = this.#database();
    const program = (nowMs: number) => busyProgram(database.sql, idBytes(company), query, nowMs);
    return database.read(program, lagging(company, query));
  }

  async write(company: CompanyId, write: BookingWrite): Promise<WriteOutcome> {
    const database = this.#database();
    const id = idBytes(company);
    const written = database.write(
      (nowMs) => bookingProgram(database.sql, id, write, nowMs),
      isCommitted,
      () => readBack(database.sql, id, write),
      () => atOnce(database.sql, id, write),
    );
    return database.wrote === undefined ? written : noted(database, company, written);
  }

  async idempotency(company: CompanyId, key: string): Promise<IdempotencyRecord | undefined> {
    return this.#database().read(() => one(bookingSql.idempotencyByKey, [idBytes(company), key], readRecord));
  }

  async hold(company: CompanyId, id: HoldId): Promise<Hold | undefined> {
    return this.#database().read(() => one(bookingSql.hold, [idBytes(company), idBytes(id)], readHold));
  }

  async holdsOf(company: CompanyId, owner: string): Promise<readonly Hold[]> {
    return this.#database().read((nowMs) => listHoldsOf(company, owner, nowMs));
  }

  async holds(company: CompanyId, query: HoldQuery): Promise<readonly Hold[]> {
    return this.#database().read((nowMs) => listHolds(company, query, nowMs), lagging(company, query));
  }

  async ownedRows(company: CompanyId, owner: ClaimOwner): Promise<OwnedRows> {
    return this.#database().read(() => ownedRows(company, owner));
  }

  async appointment(company: CompanyId, id: AppointmentId): Promise<Appointment | undefined> {
    return this.#database().read(() => one(bookingSql.appointment, [idBytes(company), idBytes(id)], readAppointment));
  }

  async appointments(company: CompanyId, query: AppointmentQuery): Promise<readonly Appointment[]> {
    return this.#database().read(() => listAppointments(company, query), lagging(company, query));
  }

  async agenda(company: CompanyId, query: AgendaQuery): Promise<readonly AgendaEntry[]> {
    return this.#database().read(() => listAgenda(company, query), lagging(company, query));
  }

  async customer(company: CompanyId, id: CustomerId): Promise<Customer | undefined> {
    return this.#database().read(() => one(bookingSql.customer, [idBytes(company), idBytes(id)], readCustomer));
  }

  async customerByPhone(company: CompanyId, e164: string): Promise<Customer | undefined> {
    return this.#database().read(() => one(bookingSql.customerByPhone, [idBytes(company), e164], readCustomer));
  }

  async customers(company: CompanyId, query: CustomerQuery): Promise<readonly Customer[]> {
    return this.#database().read(() => listCustomers(company, query), lagging(company, query));
  }

  async findCustomers(company: CompanyId, search: CustomerSearch): Promise<readonly Customer[]> {
    return this.#database().read(() => searchCustomers(company, search), lagging(company, search));
  }

  async walk<K extends WalkedKind>(company: CompanyId, kind: K, query: WalkQuery): Promise<readonly WalkedRows[K][]> {
    return this.#database().read(() => walk(company, kind, query), lagging(company, query));
  }

  async forget(company: CompanyId, forgetting: Forgetting): Promise<boolean> {
    const database = this.#database();
    const forgotten = database.write(
      (nowMs) => forget(database.sql, idBytes(company), forgetting, nowMs),
      (done) => done,
    );
    return database.wrote === undefined ? forgotten : noted(database, company, forgotten);
  }

  async retire(company: CompanyId, retiring: Retiring): Promise<Retired> {
    const database = this.#database();
    const id = idBytes(company);
    if (retiring.dryRun === true) return database.read((nowMs) => retire(database.sql, id, retiring, nowMs));
    const done = database.write(
      (nowMs) => retire(database.sql, id, retiring, nowMs),
      ({ taken }) => taken > 0,
    );
    return database.wrote === undefined ? done : noted(database, company, done);
  }

  async idleCustomers(company: CompanyId, query: IdleQuery): Promise<IdlePage> {
    return this.#database().read(() => idleCustomers(idBytes(company), query));
  }

  async call(company: CompanyId, provider: string, providerCallId: string): Promise<Call | undefined> {
    return this.#database().read(() => findCall(company, provider, providerCallId));
  }

  async callById(company: CompanyId, id: CallId): Promise<Call | undefined> {
    return this.#database().read(() => findCallById(company, id));
  }

  async calls(company: CompanyId, query: CallQuery): Promise<readonly ListedCall[]> {
    return this.#database().read(() => listCalls(company, query));
  }

  async saveCall(company: CompanyId, call: Call, expectedVersion: number, names: CallNames = {}): Promise<boolean> {
    const database = this.#database();
    const stored = database.write(
      () => storeCall(database.sql, idBytes(company), call, expectedVersion, names),
      (done) => done,
    );
    return noted(database, company, stored);
  }

  #use(): Opened {
    if (this.#opened !== undefined) return this.#opened;
    throw new EngineError('ENGINE_STOPPED', `The storage ${this.#dialect.name} is not open.`);
  }

  #database(): Database {
    return this.#use().database;
  }
}
