import type { BookingWrite, Hold } from 'askpro/adapter';
import type { Arena } from '../storage/contests.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment } from '../storage/sample.ts';
import { writeOperation } from './checker/writes.ts';
import type { Operation } from './checker/history.ts';
import { grainMs } from './contests.ts';
import type { Crew, Site } from './crew.ts';
import type { Answer, Deed } from './deed.ts';

/** What a visitor does with the time that he holds. */
const turns = ['lets it run out', 'books it', 'books it and cancels', 'gives it back', 'books at once'] as const;

interface Visit {
  /** Takes the time: for a moment, or for good. */
  readonly take: BookingWrite;
  /** Makes what was held permanent. */
  readonly book: BookingWrite;
  readonly cancel: BookingWrite;
  readonly giveBack: BookingWrite;
  readonly ttlMs?: number | undefined;
  readonly turn: (typeof turns)[number];
}

/** Somebody who wants one of two dozen overlapping times; what he holds runs out within a moment. */
function visit(arena: Arena, index: number): Visit {
  const startMs = mondayMs + minutes(15 * ((index * 5) % 24));
  const row = sampleAppointment(arena.config, arena.resource, startMs);
  const { id } = row;
  const owner = `visitor-${index}`;
  const hold: Hold = { ...row, id: id as string as Hold['id'], owner, expiresMs: 0 };
  const keyed = (what: string) => ({ key: `${what}-${id}`, fingerprint: what, resultId: id });
  const claims = [{ owner: id, spans: row.spans, grainMs, expiresMs: 0 }];
  const turn = turns[index % turns.length] ?? 'books it';
  return {
    take: turn === 'books at once' ? bookingOf(row) : { idempotency: keyed('hold'), claims, hold, events: [] },
    book: bookingOf(row, { claims: [], convert: { id: hold.id, owner } }),
    cancel: {
      idempotency: keyed('cancel'),
      release: [id],
      appointments: [{ row: { ...row, status: 'cancelled', version: 2 }, expectedVersion: 1 }],
      events: [],
    },
    giveBack: { idempotency: keyed('give-back'), requireHold: { id: hold.id, owner }, release: [id], events: [] },
    ...(turn === 'books at once' ? {} : { ttlMs: 20 + 10 * (index % 12) }),
    turn,
  };
}

/** How often a visitor tries to hold the time that others have. */
const MOST_TRIES = 8;

/** Lets visitors hold, book, cancel and let go, all at once; answers what each process was told. */
export async function visitAll(crew: Crew, site: Site, arena: Arena, count: number): Promise<readonly Operation[]> {
  const operations: Operation[] = [];
  const goOn = async (index: number, { take, book, cancel, giveBack, ttlMs, turn }: Visit, first: Answer) => {
    const process = index % crew.members.length;
    const write = async (next: BookingWrite, more: { readonly ttlMs?: number | undefined } = {}): Promise<boolean> => {
      const answer = await crew.do(process, site, { do: 'write', write: next, ...more });
      operations.push(writeOperation(process, next, answer, next.convert && take));
      return answer.kind === 'ok';
    };
    operations.push(writeOperation(process, take, first));
    let isHeld = first.kind === 'ok';
    for (let tried = 1; !isHeld && tried < MOST_TRIES; tried++) {
      const idempotency = take.idempotency && { ...take.idempotency, key: `${take.idempotency.key}-${tried}` };
      isHeld = await write({ ...take, idempotency }, { ttlMs });
    }
    if (!isHeld || turn === 'lets it run out') return;
    if (turn === 'gives it back') await write(giveBack);
    else if (turn === 'books at once') await write(cancel);
    else if ((await write(book)) && turn === 'books it and cancels') await write(cancel);
  };
  const visits = Array.from({ length: count }, (_, index) => visit(arena, index));
  const deeds = visits.map(({ take, ttlMs }): Deed => ({ do: 'write', write: take, ttlMs }));
  const answers = await crew.begin(site, deeds);
  await Promise.all(visits.map(async (each, index) => goOn(index, each, (await answers[index]) ?? gone)));
  return operations;
}

const gone: Answer = { kind: 'fault', code: 'PROCESS_GONE', invokedMs: 0, answeredMs: 0 };
