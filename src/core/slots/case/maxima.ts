/** The least and the greatest that the numbers of a case may be; lengths in minutes. */
export const NUMBERS = {
  duration: { least: 1, most: 44_640 },
  step: { least: 1, most: 1_440 },
  buffer: { least: 0, most: 10_080 },
  notice: { least: 0, most: 5_256_000 },
  horizon: { least: 0, most: 36_500 },
  gap: { least: 0, most: 1_440 },
  needed: { least: 1, most: 100 },
  seats: { least: 1, most: 1_000 },
  partySize: { least: 1, most: 1_000 },
  capacity: { least: 1, most: 1_000 },
  priority: { least: -1_000_000, most: 1_000_000 },
  served: { least: 0, most: 1_000_000_000 },
  limit: { least: 0, most: 1_000 },
  next: { least: 1, most: 1_000 },
  count: { least: 1, most: 100 },
} as const;

/** A share: any number above 0. */
export const MOST_WEIGHT = 1_000_000;

/** How many elements the lists and maps of a case may have. */
export const LISTS = {
  resources: 1_000,
  schedules: 1_000,
  within: 20,
  weekly: 500,
  days: 7,
  overrides: 20_000,
  windows: 100,
  closedDates: 20_000,
  intervals: 2_000_000,
  skills: 100,
  eligible: 1_000,
  ownLengths: 1_000,
  booked: 5_000,
  segments: 24,
  kinds: 20,
  services: 5,
  sessions: 10_000,
  sessionResources: 100,
  prefer: 100,
} as const;

/** The fewest services of a visit; one alone is a service. */
export const FEWEST_SERVICES = 2;

/** The greatest sum of max − min over all gaps, waits of a visit included, in minutes. */
export const MOST_SLACK = 480;

/** The longest range, which is also the one without an end. */
export const RANGE_DAYS = 400;

/** The longest text. */
export const LONGEST_TEXT = 200;
