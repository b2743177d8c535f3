import type { RefusalCode } from '../../../plugin.ts';
import type { WallClock } from './wallClock.ts';

/** An appointment as it is told to a caller. */
export interface SpokenAppointment {
  /** Spoken date and time. */
  readonly moment: string;
  readonly service: string | undefined;
  /** Who it is with. */
  readonly staff: string | undefined;
}

/** What the agent could not make sense of. */
export type Misunderstood =
  'when' | 'date' | 'time' | 'part_of_day' | 'offer' | 'appointment' | 'customer_phone' | 'other';

/** Everything the agent says in one language. Sentences carry no numbers but dates, times, fees and those of offers. */
export interface Phrases {
  readonly day: (wall: WallClock) => string;
  readonly dayWithYear: (wall: WallClock) => string;
  readonly clock: (wall: WallClock) => string;
  /** Joins a spoken day and a spoken time. */
  readonly moment: (day: string, clock: string) => string;
  /** A choice among things: `a, b or c`. */
  readonly choice: (items: readonly string[]) => string;
  /** Names what is done in one visit: `a, b and c`. */
  readonly together: (items: readonly string[]) => string;
  readonly numbered: (number: number, moment: string) => string;

  readonly offerOne: (moment: string) => string;
  readonly offerMany: (choice: string) => string;
  /** Joins why it cannot be with what could be instead. */
  readonly instead: (why: string, choice: string) => string;
  readonly nothingFree: string;
  /** Of a party larger than any session. */
  readonly tooMany: string;
  /** Tells back what was understood of a spoken time, before the answer. */
  readonly understood: (echo: string, answer: string) => string;
  readonly booked: (appointment: SpokenAppointment) => string;
  readonly rescheduled: (appointment: SpokenAppointment) => string;
  readonly cancelled: (appointment: SpokenAppointment) => string;
  /** What is owed for what was just told. */
  readonly owed: (said: string, fee: string) => string;
  /** Asks whether to cancel all the same: until when it was free of charge, and what it costs now. */
  readonly askFee: (latest: string, fee: string) => string;
  /** Until when something was possible that is too late now. */
  readonly possibleUntil: (clause: string, latest: string) => string;

  readonly askService: (choice: string) => string;
  readonly unknownService: (choice: string) => string;
  readonly unknownStaff: (choice: string) => string;
  readonly askDay: string;
  readonly past: (today: string) => string;
  readonly askAppointment: (choice: string) => string;
  readonly noAppointment: string;
  readonly noCallerNumber: string;
  readonly unknownOffer: string;
  /** Why it cannot be, and whether somebody shall call. */
  readonly offerCallback: (why: string) => string;
  readonly callbackNoted: string;
  readonly askNumber: string;
  /** Why it cannot be, and whether he would like to wait. */
  readonly offerWaiting: (why: string) => string;
  readonly waiting: string;
  readonly askWaitingNumber: string;
  /** What is kept for him from the waiting list, and whether he takes it. */
  readonly kept: (choice: string) => string;
  readonly misunderstood: Readonly<Record<Misunderstood, string>>;

  readonly wait: string;
  readonly fault: string;
  readonly unknownCompany: string;
  /** Why it cannot be, as a clause without an end mark. */
  readonly refusals: Readonly<Record<RefusalCode, string>>;
}
