import {
  EngineError,
  type Appointment,
  type AppointmentId,
  type CompanyDoor,
  type CompanyId,
  type HoldId,
  type Slot,
} from '../../plugin.ts';
import { isOpen, ownerOf, shown, type EntryState, type StoredEntry, type WaitlistOffer } from './entry.ts';
import { WaitlistDeclined, WaitlistExpired, WaitlistOffered, type OfferTold } from './events.ts';
import { around, firstWanted, freeFor, reaches, type Stretch } from './fitting.ts';
import { toEnd, without, type Line } from './line.ts';
import { tell, type WaitlistStore } from './store.ts';

interface Deps {
  readonly store: WaitlistStore;
  readonly now: () => number;
  readonly offerSeconds: number;
  readonly maxOffers: number;
  /** Told when something of a company falls due. */
  readonly notice: (company: CompanyId, atMs: number) => void;
}

/** Attempts to change an entry that others change at the same time. */
const MAX_ATTEMPTS = 20;
/** The shortest hold there is. */
const MIN_HOLD_SECONDS = 10;
/** A place whose entry was never stored, because whoever joined did not get that far, is given up after this. */
const ABANDONED_MS = 600_000;

/**
 * Offers what is free to those who wait. Before anything is held it is written down what, and it is held under a key made of
 * the entry and the count of its attempts: whoever goes on after a crash, or at the same time, asks for the very same and
 * gets the very same hold.
 */
export class Offering {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Offers what became free in a stretch, in the order of the line. Whoever cannot use it keeps his place. */
  async promote(door: CompanyDoor, freed: Stretch): Promise<void> {
    const { store, now } = this.#deps;
    const stretch = around(freed);
    if (stretch.toMs <= now()) return;
    const line = await store.line(door.company.id);
    for (const [index, place] of line.entries()) {
      if (reaches(place, stretch)) await this.offer(door, place.id, line.slice(0, index), stretch);
    }
  }

  /**
   * Offers an entry what is free as it wishes, or within a stretch of that; the entry as it is then. Whoever stands ahead has
   * been looked at before, and is once more when something is found: it may have become free in between.
   */
  async offer(door: CompanyDoor, id: string, ahead: Line, within?: Stretch): Promise<StoredEntry | undefined> {
    const { store, now, offerSeconds } = this.#deps;
    const company = door.company.id;
    let askedMs: number | undefined;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await this.#settled(door, id);
      if (stored?.state.status !== 'waiting') return stored;
      const { state } = stored;
      const nowMs = now();
      if (state.wish.toMs <= nowMs) {
        if (await this.#end(company, stored, 'past')) return store.entry(company, id);
        continue;
      }
      const slot = firstWanted((await freeFor(door, state.wish, nowMs, within)).slots, state);
      if (slot === undefined) return stored;
      const rivals = slot.startMs === askedMs ? [] : ahead.filter((place) => reaches(place, around(spanOf(slot))));
      askedMs = slot.startMs;
      if (rivals.length > 0) {
        for (const rival of rivals) await this.offer(door, rival.id, [], within);
        continue;
      }
      const ttlSeconds = Math.max(MIN_HOLD_SECONDS, Math.min(offerSeconds, Math.floor((slot.startMs - nowMs) / 1000)));
      const wanted = { branchId: slot.branchId, startMs: slot.startMs, ttlSeconds };
      const next = { ...state, attempt: wanted, attempts: state.attempts + 1 };
      const begun = await store.put(company, { ...stored, state: next });
      // Whether it came to a hold or not: a wish that is still free after a refusal is left to the next occasion.
      if (begun !== undefined) return this.#hold(door, begun);
    }
    throw new EngineError('STORAGE_BUSY', 'An entry of the waitlist kept changing while something was offered to it.');
  }

  /** The entry when everything that was begun for it has come to an end. */
  async #settled(door: CompanyDoor, id: string): Promise<StoredEntry | undefined> {
    const { store, now } = this.#deps;
    const company = door.company.id;
    const stored = await store.entry(company, id);
    if (stored === undefined) {
      await store.changeLine(company, (line) =>
        line.some((place) => place.id === id && place.joinedMs < now() - ABANDONED_MS) ? without(line, id) : line,
      );
      return undefined;
    }
    if (!isOpen(stored.state)) await store.changeLine(company, (line) => without(line, id));
    return stored.state.attempt === null ? stored : this.#hold(door, stored);
  }

  /** The entry as it is now, after what a crash may have left undone. */
  async read(door: CompanyDoor, id: string): Promise<StoredEntry | undefined> {
    const stored = await this.#deps.store.entry(door.company.id, id);
    return stored === undefined || stored.state.attempt === null ? stored : this.#hold(door, stored);
  }

  /** Takes the hold that was written down, and says so. */
  async #hold(door: CompanyDoor, stored: StoredEntry): Promise<StoredEntry | undefined> {
    const { store, notice } = this.#deps;
    const { id, state } = stored;
    const { attempt, wish, attempts } = state;
    if (attempt === null) return stored;
    const company = door.company.id;
    const held = await door.hold(
      {
        service: wish.serviceId,
        branch: attempt.branchId,
        resource: wish.resourceId ?? undefined,
        start: attempt.startMs,
        partySize: wish.partySize,
      },
      { owner: ownerOf(id), ttlSeconds: attempt.ttlSeconds, idempotencyKey: `${ownerOf(id)}:${attempts}` },
    );
    const settled: EntryState = { ...state, attempt: null };
    if (!held.ok) return this.#putOrRead(company, { ...stored, state: settled });
    const { hold } = held;
    const offer: WaitlistOffer = {
      holdId: hold.id,
      branchId: hold.branchId,
      resourceIds: hold.resourceIds,
      startMs: hold.startMs,
      endMs: hold.endMs,
      expiresMs: hold.expiresMs,
    };
    const next: EntryState = { ...settled, status: 'offered', offer, offers: state.offers + 1 };
    notice(company, offer.expiresMs);
    const put = await store.put(company, { ...stored, state: next }, tell(WaitlistOffered, id, told(id, next, offer)));
    if (put !== undefined) return put;
    const current = await store.entry(company, id);
    // Somebody else has ended this attempt before the hold was made: then nobody knows of it.
    if (current === undefined || !isKnownTo(current.state, hold.id, attempts))
      await door.release({ hold: hold.id, owner: hold.owner });
    return current;
  }

  /**
   * Ends an offer that has run out by the storage's own clock; one that was booked in the meantime is noted as that. False:
   * it can still be accepted.
   */
  async expire(door: CompanyDoor, stored: StoredEntry): Promise<boolean> {
    const { offer } = stored.state;
    if (stored.state.status !== 'offered' || offer === null) return true;
    if ((await door.getHold(offer.holdId)).ok) return false;
    // What is booked has the id of its hold.
    const booked = await door.getAppointment(offer.holdId as string as AppointmentId);
    if (booked.ok) await this.booked(door.company.id, stored, booked.appointment);
    else await this.pass(door.company.id, stored, 'expired');
    return true;
  }

  /** Notes that an offer was booked. */
  async booked(
    company: CompanyId,
    { id, ...stored }: StoredEntry,
    { id: appointmentId }: Appointment,
  ): Promise<StoredEntry | undefined> {
    const { store } = this.#deps;
    const state: EntryState = { ...stored.state, status: 'booked', offer: null, attempt: null, appointmentId };
    const next = await this.#putOrRead(company, { ...stored, id, state });
    await store.changeLine(company, (line) => without(line, id));
    return next;
  }

  /** Takes an offer back; undefined when the entry has changed meanwhile. What was offered goes on by the event. */
  async pass(
    company: CompanyId,
    stored: StoredEntry,
    why: 'expired' | 'declined' | 'left',
  ): Promise<StoredEntry | undefined> {
    const { store, maxOffers } = this.#deps;
    const { id, state } = stored;
    const { offer } = state;
    if (offer === null) return undefined;
    const refused = why === 'declined' ? [...state.refused, offer.startMs] : state.refused;
    const waitsOn = why !== 'left' && state.offers < maxOffers && !(why === 'declined' && state.wish.isExact);
    const next: EntryState = { ...state, status: waitsOn ? 'waiting' : why, offer: null, refused };
    // Before the others are asked he has to be behind them.
    if (waitsOn) await store.changeLine(company, (line) => toEnd(line, id));
    const payload = { ...told(id, next, offer), waitsOn };
    const event = why === 'expired' ? WaitlistExpired : WaitlistDeclined;
    const put = await store.put(company, { ...stored, state: next }, tell(event, id, payload));
    if (put !== undefined && !waitsOn) await store.changeLine(company, (line) => without(line, id));
    return put;
  }

  /** Gives what nobody took up to the next in line. */
  async passOn(door: CompanyDoor, { offer, entry }: OfferTold): Promise<void> {
    // Most often it has run out already, and after a repetition it is gone.
    await door.release({ hold: offer.holdId, owner: ownerOf(entry.id) });
    await this.promote(door, { fromMs: offer.startMs, toMs: offer.endMs });
  }

  /** Ends an entry that nothing is offered to; false when it has changed meanwhile. */
  async #end(company: CompanyId, stored: StoredEntry, status: 'past' | 'left'): Promise<boolean> {
    const { store } = this.#deps;
    const ended = await store.put(company, { ...stored, state: { ...stored.state, status } });
    if (ended !== undefined) await store.changeLine(company, (line) => without(line, stored.id));
    return ended !== undefined;
  }

  /** Takes somebody out of the line, whatever he was offered; undefined when there is no such entry. */
  async leave(door: CompanyDoor, id: string): Promise<StoredEntry | undefined> {
    const company = door.company.id;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await this.#settled(door, id);
      if (stored === undefined || !isOpen(stored.state)) return stored;
      const { status } = stored.state;
      const isDone =
        status === 'offered'
          ? (await this.pass(company, stored, 'left')) !== undefined
          : await this.#end(company, stored, 'left');
      if (isDone) return this.#deps.store.entry(company, id);
    }
    throw new EngineError('STORAGE_BUSY', 'An entry of the waitlist kept changing while it was to leave.');
  }

  async #putOrRead(company: CompanyId, stored: StoredEntry): Promise<StoredEntry | undefined> {
    const { store } = this.#deps;
    return (await store.put(company, stored)) ?? store.entry(company, stored.id);
  }
}

/** Whether an entry still has something to do with a hold. */
const isKnownTo = (state: EntryState, hold: HoldId, attempts: number): boolean =>
  state.offer?.holdId === hold ||
  (state.appointmentId as string | null) === hold ||
  (state.attempt !== null && state.attempts === attempts);

const spanOf = ({ startMs, endMs }: Slot): Stretch => ({ fromMs: startMs, toMs: endMs });

function told(id: string, state: EntryState, offer: WaitlistOffer): OfferTold {
  const { position: _position, ...entry } = shown({ id, state }, null);
  return { entry, offer };
}
