/** Nine o'clock on Monday, 23 November 2026, in UTC: minute 0 of every law. */
export const NINE_MS = Date.UTC(2026, 10, 23, 9);
/** Milliseconds of a minute. */
export const MINUTE_MS = 60_000;
/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** Epoch milliseconds of a minute after nine. */
export const at = (minute: number): number => NINE_MS + minute * MINUTE_MS;
