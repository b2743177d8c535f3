/** Holds for rows that have not lapsed; takes the time. */
export const isLive = (table: string): string => `(${table}.expires_ms IS NULL OR ${table}.expires_ms > ?)`;

/** Leaves out what an owner has; takes the owner. */
const exceptOwner = (table: string): string => ` AND ${table}.owner_id <> ?`;

/**
 * Leaves out the spans or units of an owner, and those of sessions in which nobody else takes part; takes the owner, the
 * company, the owner and the time.
 */
export const exceptHeld = (table: string): string =>
  `${exceptOwner(table)} AND ${table}.owner_id NOT IN (SELECT u.subject FROM units u WHERE u.company_id = ?` +
  ' AND u.owner_id = ? AND u.seat = 1 AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.company_id = u.company_id' +
  ` AND c.subject = u.subject AND c.cell = 0 AND c.owner_id <> u.owner_id AND ${isLive('c')}))`;

/**
 * Lists the sessions of a service that overlap a range, as rows of id, start, seats taken and resources. Takes the time,
 * the exception, the company, the service, the earliest start, the end of the range, its beginning and the time.
 */
export const liveSessions = (withException: boolean): string =>
  'SELECT s.id, s.start_ms, (SELECT COUNT(*) FROM claims c WHERE c.company_id = s.company_id AND c.subject = s.id' +
  ` AND c.cell = 0 AND ${isLive('c')}${withException ? exceptOwner('c') : ''}), s.resource_ids FROM sessions s` +
  ' WHERE s.company_id = ? AND s.service_id = ? AND s.start_ms > ? AND s.start_ms < ? AND s.end_ms > ?' +
  ` AND ${isLive('s')}`;

/** Puts a fourth, empty column behind the three of a busy read. */
export const widened = (busy: string): string => busy.replaceAll(/ FROM (?=companies|spans|\(VALUES)/g, ', NULL FROM ');
