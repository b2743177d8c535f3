import type { Catalog } from '../availability/catalog.ts';
import type { Appointment } from '../model/appointment.ts';
import type { Money } from '../model/money.ts';
import { feeOf } from '../model/policies.ts';
import { mayBecome } from '../model/status.ts';

/** What its customer may still do with an appointment, so that he can be told before he wants it. */
export interface AppointmentTerms {
  /** The last instant at which he can cancel it free of charge, in epoch milliseconds; null: it cannot be cancelled any more. */
  readonly cancelByMs: number | null;
  /** The last instant at which he can move it; null: it cannot be moved, or not once more. */
  readonly rescheduleByMs: number | null;
  /** What it costs to cancel later; null: then it cannot be cancelled. */
  readonly lateCancelFee: Money | null;
  /** What it costs not to come; null: nothing. */
  readonly noShowFee: Money | null;
  /** How often he can still move it; null: as often as he likes. */
  readonly movesLeft: number | null;
}

/** The terms of an appointment by the policies of today. */
export function termsOf({ policies }: Catalog, appointment: Appointment): AppointmentTerms {
  const { startMs, moves, price } = appointment;
  const isOpen = mayBecome(appointment.status, 'cancelled');
  const most = policies.value('maxReschedules', appointment);
  const movesLeft = most === null ? null : Math.max(0, most - moves);
  const minutes = (name: 'cancelNoticeMinutes' | 'rescheduleNoticeMinutes'): number =>
    startMs - policies.value(name, appointment) * 60_000;
  return {
    cancelByMs: isOpen ? minutes('cancelNoticeMinutes') : null,
    rescheduleByMs: isOpen && movesLeft !== 0 ? minutes('rescheduleNoticeMinutes') : null,
    lateCancelFee: feeOf(policies.value('lateCancelFee', appointment), price),
    noShowFee: feeOf(policies.value('noShowFee', appointment), price),
    movesLeft,
  };
}
