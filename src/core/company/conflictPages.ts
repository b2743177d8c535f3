import type { Catalog } from '../availability/catalog.ts';
import type { BookingConflict, BookingConflicts, ConflictPage, Position } from './bookingConflicts.ts';
import { appointmentCursor } from './cursors.ts';
import type { Page } from './door.ts';

/** How many conflicts come with the answer to a change. */
const MOST_ANSWERED = 20;
/** How many appointments one page reads at most. */
const READ_FOR_PAGE = 2000;

/** No appointment is concerned. */
export const noConflicts: Page<BookingConflict> = { items: [], next: null };

/** The first conflicts, for whoever has just changed the configuration. */
export const firstConflicts = async (conflicts: BookingConflicts, catalog: Catalog): Promise<Page<BookingConflict>> =>
  pageOf(await conflicts.look(catalog, { limit: MOST_ANSWERED, readAtMost: READ_FOR_PAGE }));

/** One page of conflicts. It reads only so many appointments, so it may have fewer than asked for and yet a next. */
export const conflictsAfter = async (
  conflicts: BookingConflicts,
  catalog: Catalog,
  after: Position | undefined,
  limit: number,
): Promise<Page<BookingConflict>> => pageOf(await conflicts.look(catalog, { after, limit, readAtMost: READ_FOR_PAGE }));

const pageOf = ({ items, next }: ConflictPage): Page<BookingConflict> => ({
  items,
  next: next === null ? null : appointmentCursor(next.startMs, next.id),
});
