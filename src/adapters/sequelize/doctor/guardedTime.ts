import { int, intOrNull, bytes } from '../cell.ts';
import { idText } from '../ids.ts';
import { rows } from '../program.ts';
import type { Row } from '../program.ts';
import { isLiveAt, isSame, moment } from './examined.ts';
import type { ExaminedCompany } from './examined.ts';

/** Occupied time of a resource, and what of it was found claimed so far. */
interface Guarded {
  readonly owner: Uint8Array;
  readonly startMs: number;
  readonly endMs: number;
  readonly expiresMs: number | null;
  /** Its cells by its time and the company's grain. */
  readonly first: number;
  readonly end: number;
  claimed: number;
  lastCell: number;
  /** Claims that lapse at another moment. */
  otherwise: number;
  isBeyond: boolean;
}

/** A row of `claims` that no unit stands for. */
export interface TimeClaim {
  readonly cell: number;
  readonly ordinal: number;
  readonly owner: Uint8Array;
  readonly expiresMs: number | null;
}

/**
 * Walks along one subject's spans and claims side by side, both in the order of time: whether each span has all its cells,
 * whether each claim has a span, and, from the spans alone, whether more of them meet than there are places.
 */
export class GuardedTime {
  readonly #at: ExaminedCompany;
  readonly #subject: Uint8Array;
  readonly #name: string;
  readonly #capacity: number;
  /** Spans with cells that are still to come. */
  #open: Guarded[] = [];
  /** Live spans that are not over where the walk stands. */
  #meeting: Guarded[] = [];

  constructor(at: ExaminedCompany, subject: Uint8Array, capacity: number) {
    this.#at = at;
    this.#subject = subject;
    this.#name = idText(subject);
    this.#capacity = capacity;
  }

  /** The next span: resource, start, owner, end, expiry, first cell, end cell. */
  async span(row: Row): Promise<void> {
    const { grainMs, nowMs, tell } = this.#at;
    const [startMs, endMs] = [int(row[1]), int(row[3])];
    const span: Guarded = {
      owner: bytes(row[2]),
      startMs,
      endMs,
      expiresMs: intOrNull(row[4]),
      first: Math.floor(startMs / grainMs),
      end: Math.ceil(endMs / grainMs),
      claimed: 0,
      lastCell: -1,
      otherwise: 0,
      isBeyond: false,
    };
    if (int(row[5]) !== span.first || int(row[6]) !== span.end) {
      const cells = `cells ${int(row[5])} to ${int(row[6])} instead of ${span.first} to ${span.end}`;
      await tell('SPAN_CELLS', this.#nameOf(span), `has ${cells}`);
    }
    await this.#pass(span.first);
    this.#open.push(span);
    if (!isLiveAt(nowMs, span.expiresMs)) return;
    this.#meeting = this.#meeting.filter((other) => other.endMs > startMs);
    this.#meeting.push(span);
    if (this.#meeting.length > this.#capacity) await this.#judgeMeeting(span);
  }

  /** The next claim, after all spans whose cells begin at or before its own. */
  async claim({ cell, ordinal, owner, expiresMs }: TimeClaim): Promise<void> {
    const { nowMs, tell } = this.#at;
    await this.#pass(cell);
    const span = this.#open.find(
      (each) => each.first <= cell && each.end > cell && each.lastCell < cell && isSame(each.owner, owner),
    );
    if (span === undefined) {
      const severity = isLiveAt(nowMs, expiresMs) ? 'error' : 'warning';
      const message = `belongs to ${idText(owner)}, who has no time there, and lapses ${moment(expiresMs)}`;
      return tell('CLAIM_ORPHANED', `claim ${this.#name} ${cell} ${ordinal}`, message, severity);
    }
    span.lastCell = cell;
    span.claimed++;
    if (expiresMs !== span.expiresMs) span.otherwise++;
    if (ordinal >= this.#capacity && isLiveAt(nowMs, expiresMs) && span.endMs > nowMs) span.isBeyond = true;
  }

  /** There are no more of either. */
  end(): Promise<void> {
    return this.#pass(Infinity);
  }

  /** Judges spans whose cells all lie before one. */
  async #pass(cell: number): Promise<void> {
    if (!this.#open.some((span) => span.end <= cell)) return;
    const done = this.#open.filter((span) => span.end <= cell);
    this.#open = this.#open.filter((span) => span.end > cell);
    for (const span of done) await this.#judge(span);
  }

  async #judge(span: Guarded): Promise<void> {
    const { nowMs, tell } = this.#at;
    const cells = span.end - span.first;
    // Of expired time others may have taken some, and of past time the sweep.
    if (span.claimed < cells && isLiveAt(nowMs, span.expiresMs) && span.endMs > nowMs) {
      await tell('CLAIM_MISSING', this.#nameOf(span), `has ${span.claimed} of its ${cells} cells`);
    }
    if (span.otherwise > 0) {
      const message = `lapses ${moment(span.expiresMs)}, and ${span.otherwise} of its claims do not`;
      await tell('CLAIM_EXPIRES', this.#nameOf(span), message);
    }
    if (span.isBeyond) {
      await tell('BEYOND_CAPACITY', this.#nameOf(span), `has a place of a resource that has ${this.#capacity}`);
    }
  }

  async #judgeMeeting(last: Guarded): Promise<void> {
    const { run, id, tell } = this.#at;
    const sql = 'SELECT owner_id, ordinal FROM claims WHERE company_id = ? AND subject = ? AND cell = ?';
    const claims = await run(rows(sql, [id, this.#subject, last.first]));
    const theirs = claims.filter((row) => this.#meeting.some(({ owner }) => isSame(owner, bytes(row[0]))));
    // Each has a place of its own: there were more of them when it was booked, and the claims beyond tell so.
    if (new Set(theirs.map((row) => int(row[1]))).size >= this.#meeting.length) return;
    const others = this.#meeting.filter((each) => each !== last).map(({ owner }) => idText(owner));
    const message = `meets ${others.join(', ')} where there ${this.#capacity === 1 ? 'is 1 place' : `are ${this.#capacity} places`}`;
    await tell('OVERLAP', this.#nameOf(last), message);
  }

  #nameOf({ owner, startMs }: Guarded): string {
    return `span ${this.#name} ${moment(startMs)} of ${idText(owner)}`;
  }
}
