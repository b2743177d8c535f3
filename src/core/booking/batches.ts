import type { Catalogs } from '../availability/catalogs.ts';
import { claimsOf } from '../availability/claims.ts';
import type { StartAmongMany } from '../availability/clusters.ts';
import type { JudgedOne, ManyReader } from '../availability/judgeMany.ts';
import type { Taking } from '../availability/taken.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Appointment } from '../model/appointment.ts';
import type { ClaimOwner, CompanyId, GroupId } from '../model/ids.ts';
import { refuse, type Answer, type FieldError, type Refused } from '../refusals.ts';
import { BatchCustomers } from './batchCustomers.ts';
import {
  batchErrors,
  batchRefused,
  below,
  type BatchAnswer,
  type BatchBooking,
  type BatchItem,
  type BatchOptions,
  type ItemOptions,
} from './batchRequests.ts';
import { MAX_ATTEMPTS, type Committer, type WriteKey } from './commit.ts';
import { memberId, placeOf, MOST_IN_GROUP } from './groupIds.ts';
import { keyOf } from './holds.ts';
import { firstStatus, newAppointment } from './newAppointment.ts';
import { noShowRefusal } from './noShows.ts';
import type { OfferTokens } from './offerTokens.ts';
import type { StartWish, TimeTarget } from './requests.ts';
import { priceOf } from './price.ts';
import { bookedOf } from './rows.ts';
import { readTarget, requestOf } from './target.ts';

interface Deps {
  readonly storage: Storage;
  readonly catalogs: Catalogs;
  readonly readMany: ManyReader;
  readonly committer: Committer;
  readonly tokens: OfferTokens;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** What is asked for, item by item: a start and its customer, or why there is nothing to judge. */
type Wanted = StartAmongMany | Refused;

interface Read {
  readonly ok: true;
  readonly wanted: readonly Wanted[];
  /** How often the customer of each did not come. */
  readonly noShows: readonly number[];
}

interface ToBook extends Taking {
  readonly appointment: Appointment;
}

/** Books many appointments in one transaction. */
export class Batches {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async bookMany(
    company: CompanyId,
    items: readonly BatchItem[],
    options: BatchOptions,
  ): Promise<Answer<BatchBooking>> {
    const wrong = batchErrors(items, options);
    if (wrong !== undefined) return wrong;
    const { committer, newId } = this.#deps;
    const key = keyOf('bookMany', options.idempotencyKey, {
      mode: options.mode,
      by: options.by,
      items: items.map((item) => [requestOf(targetOf(item)), item.customer, said(item)]),
    });
    const earlier = await committer.earlier(company, key);
    if (earlier !== undefined)
      return typeof earlier === 'object' ? earlier : this.#replay(company, items.length, earlier);
    const group = newId() as GroupId;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const answer = await this.#attempt(company, group, items, options, key);
      if (answer !== 'again') return answer;
    }
    throw new EngineError('STORAGE_BUSY', 'Others kept taking the time while it was judged.');
  }

  async #attempt(
    company: CompanyId,
    group: GroupId,
    items: readonly BatchItem[],
    { mode, by }: BatchOptions,
    key: WriteKey,
  ): Promise<Answer<BatchBooking> | 'again'> {
    const { storage, catalogs, readMany, committer, clock, newId } = this.#deps;
    const known = await catalogs.get(company);
    if (known === undefined) return refuse('COMPANY_UNKNOWN', {});
    const customers = new BatchCustomers(storage, known.config.company, newId);
    const read = await this.#wanted(company, items, customers);
    if (!read.ok) return read;
    const { wanted, noShows } = read;
    const open = wanted.flatMap((start, place) => ('ok' in start ? [] : [{ start, place }]));
    const many = await readMany(
      company,
      open.map(({ start }) => start),
    );
    if (!many.ok) return many;
    const nowMs = clock.now();
    const judged = await many.judge((one, at): ToBook | Refused => {
      const { place = NaN, start } = open[at] ?? {};
      const customerId = start?.customerId ?? null;
      const booked = bookedOf(one);
      const unwelcome = noShowRefusal(one.catalog, booked, { noShows: noShows[place] ?? 0 }, by);
      if (unwelcome !== undefined) return unwelcome;
      const item = items[place] ?? NO_OPTIONS;
      const id = memberId(group, place);
      const appointment = newAppointment(booked, {
        id,
        companyId: company,
        customerId,
        price: priceOf(one.catalog, booked),
        options: { ...item, status: firstStatus(one.catalog, booked, { status: item.status, by }) },
        nowMs,
        groupId: group,
      });
      return { appointment, ...claimsOf(one.catalog, booked, { owner: id, expiresMs: null, customerId }) };
    });
    let next = 0;
    const answers = wanted.map((each): JudgedOne<ToBook> => ('ok' in each ? each : (judged[next++] ?? NOT_JUDGED)));
    const taken = answers.flatMap((answer) => (answer.ok ? [answer.taken] : []));
    if (taken.length < items.length && mode === 'all') return batchRefused(answers);
    const told = answers.map((answer): BatchAnswer =>
      answer.ok ? { ok: true, appointment: answer.taken.appointment } : answer,
    );
    if (taken.length === 0) return { ok: true, groupId: null, items: told, replayed: false };
    const outcome = await committer.commit(company, {
      idempotency: key === undefined ? undefined : { ...key, resultId: group },
      ...joined(taken),
      customers: customers.toWrite(new Set(taken.map(({ appointment }) => appointment.customerId))),
      appointments: taken.map(({ appointment }) => ({ row: appointment, expectedVersion: 0 })),
      events: taken.map(({ appointment }) =>
        committer.event(company, 'appointment.booked', appointment.id, { appointment }),
      ),
    });
    switch (outcome.kind) {
      case 'committed':
        return { ok: true, groupId: group, items: told, replayed: false };
      case 'replayed':
        return this.#replay(company, items.length, outcome.resultId);
      case 'key-reused':
        return refuse('KEY_REUSED', { key: key?.key ?? '' });
      case 'taken':
      case 'limit-reached':
      case 'session-full':
      case 'customer-raced':
      case 'version-conflict':
      case 'hold-expired':
        return 'again';
    }
  }

  /** Reads every target and every customer; what is wrong with a field refuses the whole batch, all fields at once. */
  async #wanted(
    company: CompanyId,
    items: readonly BatchItem[],
    customers: BatchCustomers,
  ): Promise<Read | Refused<'INPUT_INVALID'>> {
    const { tokens, clock } = this.#deps;
    const nowMs = clock.now();
    const errors: FieldError[] = [];
    const wanted: Wanted[] = [];
    const noShows: number[] = [];
    for (const [index, item] of items.entries()) {
      const read = readTarget(tokens, company, targetOf(item), nowMs);
      const customer = await customers.resolve(item.customer);
      for (const each of [read, customer])
        if (!each.ok && each.refusal.code === 'INPUT_INVALID')
          errors.push(...below(`items[${index}]`, each as Refused<'INPUT_INVALID'>));
      noShows.push(customer.ok ? customer.noShows : 0);
      if (!read.ok) wanted.push(read);
      else wanted.push(customer.ok ? { ...read.start, customerId: customer.customerId } : customer);
    }
    return errors.length === 0 ? { ok: true, wanted, noShows } : refuse('INPUT_INVALID', { errors });
  }

  /** The first answer again, with every appointment as it is now. Why others were refused then is not kept. */
  async #replay(company: CompanyId, count: number, id: ClaimOwner | GroupId): Promise<Answer<BatchBooking>> {
    const groupId = id as GroupId;
    const stored = await this.#deps.storage.appointments(company, { groupId, limit: MOST_IN_GROUP });
    const byPlace = new Map(stored.map((appointment) => [placeOf(appointment.id), appointment]));
    const items = Array.from({ length: count }, (_, place): BatchAnswer => {
      const appointment = byPlace.get(place);
      return appointment === undefined ? refuse('REFUSED_EARLIER', {}) : { ok: true, appointment };
    });
    return { ok: true, groupId, items, replayed: true };
  }
}

const NO_OPTIONS: ItemOptions = {};
/** Stands for an answer that is always there. */
const NOT_JUDGED = refuse('NO_SLOT', { reasons: [], alternatives: [] });

function targetOf(item: BatchItem): TimeTarget {
  if ('offer' in item && (item.offer as unknown) !== undefined) return item.offer;
  const { service, start, branch, resource, partySize } = item as StartWish;
  return { service, start, branch, resource, partySize };
}

/** What is asked for beside time and customer. */
const said = ({ source, callId, notes, metadata, status }: BatchItem): unknown => ({
  source,
  callId,
  notes,
  metadata,
  status,
});

/** What all of them take, as one write takes it. */
function joined(taken: readonly Taking[]): Taking {
  const units = taken.flatMap((each) => each.units ?? []);
  const seats = taken.flatMap((each) => each.seats ?? []);
  return {
    claims: taken.flatMap((each) => each.claims ?? []),
    ...(seats.length === 0 ? {} : { seats }),
    ...(units.length === 0 ? {} : { units }),
  };
}
