import type { Appointment, Booked } from '../../adapter.ts';
import type { SqlValue } from './program.ts';

/** What most bookings have nothing to tell of. */
export type BookedDetails = Pick<
  Booked,
  'parts' | 'partySize' | 'sessionId' | 'bufferBeforeMinutes' | 'bufferAfterMinutes'
>;

/** The same of appointments alone. */
type AppointmentDetails = Pick<Appointment, 'recurrence' | 'fee' | 'moves'>;

const plain: BookedDetails = {
  parts: [],
  partySize: 1,
  sessionId: null,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
};

const untouched: AppointmentDetails = { recurrence: null, fee: null, moves: 0 };

/** As JSON, without what is as it mostly is; null where all of it is. */
export function detailsText(
  { parts, partySize, sessionId, bufferBeforeMinutes, bufferAfterMinutes }: BookedDetails,
  { recurrence, fee, moves }: AppointmentDetails = untouched,
): string | null {
  const isUntouched = recurrence === null && fee === null && moves === 0;
  const isPlain = parts.length === 0 && partySize === 1 && sessionId === null;
  if (isUntouched && isPlain && bufferBeforeMinutes === 0 && bufferAfterMinutes === 0) return null;
  return JSON.stringify({
    parts: parts.length === 0 ? undefined : parts,
    partySize: partySize === 1 ? undefined : partySize,
    sessionId: sessionId ?? undefined,
    bufferBeforeMinutes: bufferBeforeMinutes === 0 ? undefined : bufferBeforeMinutes,
    bufferAfterMinutes: bufferAfterMinutes === 0 ? undefined : bufferAfterMinutes,
    recurrence: recurrence ?? undefined,
    fee: fee ?? undefined,
    moves: moves === 0 ? undefined : moves,
  });
}

/** Both of them again. */
export function readDetails(cell: SqlValue | undefined): {
  readonly booked: BookedDetails;
  readonly history: AppointmentDetails;
} {
  if (typeof cell !== 'string') return { booked: plain, history: untouched };
  const { recurrence, fee, moves, ...booked } = JSON.parse(cell) as Partial<BookedDetails & AppointmentDetails>;
  return {
    booked: { ...plain, ...booked },
    history: { recurrence: recurrence ?? null, fee: fee ?? null, moves: moves ?? 0 },
  };
}
