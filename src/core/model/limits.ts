/** The most appointments that may start on one date, or in one week from Monday to Sunday; null: no limit. */
export interface Limits {
  readonly perDay: number | null;
  readonly perWeek: number | null;
}

/** No limit at all. */
export const noLimits: Limits = { perDay: null, perWeek: null };

/** Whether limits limit anything. */
export const isLimit = ({ perDay, perWeek }: Limits): boolean => perDay !== null || perWeek !== null;
