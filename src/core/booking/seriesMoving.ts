import { zoneOf, type Catalog } from '../availability/catalog.ts';
import type { Catalogs } from '../availability/catalogs.ts';
import { decidedBy } from '../availability/policies.ts';
import type { ManyReader } from '../availability/readMany.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Appointment } from '../model/appointment.ts';
import type { CompanyId, GroupId } from '../model/ids.ts';
import { refuse, type Answer, type Refused } from '../refusals.ts';
import { formatUtc } from '../time/instant.ts';
import { batchRefused } from './batchRequests.ts';
import { MAX_ATTEMPTS, type Committer, type WriteKey } from './commit.ts';
import { joined, type Member } from './groupBooker.ts';
import { judgeMoves, startsOf, UnitsOfOthers, type MoveWanted } from './groupMover.ts';
import { keyOf } from './holds.ts';
import { customersMove, movable } from './moving.ts';
import { newStart } from './newStart.ts';
import {
  seriesMoveErrors,
  type MovedOccurrence,
  type MovedSeries,
  type SeriesChange,
  type SeriesMove,
  type SeriesMoveOptions,
} from './seriesMoveRequests.ts';
import { meantOf } from './seriesScope.ts';

interface Deps {
  readonly storage: Storage;
  readonly catalogs: Catalogs;
  readonly readMany: ManyReader;
  readonly committer: Committer;
  readonly clock: Clock;
}

/** The same wish over several attempts. */
interface Attempted {
  readonly company: CompanyId;
  readonly groupId: GroupId;
  readonly move: SeriesMove;
  readonly by: SeriesMoveOptions['by'];
  readonly key: WriteKey;
  readonly notOwn: UnitsOfOthers;
}

/** What is meant, sorted by what can become of it. */
interface Sorted {
  /** Of those that stay in any case. */
  readonly answers: Map<string, MovedOccurrence>;
  /** Those of them that nobody can move any more: they are in nobody's way. */
  readonly closed: ReadonlySet<string>;
  /** Whether policies keep any from being moved. */
  readonly isKept: boolean;
  readonly wanted: readonly MoveWanted[];
}

/** Moves appointments that were booked together, in one transaction, each by compare-and-set on its version. */
export class SeriesMoving {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async move(
    company: CompanyId,
    groupId: GroupId,
    move: SeriesMove,
    options: SeriesMoveOptions,
  ): Promise<Answer<MovedSeries>> {
    const wrong = seriesMoveErrors(move, options).refusal();
    if (wrong !== undefined) return wrong;
    const { by } = options;
    const key = keyOf('rescheduleSeries', options.idempotencyKey, { groupId, move, by });
    const earlier = await this.#deps.committer.earlier(company, key);
    if (earlier !== undefined) return typeof earlier === 'object' ? earlier : this.#replay(company, groupId, move);
    const attempted: Attempted = { company, groupId, move, by, key, notOwn: new UnitsOfOthers() };
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const answer = await this.#attempt(attempted);
      if (answer !== 'again') return answer;
    }
    throw new EngineError('STORAGE_BUSY', 'The series kept changing while it was moved.');
  }

  async #attempt(attempted: Attempted): Promise<Answer<MovedSeries> | 'again'> {
    const { company, groupId, move, key } = attempted;
    const { storage, catalogs, readMany, committer, clock } = this.#deps;
    const meant = await meantOf(storage, company, groupId, move);
    if ('ok' in meant) return meant;
    const catalog = await catalogs.current(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const unknown = unknownIn(catalog, move.change);
    if (unknown !== undefined) return unknown;
    const { answers, wanted, closed, isKept } = this.#sorted(meant, catalog, attempted);
    const isWhole = (move.conflicts ?? 'fail') === 'fail';
    const inOrder = (): readonly MovedOccurrence[] => meant.flatMap(({ id }) => answers.get(id) ?? []);
    const whole = (): Refused =>
      batchRefused(
        inOrder().map((each) => (closed.has(each.appointmentId) ? { ok: true } : each)),
        'occurrences',
      );
    if (isWhole && isKept) return whole();
    const moved: Member[] = [];
    if (wanted.length > 0) {
      const many = await readMany(company, startsOf(wanted, move));
      if (!many.ok) return many;
      const all = await judgeMoves(many, wanted, { ...attempted, isWhole, nowMs: clock.now() });
      let isRefused = false;
      all.forEach((each, place) => {
        const { row, toMs = NaN } = wanted[place] ?? {};
        if (row === undefined) return;
        const at = { appointmentId: row.id };
        if (!each.ok) {
          isRefused = true;
          answers.set(row.id, { ...at, ...each });
          return;
        }
        const { appointment } = each.taken;
        const isShifted = appointment.startMs !== toMs;
        moved.push(each.taken);
        answers.set(row.id, { ...at, ok: true, previousMs: row.startMs, isShifted, appointment });
      });
      // What others have changed since it was read may be the very thing that stood in its way.
      if (isRefused && !(await this.#isAsRead(attempted, meant))) return 'again';
      if (isRefused && isWhole) return whole();
    }
    const answer: Answer<MovedSeries> = {
      ok: true,
      groupId,
      occurrences: inOrder(),
      replayed: false,
    };
    if (moved.length === 0) return answer;
    const before = new Map(meant.map((row) => [row.id, row]));
    const outcome = await committer.commit(company, {
      idempotency: key === undefined ? undefined : { ...key, resultId: groupId },
      release: moved.map(({ appointment }) => appointment.id),
      ...joined(moved),
      appointments: moved.map(({ appointment: row }) => ({ row, expectedVersion: row.version - 1 })),
      events: moved.flatMap(({ appointment }) => {
        const previous = before.get(appointment.id);
        if (previous === undefined) return [];
        return [committer.event(company, 'appointment.rescheduled', appointment.id, { appointment, previous })];
      }),
    });
    if (outcome.kind === 'committed') return answer;
    if (outcome.kind === 'replayed') return this.#replay(company, groupId, move);
    if (outcome.kind === 'key-reused') return refuse('KEY_REUSED', { key: key?.key ?? '' });
    attempted.notOwn.note(outcome);
    return 'again';
  }

  /** Answers those that stay in any case, and says where the others shall go. */
  #sorted(meant: readonly Appointment[], catalog: Catalog, { move, by }: Attempted): Sorted {
    const { change } = move;
    const nowMs = this.#deps.clock.now();
    const service = change.service === undefined ? undefined : catalog.offering(change.service)?.service.id;
    const resource = change.resource === undefined ? undefined : catalog.resource(change.resource)?.id;
    const answers = new Map<string, MovedOccurrence>();
    const closed = new Set<string>();
    const wanted: MoveWanted[] = [];
    let isKept = false;
    for (const row of meant) {
      const at = { appointmentId: row.id };
      const zone = zoneOf(catalog.branch(row.branchId)?.timeZone ?? catalog.config.company.timeZone);
      const toMs = newStart(row.startMs, change, zone);
      const isThere =
        toMs === row.startMs &&
        (change.service === undefined || service === row.serviceId) &&
        (change.resource === undefined || row.resourceIds.some((id) => id === resource));
      const over = closedRefusal(catalog, row, nowMs);
      const kept = by === 'company' || isThere ? undefined : customersMove(catalog, row, nowMs);
      if (over !== undefined) {
        closed.add(row.id);
        answers.set(row.id, { ...at, ...over });
      } else if (kept !== undefined) {
        isKept = true;
        answers.set(row.id, { ...at, ...kept });
      } else if (isThere)
        answers.set(row.id, { ...at, ok: true, previousMs: null, isShifted: false, appointment: row });
      else wanted.push({ row, toMs });
    }
    // Whoever makes room for another is judged before him.
    const [first] = wanted;
    const isLater = first !== undefined && first.toMs > first.row.startMs;
    return { answers, closed, isKept, wanted: isLater ? wanted.reverse() : wanted };
  }

  /** Whether all that were meant are still as they were. */
  async #isAsRead({ company, groupId, move }: Attempted, meant: readonly Appointment[]): Promise<boolean> {
    const now = await meantOf(this.#deps.storage, company, groupId, move);
    if ('ok' in now || now.length !== meant.length) return false;
    const versions = new Map(now.map(({ id, version }) => [id, version]));
    return meant.every(({ id, version }) => versions.get(id) === version);
  }

  /** The first answer again, with every appointment as it is now. */
  async #replay(company: CompanyId, groupId: GroupId, move: SeriesMove): Promise<Answer<MovedSeries>> {
    const meant = await meantOf(this.#deps.storage, company, groupId, move);
    if ('ok' in meant) return meant;
    const occurrences = meant.map((appointment): MovedOccurrence => {
      return { appointmentId: appointment.id, ok: true, previousMs: null, isShifted: false, appointment };
    });
    return { ok: true, groupId, occurrences, replayed: true };
  }
}

/** Why nobody can move it: it is over, or its status is final. */
function closedRefusal(catalog: Catalog, row: Appointment, nowMs: number): Refused | undefined {
  if (!movable(row.status)) return refuse('STATUS_CONFLICT', { status: row.status, wanted: row.status });
  if (row.startMs > nowMs) return undefined;
  const notice = catalog.policies.decide('rescheduleNoticeMinutes', row);
  return refuse('RESCHEDULE_TOO_LATE', { latest: formatUtc(row.startMs), decidedBy: decidedBy(notice) });
}

/** Refuses what the company does not have at all. */
function unknownIn(catalog: Catalog, { service, resource }: SeriesChange): Refused | undefined {
  if (service !== undefined && catalog.offering(service) === undefined) return refuse('SERVICE_UNKNOWN', { service });
  if (resource === undefined || catalog.resource(resource) !== undefined) return undefined;
  return refuse('RESOURCE_UNKNOWN', { resource });
}
