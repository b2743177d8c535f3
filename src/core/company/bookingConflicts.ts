import type { Catalog } from '../availability/catalog.ts';
import { misfits, type Misfit } from '../availability/misfits.ts';
import type { Storage } from '../contracts/storage.ts';
import { token } from '../kernel/token.ts';
import type { Appointment } from '../model/appointment.ts';
import { openStatuses } from '../model/status.ts';

/** An open appointment that does not fit the configuration. It stays as it was booked. */
export interface BookingConflict extends Misfit {
  readonly appointment: Appointment;
}

/** Where a look through the appointments ended. */
export type Position = Pick<Appointment, 'startMs' | 'id'>;

/** What a look found, and where to go on; null at the end. */
export interface ConflictPage {
  readonly items: readonly BookingConflict[];
  readonly next: Position | null;
}

/** How far to look. */
export interface LookOptions {
  readonly after?: Position | undefined;
  /** How many to find. */
  readonly limit: number;
  /** How many appointments to read at most. */
  readonly readAtMost: number;
}

const READ_AT_ONCE = 200;

/** Holds the appointments to come against a configuration. */
export class BookingConflicts {
  readonly #storage: Pick<Storage, 'appointments'>;
  readonly #now: () => number;

  constructor(storage: Pick<Storage, 'appointments'>, now: () => number) {
    this.#storage = storage;
    this.#now = now;
  }

  /** Looks through the open appointments from now on, by start. */
  async look(catalog: Catalog, { limit, readAtMost, ...options }: LookOptions): Promise<ConflictPage> {
    const judge = misfits(catalog);
    const items: BookingConflict[] = [];
    const query = { fromMs: this.#now(), statuses: openStatuses, limit: READ_AT_ONCE };
    let { after } = options;
    for (let read = 0; read < readAtMost; read += READ_AT_ONCE) {
      const rows = await this.#storage.appointments(catalog.config.company.id, { ...query, after });
      for (const appointment of rows) {
        after = { startMs: appointment.startMs, id: appointment.id };
        const misfit = judge(appointment);
        if (misfit !== undefined) items.push({ appointment, ...misfit });
        if (items.length >= limit) return { items, next: after };
      }
      if (rows.length < READ_AT_ONCE) return { items, next: null };
    }
    return { items, next: after ?? null };
  }
}

/** The conflicts of the engine's appointments. */
export const BookingConflictsToken = token<BookingConflicts>()('askpro/booking-conflicts');
