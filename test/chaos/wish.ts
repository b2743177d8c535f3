import type { Appointment, BookingWrite, CompanyId, Storage, WriteOutcome } from '../../src/adapter.ts';
import type { Arena } from '../storage/contests.ts';
import { bookingOf, sampleAppointment } from '../storage/sample.ts';
import type { Operation } from './checker/history.ts';
import { writeOperation } from './checker/writes.ts';
import { grainMs } from './contests.ts';
import { codeOf, type Answer } from './deed.ts';

/** A booking of half an hour at a resource with that many places. */
export function bookingAt(arena: Arena, startMs: number, key: string | null, capacity = 1): BookingWrite {
  const row = sampleAppointment(arena.config, arena.resource, startMs);
  const spans = row.spans.map((span) => ({ ...span, capacity }));
  return bookingOf(row, {
    claims: [{ owner: row.id, spans, grainMs, expiresMs: null }],
    idempotency: key === null ? undefined : { key, fingerprint: 'a booking', resultId: row.id },
  });
}

/** The cancellation of what was booked. */
export function cancellationOf(row: Appointment): BookingWrite {
  return {
    idempotency: { key: `cancel-${row.id}`, fingerprint: 'a cancellation', resultId: row.id },
    release: [row.id],
    appointments: [{ row: { ...row, status: 'cancelled', version: 2 }, expectedVersion: 1 }],
    events: [],
  };
}

/** Writes, and answers what came of it as a process tells it; a fault is an answer too. */
export async function tellWrite(
  storage: Storage,
  company: CompanyId,
  write: BookingWrite,
): Promise<{ readonly answer: Answer; readonly outcome: WriteOutcome | undefined }> {
  const invokedMs = Date.now();
  const at = () => ({ invokedMs, answeredMs: Date.now() });
  try {
    const outcome = await storage.write(company, write);
    const isDone = outcome.kind === 'committed' || outcome.kind === 'replayed';
    const replayed = outcome.kind === 'replayed';
    const answer: Answer = isDone
      ? { kind: 'ok', told: null, replayed, ...at() }
      : { kind: 'refused', code: outcome.kind, ...at() };
    return { answer, outcome };
  } catch (error) {
    return { answer: { kind: 'fault', code: codeOf(error), ...at() }, outcome: undefined };
  }
}

/**
 * Somebody who asks as a client does that does not know what became of his first try: with the same key, but each time
 * with an appointment of its own.
 */
export class Wish {
  /** What was done for it, as the checker takes it. */
  readonly operations: Operation[] = [];
  /** Faults that were answered, by their codes. */
  readonly faults: string[] = [];
  readonly #process: number;
  readonly #company: CompanyId;
  readonly #make: () => BookingWrite;
  readonly #tried: BookingWrite[] = [];

  constructor(process: number, company: CompanyId, make: () => BookingWrite) {
    this.#process = process;
    this.#company = company;
    this.#make = make;
  }

  /** Asks once. Answers the write that the key stands for, `refused`, or undefined where nobody knows. */
  async ask(storage: Storage): Promise<BookingWrite | 'refused' | undefined> {
    const write = this.#make();
    this.#tried.push(write);
    const { answer, outcome } = await tellWrite(storage, this.#company, write);
    // A replayed answer is that of an earlier try.
    const resultId = outcome?.kind === 'replayed' ? outcome.resultId : write.idempotency?.resultId;
    const meant = this.#tried.findLast(({ idempotency }) => idempotency?.resultId === resultId) ?? write;
    this.operations.push(writeOperation(this.#process, meant, answer));
    if (answer.kind === 'ok') return meant;
    if (answer.kind === 'refused') return 'refused';
    this.faults.push(answer.code);
    return undefined;
  }

  /** Asks until it is answered. */
  async askOn(storageOf: (attempt: number) => Storage, mostTries = 20): Promise<BookingWrite | 'refused' | undefined> {
    let told: BookingWrite | 'refused' | undefined;
    for (let attempt = 0; told === undefined && attempt < mostTries; attempt++) {
      told = await this.ask(storageOf(attempt));
    }
    return told;
  }
}
