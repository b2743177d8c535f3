/** Where an appointment stands. */
export type AppointmentStatus = 'pending' | 'confirmed' | 'completed' | 'cancelled' | 'noShow';

interface StatusRule {
  /** Whether the appointment's time is closed to others. */
  readonly occupies: boolean;
  /** The statuses that may follow. */
  readonly next: readonly AppointmentStatus[];
}

/** The one table of statuses: every transition and every "does it block time" in the project is read from here. */
export const statuses: Readonly<Record<AppointmentStatus, StatusRule>> = {
  pending: { occupies: true, next: ['confirmed', 'cancelled'] },
  confirmed: { occupies: true, next: ['completed', 'cancelled', 'noShow'] },
  completed: { occupies: true, next: ['noShow'] },
  cancelled: { occupies: false, next: [] },
  noShow: { occupies: true, next: ['completed'] },
};

/** Whether an appointment may go from one status to another. */
export const mayBecome = (from: AppointmentStatus, to: AppointmentStatus): boolean => statuses[from].next.includes(to);

/** Whether an appointment of this status occupies its resources. */
export const occupies = (status: AppointmentStatus): boolean => statuses[status].occupies;
