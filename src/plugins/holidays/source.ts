import {
  civilOf,
  DAY_MS,
  epochDayAt,
  instantOf,
  normalise,
  zoneNamed,
  type BusySource,
  type Clock,
  type Companies,
  type CompanyId,
  type OutsideBusy,
  type OutsideQuery,
  type OutsideResource,
} from '../../plugin.ts';
import type { Closures } from './closures.ts';
import type { ReadCalendar } from './options.ts';

/** A calendar with what is closed by it. */
export interface KeptCalendar {
  readonly calendar: ReadCalendar;
  readonly closures: Closures;
}

/** Holidays as outside time. They are computed, so that they are always as fresh as can be. */
export class HolidaySource implements BusySource {
  readonly name = 'holidays';
  readonly #kept: readonly KeptCalendar[];
  readonly #companies: Companies;
  readonly #clock: Clock;
  /** Keys never change. */
  readonly #keys = new Map<CompanyId, string>();

  constructor(kept: readonly KeptCalendar[], companies: Companies, clock: Clock) {
    this.#kept = kept;
    this.#companies = companies;
    this.#clock = clock;
  }

  async read(company: CompanyId, query: OutsideQuery): Promise<readonly (OutsideBusy | undefined)[]> {
    const key = await this.#keyOf(company);
    const own = this.#kept.filter(({ calendar }) => calendar.company === key);
    return query.resources.map((resource) => {
      const kept = closest(own, resource);
      return kept === undefined ? undefined : this.#answer(kept.closures, resource.timeZone, query);
    });
  }

  async #keyOf(company: CompanyId): Promise<string | undefined> {
    const known = this.#keys.get(company);
    if (known !== undefined) return known;
    const door = await this.#companies.open(company);
    if (!door.ok) return undefined;
    this.#keys.set(company, door.company.key);
    return door.company.key;
  }

  #answer(closures: Closures, timeZone: string, { fromMs, toMs }: OutsideQuery): OutsideBusy {
    const lookup = zoneNamed(timeZone);
    const asOfMs = this.#clock.now();
    const kind = 'holiday';
    if (!lookup.ok) return { kind, intervals: new Float64Array(0), state: 'unknown', asOfMs };
    const yearOf = (ms: number): number => civilOf(epochDayAt(ms)).year;
    const pairs: number[] = [];
    for (let year = yearOf(fromMs - 7 * DAY_MS); year <= yearOf(toMs + DAY_MS); year++) {
      for (const { from, to } of closures.of(year)) {
        const [startMs, endMs] = [instantOf(lookup.zone, from), instantOf(lookup.zone, to)];
        if (startMs < toMs && endMs > fromMs) pairs.push(startMs, endMs);
      }
    }
    return { kind, intervals: normalise(Float64Array.from(pairs)), state: 'fresh', asOfMs };
  }
}

/** The calendar that names the resource, else the one that names its branch, else the one of the whole company. */
const closest = (kept: readonly KeptCalendar[], { key, branchKey }: OutsideResource): KeptCalendar | undefined => {
  const fitting = kept.filter(
    ({ calendar: { branch, resource } }) =>
      (branch === undefined || branch === branchKey) && (resource === undefined || resource === key),
  );
  return (
    fitting.find(({ calendar }) => calendar.resource !== undefined) ??
    fitting.find(({ calendar }) => calendar.branch !== undefined) ??
    fitting[0]
  );
};
