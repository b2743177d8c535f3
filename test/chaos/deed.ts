import { Storage, type BookingWrite, type Span } from 'askpro/adapter';
import type { Appointment, AppointmentId, CompanyDoor, Engine, Hold, HoldId } from 'askpro';

/** What a process is told to do, through the engine's door or straight to the storage. */
export type Deed =
  | { readonly do: 'find'; readonly service: string; readonly fromMs: number }
  | { readonly do: 'hold'; readonly service: string; readonly startMs: number; readonly owner: string; readonly ttlSeconds?: number; readonly partySize?: number; readonly key: string }
  | { readonly do: 'book'; readonly service: string; readonly startMs: number; readonly partySize?: number; readonly key: string }
  | { readonly do: 'bookHold'; readonly hold: string; readonly owner: string; readonly key: string }
  | { readonly do: 'release'; readonly hold: string; readonly owner: string }
  | { readonly do: 'move'; readonly appointment: string; readonly startMs: number; readonly key: string }
  | { readonly do: 'cancel'; readonly appointment: string; readonly key: string }
  /** With `ttlMs` what is claimed expires so long after the write. */
  | { readonly do: 'write'; readonly write: BookingWrite; readonly ttlMs?: number | undefined }; // prettier-ignore

/** A hold or an appointment as a process was told of it. */
export interface Told {
  readonly id: string;
  readonly startMs: number;
  readonly serviceId: string;
  readonly spans: readonly Span[];
  readonly sessionId: string | null;
  readonly partySize: number;
  /** Null: it is an appointment. */
  readonly expiresMs: number | null;
  /** Of a hold: whose it is. */
  readonly owner: string | null;
  /** Whether it occupies its time. */
  readonly occupies: boolean;
}

/** What came of a deed, and when by the machine's clock. */
export type Answer = { readonly invokedMs: number; readonly answeredMs: number } & (
  | { readonly kind: 'ok'; readonly told: Told | null; readonly replayed: boolean; readonly expiresMs?: number | null }
  | { readonly kind: 'refused'; readonly code: string }
  /** Whether it took effect, nobody knows. */
  | { readonly kind: 'fault'; readonly code: string }
);

const told = (row: Hold | Appointment): Told => ({
  id: row.id,
  startMs: row.startMs,
  serviceId: row.serviceId,
  spans: row.spans,
  sessionId: row.sessionId,
  partySize: row.partySize,
  expiresMs: 'expiresMs' in row ? row.expiresMs : null,
  owner: 'owner' in row ? row.owner : null,
  occupies: !('status' in row) || row.status !== 'cancelled',
});

type Outcome =
  | { readonly kind: 'ok'; readonly told: Told | null; readonly replayed: boolean; readonly expiresMs?: number | null }
  | { readonly kind: 'refused'; readonly code: string };

type Granted = { readonly ok: true; readonly replayed?: boolean } & (
  { readonly hold: Hold } | { readonly appointment: Appointment } | { readonly slots: readonly unknown[] }
);

function outcomeOf(answer: Granted | { readonly ok: false; readonly refusal: { readonly code: string } }): Outcome {
  if (!answer.ok) return { kind: 'refused', code: answer.refusal.code };
  const row = 'hold' in answer ? answer.hold : 'appointment' in answer ? answer.appointment : undefined;
  return { kind: 'ok', told: row === undefined ? null : told(row), replayed: answer.replayed ?? false };
}

async function through(door: CompanyDoor, deed: Exclude<Deed, { readonly do: 'write' }>): Promise<Outcome> {
  const idempotencyKey = 'key' in deed ? deed.key : undefined;
  switch (deed.do) {
    case 'find':
      return outcomeOf(await door.find({ service: deed.service, from: deed.fromMs, count: 3 }));
    case 'hold': {
      const { owner, ttlSeconds } = deed;
      return outcomeOf(await door.hold(wish(deed), { owner, ttlSeconds, idempotencyKey }));
    }
    case 'book':
      return outcomeOf(await door.book(wish(deed), { idempotencyKey }));
    case 'bookHold':
      return outcomeOf(await door.book({ hold: deed.hold as HoldId, owner: deed.owner }, { idempotencyKey }));
    case 'release':
      return outcomeOf(await door.release({ hold: deed.hold as HoldId, owner: deed.owner }));
    case 'move': {
      const target = { start: deed.startMs };
      return outcomeOf(await door.reschedule(deed.appointment as AppointmentId, target, { idempotencyKey }));
    }
    case 'cancel':
      return outcomeOf(await door.cancel(deed.appointment as AppointmentId, { idempotencyKey }));
  }
}

const wish = ({ service, startMs, partySize }: { readonly service: string; readonly startMs: number; readonly partySize?: number }) => ({
  service,
  start: startMs,
  ...(partySize === undefined ? {} : { partySize }),
}); // prettier-ignore

/** The write with an expiry, where it is to have one. */
function lapsing(write: BookingWrite, expiresMs: number | null): BookingWrite {
  if (expiresMs === null) return write;
  return {
    ...write,
    claims: write.claims?.map((claim) => ({ ...claim, expiresMs })),
    units: write.units?.map((unit) => ({ ...unit, expiresMs })),
    seats: write.seats?.map((seat) => ({ ...seat, expiresMs })),
    hold: write.hold && { ...write.hold, expiresMs },
  };
}

/** What a fault is called. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** Does what it was told, and answers what came of it; faults too are an answer. */
export async function perform(
  engine: Engine,
  door: CompanyDoor | undefined,
  company: string,
  deed: Deed,
): Promise<Answer> {
  const invokedMs = Date.now();
  try {
    const outcome = deed.do === 'write' ? await writeIn(engine, company, deed) : await through(opened(door), deed);
    return { ...outcome, invokedMs, answeredMs: Date.now() };
  } catch (error) {
    return { kind: 'fault', code: codeOf(error), invokedMs, answeredMs: Date.now() };
  }
}

function opened(door: CompanyDoor | undefined): CompanyDoor {
  if (door === undefined) throw new TypeError('a deed through the door needs a company that is set up');
  return door;
}

async function writeIn(
  engine: Engine,
  company: string,
  deed: Extract<Deed, { readonly do: 'write' }>,
): Promise<Outcome> {
  const storage = engine.get(Storage);
  const expiresMs = deed.ttlMs === undefined ? null : (await storage.now()) + deed.ttlMs;
  const outcome = await storage.write(company as never, lapsing(deed.write, expiresMs));
  const isDone = outcome.kind === 'committed' || outcome.kind === 'replayed';
  if (!isDone) return { kind: 'refused', code: outcome.kind };
  return { kind: 'ok', told: null, replayed: outcome.kind === 'replayed', expiresMs };
}
