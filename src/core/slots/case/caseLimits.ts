/** Most appointments that start on one date, or in one week from Monday to Sunday; at least one of the two. */
export interface CaseLimits {
  readonly perDay?: number;
  readonly perWeek?: number;
  /** The starts of those that count. */
  readonly booked?: readonly string[];
}
