import type { CompanyDoor } from '../../src/index.ts';
import { granted } from '../engine/salon.ts';
import { FIRST_MS, type Firm } from './firms.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

interface Booked {
  readonly service: string;
  readonly startMs: number;
  readonly spans: readonly { readonly resource: string; readonly startMs: number; readonly endMs: number }[];
}

/** A range of starts. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a firm has booked, told by its own list, and from that what a read of a range may bring at most. */
export class BookedFirm {
  readonly #firm: Firm;
  readonly #booked: readonly Booked[];

  private constructor(firm: Firm, booked: readonly Booked[]) {
    this.#firm = firm;
    this.#booked = booked;
  }

  static async of(firm: Firm, door: CompanyDoor): Promise<BookedFirm> {
    const keyOf = new Map<string, string>(
      [...(await door.resources()), ...(await door.services())].map(({ id, key }) => [id, key]),
    );
    const booked: Booked[] = [];
    let cursor: string | undefined;
    do {
      const { page } = granted(
        await door.listAppointments({ limit: 200, ...(cursor === undefined ? {} : { cursor }) }),
      );
      for (const { serviceId, startMs, spans } of page.items)
        booked.push({
          service: keyOf.get(serviceId) ?? '',
          startMs,
          spans: spans.map((span) => ({ ...span, resource: keyOf.get(span.resourceId) ?? '' })),
        });
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return new BookedFirm(firm, booked);
  }

  /** The revision, each span of a candidate that overlaps the hours of these starts, and each count of a limit. */
  rowsOf(service: 'cut' | 'massage', { fromMs, toMs }: Range): number {
    const serves = (resource: string): boolean => service === 'massage' || resource.startsWith('staff');
    const spans = this.#booked
      .flatMap((each) => each.spans)
      .filter(({ resource, startMs, endMs }) => serves(resource) && startMs < toMs + HOUR_MS && endMs > fromMs);
    return 1 + spans.length + (this.#firm.isLimited ? this.#counts(service, fromMs, toMs) : 0);
  }

  /** Days are counted by whole weeks: those of each member of staff, and those of the service that has a limit. */
  #counts(service: string, fromMs: number, toMs: number): number {
    const firstMs = mondayOf(fromMs);
    const endMs = mondayOf(toMs) + WEEK_MS;
    const counted = this.#booked.filter(({ startMs }) => startMs >= firstMs && startMs < endMs);
    const dayOf = ({ startMs }: Booked): number => Math.floor((startMs - FIRST_MS) / DAY_MS);
    const ofStaff = counted.flatMap((each) =>
      each.spans
        .filter(({ resource }) => resource.startsWith('staff'))
        .map(({ resource }) => `${resource} ${dayOf(each)}`),
    );
    const ofService = service === 'cut' ? counted.filter((each) => each.service === 'cut').map(dayOf) : [];
    return new Set(ofStaff).size + new Set(ofService).size;
  }
}

const mondayOf = (ms: number): number => FIRST_MS + Math.floor((ms - FIRST_MS) / WEEK_MS) * WEEK_MS;
