import type { Catalogs } from '../availability/catalogs.ts';
import type { ManyReader } from '../availability/readMany.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { CallId, ClaimOwner, CompanyId, GroupId } from '../model/ids.ts';
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
import { bookGroup, type Wanted } from './groupBooker.ts';
import { placeOf, MOST_IN_GROUP } from './groupIds.ts';
import { keyOf } from './holds.ts';
import { unknownCall } from './namedCall.ts';
import type { OfferTokens } from './offerTokens.ts';
import type { StartWish, TimeTarget } from './requests.ts';
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

interface Read {
  readonly ok: true;
  readonly wanted: readonly Wanted[];
  /** How often the customer of each did not come. */
  readonly noShows: readonly number[];
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
    const { storage, catalogs, newId } = this.#deps;
    const known = await catalogs.get(company);
    if (known === undefined) return refuse('COMPANY_UNKNOWN', {});
    const customers = new BatchCustomers(storage, known.config.company, newId);
    const read = await this.#wanted(company, items, customers);
    if (!read.ok) return read;
    const { wanted, noShows } = read;
    const outcome = await bookGroup(this.#deps, company, {
      group,
      wanted,
      detail: (place) => ({ options: items[place] ?? NO_OPTIONS, noShows: noShows[place] ?? 0 }),
      by,
      isWhole: mode === 'all',
      prefersOne: false,
      key,
      customers: (ids) => customers.written(ids),
    });
    switch (outcome.kind) {
      case 'done': {
        const told = outcome.answers.map((answer): BatchAnswer =>
          answer.ok ? { ok: true, appointment: answer.taken.appointment } : answer,
        );
        const groupId = told.some(({ ok }) => ok) ? group : null;
        return { ok: true, groupId, items: told, replayed: false };
      }
      case 'refused':
        return batchRefused(outcome.answers, 'items');
      case 'replayed':
        return this.#replay(company, items.length, outcome.resultId);
      case 'failed':
        return outcome.refused;
      case 'again':
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
    const calls = new Map<CallId, ReturnType<typeof unknownCall>>();
    for (const [index, item] of items.entries()) {
      const read = readTarget(tokens, company, targetOf(item), nowMs);
      const customer = await customers.resolve(item.customer);
      for (const each of [read, customer])
        if (!each.ok && each.refusal.code === 'INPUT_INVALID')
          errors.push(...below(`items[${index}]`, each as Refused<'INPUT_INVALID'>));
      noShows.push(customer.ok ? customer.noShows : 0);
      const stranger = await this.#stranger(company, item.callId, calls);
      if (!read.ok) wanted.push(read);
      else if (!customer.ok) wanted.push(customer);
      else wanted.push(stranger ?? { ...read.start, customerId: customer.customerId });
    }
    return errors.length === 0 ? { ok: true, wanted, noShows } : refuse('INPUT_INVALID', { errors });
  }

  /** Refuses a call that is nobody's; each is looked for once. */
  async #stranger(
    company: CompanyId,
    callId: CallId | undefined,
    known: Map<CallId, ReturnType<typeof unknownCall>>,
  ): ReturnType<typeof unknownCall> {
    if (callId === undefined) return undefined;
    const asked = known.get(callId) ?? unknownCall(this.#deps.storage, company, callId);
    known.set(callId, asked);
    return asked;
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

function targetOf(item: BatchItem): TimeTarget {
  if ('offer' in item && (item.offer as unknown) !== undefined) return item.offer;
  const { service, services, order, maxWaitMinutes, start, branch, resource, partySize, prefer } = item as StartWish;
  return { service, services, order, maxWaitMinutes, start, branch, resource, partySize, prefer };
}

/** What is asked for beside time and customer. */
const said = ({ source, callId, notes, metadata, status }: BatchItem): unknown => ({
  source,
  callId,
  notes,
  metadata,
  status,
});
