import { EngineError } from '../errors.ts';

/** What is kept of calls for whoever looks for a cause afterwards. */
export interface JournalOptions {
  /** How many days; 1 to 3,650. Left out: 30. */
  readonly keepDays?: number;
  /** How many entries of one call, by each process; 10 to 10,000. Left out: 500. */
  readonly mostEntries?: number;
}

/** Fills in and checks the options; throws OPTION_INVALID that names the field. */
export function readJournal({ keepDays = 30, mostEntries = 500 }: JournalOptions): Required<JournalOptions> {
  if (!(Number.isFinite(keepDays) && keepDays >= 1 && keepDays <= 3650)) throw invalid('keepDays', '1 to 3,650');
  if (!(Number.isInteger(mostEntries) && mostEntries >= 10 && mostEntries <= 10_000))
    throw invalid('mostEntries', 'a whole number from 10 to 10,000');
  return { keepDays, mostEntries };
}

const invalid = (field: string, must: string): EngineError =>
  new EngineError('OPTION_INVALID', `journal.${field} must be ${must}.`);
