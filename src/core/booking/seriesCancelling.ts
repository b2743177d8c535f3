import type { Catalogs } from '../availability/catalogs.ts';
import type { UnitClaim } from '../contracts/bookingWrite.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Appointment } from '../model/appointment.ts';
import type { AppointmentId, CompanyId, GroupId } from '../model/ids.ts';
import { mayBecome } from '../model/status.ts';
import { refuse, type Answer, type Refused } from '../refusals.ts';
import { cancelling, unboundCancelling } from './cancelling.ts';
import { MAX_ATTEMPTS, type Committer, type WriteKey } from './commit.ts';
import { keyOf } from './holds.ts';
import { writeErrors } from './limits.ts';
import type { CancelOptions } from './requests.ts';
import { inStatus } from './rows.ts';
import { meantOf, scopeErrors, type SeriesScope } from './seriesScope.ts';

/** How to cancel what was booked together. */
export interface CancelSeriesOptions extends Omit<CancelOptions, 'version'>, SeriesScope {}

/** What came of one appointment of a series: as it is now, or why it stays as it was. */
export type ChangedOccurrence = { readonly appointmentId: AppointmentId; readonly startMs: number } & (
  { readonly ok: true; readonly appointment: Appointment } | Refused
);

/** What came of a change of a series. */
export interface ChangedSeries {
  readonly groupId: GroupId;
  /** Those that were meant, but for what is over or was cancelled before, ascending by start. */
  readonly occurrences: readonly ChangedOccurrence[];
  readonly replayed: boolean;
}

interface Deps {
  readonly storage: Storage;
  readonly catalogs: Catalogs;
  readonly committer: Committer;
  readonly clock: Clock;
}

/** Cancels appointments that were booked together, in one transaction, each by compare-and-set on its version. */
export class SeriesCancelling {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async cancel(company: CompanyId, group: GroupId, options: CancelSeriesOptions): Promise<Answer<ChangedSeries>> {
    const { scope, appointment, by, acceptFee, reason } = options;
    const wrong = scopeErrors(writeErrors(options).text(reason, 'reason', 500), options).refusal();
    if (wrong !== undefined) return wrong;
    const key = keyOf('cancelSeries', options.idempotencyKey, { group, scope, appointment, by, acceptFee });
    const earlier = await this.#deps.committer.earlier(company, key);
    if (earlier !== undefined) return typeof earlier === 'object' ? earlier : this.#replay(company, group, options);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const answer = await this.#attempt(company, group, options, key);
      if (answer !== 'again') return answer;
    }
    throw new EngineError('STORAGE_BUSY', 'The series kept changing while it was changed.');
  }

  async #attempt(
    company: CompanyId,
    groupId: GroupId,
    options: CancelSeriesOptions,
    key: WriteKey,
  ): Promise<Answer<ChangedSeries> | 'again'> {
    const { committer, clock, catalogs } = this.#deps;
    const { by, acceptFee, reason = null } = options;
    const meant = await meantOf(this.#deps.storage, company, groupId, options);
    if ('ok' in meant) return meant;
    const catalog = await catalogs.current(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const nowMs = clock.now();
    const changed: { readonly row: Appointment; readonly expectedVersion: number }[] = [];
    const units: UnitClaim[] = [];
    let whenLimited: Refused | undefined;
    const occurrences = meant
      .filter(({ startMs, status }) => startMs > nowMs && mayBecome(status, 'cancelled'))
      .map((appointment): ChangedOccurrence => {
        const at = { appointmentId: appointment.id, startMs: appointment.startMs };
        const terms =
          by === 'company' ? unboundCancelling : cancelling(catalog, appointment, nowMs, acceptFee !== false);
        if (!terms.ok) return { ...at, ...terms };
        const row = { ...inStatus(appointment, 'cancelled', nowMs), fee: terms.fee };
        changed.push({ row, expectedVersion: appointment.version });
        units.push(...(terms.units ?? []));
        whenLimited ??= terms.whenLimited;
        return { ...at, ok: true, appointment: row };
      });
    const answer = { ok: true, groupId, occurrences, replayed: false } as const;
    if (changed.length === 0) return answer;
    const outcome = await committer.commit(company, {
      idempotency: key === undefined ? undefined : { ...key, resultId: groupId },
      release: changed.map(({ row }) => row.id),
      ...(units.length === 0 ? {} : { units }),
      appointments: changed,
      events: changed.map(({ row }) =>
        committer.event(company, 'appointment.cancelled', row.id, { appointment: row, reason }),
      ),
    });
    if (outcome.kind === 'committed') return answer;
    if (outcome.kind === 'replayed') return this.#replay(company, groupId, options);
    if (outcome.kind === 'key-reused') return refuse('KEY_REUSED', { key: key?.key ?? '' });
    // A quota that all of them together exceed is exceeded by the wish, and not by one of them.
    if (outcome.kind === 'limit-reached' && whenLimited !== undefined) return whenLimited;
    return 'again';
  }

  /** The first answer again, with every appointment as it is now. */
  async #replay(company: CompanyId, groupId: GroupId, options: CancelSeriesOptions): Promise<Answer<ChangedSeries>> {
    const meant = await meantOf(this.#deps.storage, company, groupId, options);
    if ('ok' in meant) return meant;
    const occurrences = meant.map((appointment): ChangedOccurrence => {
      const at = { appointmentId: appointment.id, startMs: appointment.startMs };
      if (appointment.status !== 'cancelled') return { ...at, ...refuse('REFUSED_EARLIER', {}) };
      return { ...at, ok: true, appointment };
    });
    return { ok: true, groupId, occurrences, replayed: true };
  }
}
