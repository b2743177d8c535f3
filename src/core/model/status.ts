/** Where an appointment stands. */
export type AppointmentStatus = 'pending' | 'confirmed' | 'completed' | 'cancelled' | 'noShow';

/** The statuses that an appointment may begin with. */
export const firstStatuses = ['pending', 'confirmed'] as const satisfies readonly AppointmentStatus[];

/** A status that an appointment may begin with. */
export type FirstStatus = (typeof firstStatuses)[number];

/** A status that an appointment comes into by a change that leaves its time as it is. */
export type AdvancedStatus = Exclude<AppointmentStatus, 'pending' | 'cancelled'>;

interface StatusRule {
  /** Whether the appointment's time is closed to others. */
  readonly occupies: boolean;
  /** The statuses that may follow. */
  readonly next: readonly AppointmentStatus[];
}

/** The one table of statuses: every transition and every "does it block time" in the project is read from here. */
export const statuses: Readonly<Record<AppointmentStatus, StatusRule>> = {
  pending: { occupies: true, next: ['confirmed', 'cancelled'] },
  // Moved by its customer it may have to be confirmed anew.
  confirmed: { occupies: true, next: ['pending', 'completed', 'cancelled', 'noShow'] },
  completed: { occupies: true, next: ['noShow'] },
  cancelled: { occupies: false, next: [] },
  noShow: { occupies: true, next: ['completed'] },
};

/** Whether an appointment may go from one status to another. */
export const mayBecome = (from: AppointmentStatus, to: AppointmentStatus): boolean => statuses[from].next.includes(to);

/** Whether an appointment of this status occupies its resources. */
export const occupies = (status: AppointmentStatus): boolean => statuses[status].occupies;

/** Whether an appointment may begin with this status. */
export const isFirstStatus = (status: string): status is FirstStatus =>
  (firstStatuses as readonly string[]).includes(status);

const all = Object.keys(statuses) as readonly AppointmentStatus[];

/** The statuses that occupy time. */
export const occupyingStatuses: readonly AppointmentStatus[] = all.filter(occupies);

/** The statuses of appointments that are still to come: they can be moved and cancelled. */
export const openStatuses: readonly AppointmentStatus[] = all.filter((status) => mayBecome(status, 'cancelled'));
