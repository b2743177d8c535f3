/** How much a finding matters: a warning is in nobody's way, or has a cause that is no fault. */
export type FindingSeverity = 'error' | 'warning';

interface FindingKind {
  readonly severity: FindingSeverity;
  /** What does not fit. */
  readonly meaning: string;
  /** What whoever runs the database should do. */
  readonly fix: string;
}

const restore = 'Restore a backup beside it and compare; book the time again where it is still wanted.';
const giveBack = 'Delete the row: it keeps time closed that nobody has.';
const makeAgain = 'Make it again as `askpro migrate sql --all` shows it; where rows are double, correct them first.';
const leftover = 'Delete the row; nothing refers to it.';

/** Everything that is looked for in a storage. Codes are stable; texts may become better. */
export const storageFindings = {
  SCHEMA_OLDER: {
    severity: 'error',
    meaning: 'The database lacks migrations, or has none at all. Nothing else was looked at.',
    fix: 'Run `askpro migrate`, then the doctor again.',
  },
  SCHEMA_NEWER: {
    severity: 'error',
    meaning: 'A newer askpro has migrated the database. Nothing else was looked at.',
    fix: 'Upgrade askpro.',
  },
  KEY_MISSING: {
    severity: 'error',
    meaning:
      'A primary key or a unique index is gone, or is over other columns: nothing keeps two from having the same.',
    fix: makeAgain,
  },
  INDEX_MISSING: {
    severity: 'error',
    meaning: 'An index is gone, not in use, or over other columns: what it answered is answered by reading far more.',
    fix: makeAgain,
  },
  KEY_DOUBLED: {
    severity: 'error',
    meaning: 'Two rows have what only one may have: its unique index is gone or damaged.',
    fix: 'Change or delete one of the rows, then make the index again.',
  },
  COMPANY_MISSING: {
    severity: 'error',
    meaning: 'Rows belong to a company that does not exist.',
    fix: 'Restore the company from a backup, or delete the rows.',
  },
  REFERENCE_MISSING: {
    severity: 'error',
    meaning: 'A row names another one that does not exist.',
    fix: 'Restore the row that is missing from a backup, or name another one.',
  },
  VALUE_INVALID: {
    severity: 'error',
    meaning: 'A row holds something that this askpro would not have written.',
    fix: 'Correct the column that the message names.',
  },
  PHONE_INVALID: {
    severity: 'error',
    meaning: 'A phone number is not in the form in which numbers are looked for (E.164).',
    fix: 'Write it as +, the country and the number, or take it away.',
  },
  COLUMNS_DIFFER: {
    severity: 'error',
    meaning: 'Two columns of one row that say the same contradict each other.',
    fix: 'Correct the one that is wrong; the spans are what was promised.',
  },
  SPAN_MISSING: {
    severity: 'error',
    meaning: 'A booking lacks occupied time that it should have, so others may take it.',
    fix: restore,
  },
  SPAN_UNEXPECTED: {
    severity: 'error',
    meaning: 'A booking occupies time that it has no right to: it was cancelled, or is at another time.',
    fix: giveBack,
  },
  SPAN_ORPHANED: { severity: 'error', meaning: 'Occupied time belongs to nobody.', fix: giveBack },
  SPAN_EXPIRES: {
    severity: 'error',
    meaning: 'Occupied time lapses at another moment than the booking that has it.',
    fix: 'Set expires_ms of the span and of its claims to that of the booking; an appointment has none.',
  },
  SPAN_CELLS: {
    severity: 'error',
    meaning: 'The cells that an occupied span names are not those of its time.',
    fix: 'Set first_cell and end_cell to its times divided by the grain of the company.',
  },
  CLAIM_MISSING: {
    severity: 'error',
    meaning: 'A part of occupied time is not claimed, so others may take it.',
    fix: restore,
  },
  CLAIM_EXPIRES: {
    severity: 'error',
    meaning: 'A claim lapses at another moment than the time it guards.',
    fix: 'Set expires_ms of the claim to that of its span.',
  },
  CLAIM_ORPHANED: {
    severity: 'error',
    meaning:
      'A claim guards neither time nor units of its owner. Expired ones are a warning: whoever wants the place takes it.',
    fix: giveBack,
  },
  OVERLAP: {
    severity: 'error',
    meaning: 'More bookings have one resource at the same time than it has places.',
    fix: 'Move or cancel one of them.',
  },
  BEYOND_CAPACITY: {
    severity: 'warning',
    meaning:
      'A booking has a place that its resource or session has no more, which is so after the number was lowered.',
    fix: 'Raise the number again, or move what does not fit.',
  },
  HOLD_LEFT_BEHIND: {
    severity: 'error',
    meaning: 'A hold and an appointment have the same id: the end of the hold would free the time of the appointment.',
    fix: 'Delete the row of the hold.',
  },
  UNIT_UNCLAIMED: {
    severity: 'error',
    meaning: 'A unit of a limit, or a seat, is noted but not claimed.',
    fix: restore,
  },
  UNIT_EXPIRES: {
    severity: 'error',
    meaning: 'A unit or a seat, its claim and its owner lapse at different moments.',
    fix: 'Set expires_ms of the unit and of its claim to that of the booking.',
  },
  UNIT_ORPHANED: {
    severity: 'error',
    meaning: 'A unit or a seat belongs to nobody. Lapsed ones are a warning: the sweep takes them.',
    fix: 'Delete the row, and the claim with the same key.',
  },
  SEATS_DIFFER: {
    severity: 'error',
    meaning: 'A booking has more or fewer seats in a session than people take part.',
    fix: restore,
  },
  SESSION_MISSING: {
    severity: 'error',
    meaning: 'Somebody has a seat in a session that does not exist.',
    fix: restore,
  },
  SESSION_EMPTY: {
    severity: 'error',
    meaning: 'A session is kept open in which nobody takes part.',
    fix: 'Delete the session with its spans and claims.',
  },
  SESSION_TIME_MISSING: {
    severity: 'error',
    meaning: 'A session does not occupy one of its resources.',
    fix: restore,
  },
  SESSION_EXPIRES: {
    severity: 'error',
    meaning: 'A session does not last as long as the last of those who take part in it.',
    fix: 'Set expires_ms of the session, its spans and its claims to the latest of its seats; none where one has none.',
  },
  KEY_RESULT_MISSING: {
    severity: 'error',
    meaning: 'An idempotency key stands for something that does not exist. A warning where nothing tells what it was.',
    fix: 'Look for the appointment in a backup; delete the key if the call shall be possible again.',
  },
  APPOINTMENT_LOST: {
    severity: 'error',
    meaning: 'An event tells of an appointment that does not exist.',
    fix: 'Restore the appointment from a backup.',
  },
  EVENTS_GAP: {
    severity: 'error',
    meaning: 'An event is missing between two others of the same thing. A warning where it may have been sent.',
    fix: 'Find out who deleted it; what it told was perhaps told to nobody.',
  },
  EVENTS_DISORDERED: {
    severity: 'error',
    meaning: 'An event was sent before an earlier one of the same thing.',
    fix: 'Let the relay run; whoever heard them in the wrong order must read the state again.',
  },
  DOCUMENT_INDEX_ORPHANED: {
    severity: 'error',
    meaning: 'A document is found by a value and does not exist.',
    fix: leftover,
  },
} as const satisfies Record<string, FindingKind>;

/** A stable code of a finding. */
export type FindingCode = keyof typeof storageFindings;

/** Something in a storage that does not fit. */
export interface StorageFinding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** The company's key; its id where it has none; null: it concerns the whole database. */
  readonly company: string | null;
  /** The row: a kind and an id. It holds no personal data. */
  readonly subject: string;
  /** What is wrong with it. */
  readonly message: string;
  /** What to do. */
  readonly fix: string;
}

/** Makes a finding; `severity` where it is not the usual one of its code. */
export function finding(
  code: FindingCode,
  company: string | null,
  subject: string,
  message: string,
  severity: FindingSeverity = storageFindings[code].severity,
): StorageFinding {
  return { code, severity, company, subject, message, fix: storageFindings[code].fix };
}
