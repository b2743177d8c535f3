import type { AppointmentId, BranchId, CustomerId, HoldId, ResourceId, ServiceId, Weekday } from '../../plugin.ts';
import type { PartOfDay } from './partOfDay.ts';

/**
 * Where an entry stands: it waits, something is offered, or it is over because that was booked, because he left, refused it
 * or let it run out once too often, or because the time he wished is past.
 */
export type WaitlistStatus = 'waiting' | 'offered' | 'booked' | 'left' | 'declined' | 'expired' | 'past';

/** Every status. */
export const waitlistStatuses: readonly WaitlistStatus[] = [
  'waiting',
  'offered',
  'booked',
  'left',
  'declined',
  'expired',
  'past',
];

/** How somebody is told that something became free. */
export interface Contact {
  /** E.164. */
  readonly phone: string | null;
  readonly email: string | null;
}

/** For whom the appointment will be booked. */
export interface WaitingCustomer {
  readonly id: CustomerId | null;
  /** E.164. */
  readonly phone: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly locale: string | null;
}

/** For which starts somebody waits. */
export interface WaitlistWish {
  readonly serviceId: ServiceId;
  /** Null: any. */
  readonly branchId: BranchId | null;
  /** Null: anyone who can. */
  readonly resourceId: ResourceId | null;
  /** Whether it is the one start `fromMs`. */
  readonly isExact: boolean;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly weekdays: readonly Weekday[] | null;
  readonly partOfDay: PartOfDay | null;
  /** For how many people. */
  readonly partySize: number;
}

/** What is held for whoever waits. */
export interface WaitlistOffer {
  readonly holdId: HoldId;
  readonly branchId: BranchId;
  readonly resourceIds: readonly ResourceId[];
  readonly startMs: number;
  readonly endMs: number;
  /** Until when it can be accepted. */
  readonly expiresMs: number;
}

/** Somebody who waits, or has waited. */
export interface WaitlistEntry {
  readonly id: string;
  readonly status: WaitlistStatus;
  /** Counts those from the front who wait for what he waits for, himself included; null when he is no longer in line. */
  readonly position: number | null;
  readonly wish: WaitlistWish;
  readonly customer: WaitingCustomer;
  readonly contact: Contact;
  readonly callId: string | null;
  readonly notes: string | null;
  readonly joinedMs: number;
  /** What is offered at present. */
  readonly offer: WaitlistOffer | null;
  /** How often something was offered. */
  readonly offers: number;
  readonly appointmentId: AppointmentId | null;
}

/** What is about to be held for an entry: written down first, so that whoever goes on after a crash asks for the same. */
export interface Attempt {
  readonly branchId: BranchId;
  readonly startMs: number;
  readonly ttlSeconds: number;
}

/** An entry as it is stored. */
export interface EntryState extends Omit<WaitlistEntry, 'id' | 'position'> {
  readonly attempt: Attempt | null;
  /** How many attempts were begun; a hold is asked for under the key of its attempt. */
  readonly attempts: number;
  /** Starts that he has refused. */
  readonly refused: readonly number[];
  /** Hashes of the ways to reach him, and of who he is. */
  readonly who: readonly string[];
}

/** An entry in the version that was read. */
export interface StoredEntry {
  readonly id: string;
  readonly version: number;
  readonly state: EntryState;
}

/** The owner of what is held for an entry. */
export const ownerOf = (id: string): string => `waitlist:${id}`;

/** Whether an entry still stands in line. */
export const isOpen = ({ status }: Pick<WaitlistEntry, 'status'>): boolean =>
  status === 'waiting' || status === 'offered';

/** An entry as others see it. */
export function shown({ id, state }: Omit<StoredEntry, 'version'>, position: number | null): WaitlistEntry {
  const { attempt: _attempt, attempts: _attempts, refused: _refused, who: _who, ...rest } = state;
  return { id, ...rest, position };
}
