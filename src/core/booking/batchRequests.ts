import type { Appointment } from '../model/appointment.ts';
import type { GroupId } from '../model/ids.ts';
import { isFirstStatus } from '../model/status.ts';
import { refuse, type FieldError, type Refused } from '../refusals.ts';
import { writeErrors, type FieldErrors } from './limits.ts';
import type { BookOptions, Offer, StartWish, WriteOptions } from './requests.ts';

/** What one appointment of a batch may say beside its time. */
export type ItemOptions = Pick<BookOptions, 'customer' | 'source' | 'callId' | 'notes' | 'metadata' | 'status'>;

/** One appointment of a batch: a start, or an offer or its token. */
export type BatchItem = ItemOptions & (StartWish | { readonly offer: Offer | string });

/** How to book several at once. */
export interface BatchOptions extends WriteOptions {
  /** `all`: all of them or none; `each`: whichever can be had. */
  readonly mode: 'all' | 'each';
  /** Whose wish it is: policies bind customers only; left out: `customer`. */
  readonly by?: 'customer' | 'company' | undefined;
}

/** What came of one item of a batch. */
export type BatchAnswer = { readonly ok: true; readonly appointment: Appointment } | Refused;

/** What came of a batch, now or earlier under the same key. */
export interface BatchBooking {
  /** Each appointment has it, so that they can be listed by it; null where none was booked. */
  readonly groupId: GroupId | null;
  /** One for each item, in order; with `all` none is refused. */
  readonly items: readonly BatchAnswer[];
  readonly replayed: boolean;
}

/** How many appointments one batch may have. */
const MOST_ITEMS = 1_000;

/** What is wrong with the fields of a batch, but for what only the company's data can tell. */
export function batchErrors(items: readonly BatchItem[], options: BatchOptions): Refused<'INPUT_INVALID'> | undefined {
  const errors = writeErrors(options).require(
    options.mode === 'all' || options.mode === 'each',
    'mode',
    'must be all or each',
  );
  const isList = Array.isArray(items) && items.length >= 1 && items.length <= MOST_ITEMS;
  errors.require(isList, 'items', `must be a list of 1 to ${MOST_ITEMS}`);
  if (isList) for (const [index, item] of items.entries()) judgeItem(errors, item as BatchItem, `items[${index}]`);
  return errors.refusal();
}

function judgeItem(errors: FieldErrors, item: BatchItem, path: string): void {
  // A program without types may pass anything.
  if (typeof item !== 'object' || (item as unknown) === null) {
    errors.require(false, path, 'must be an object');
    return;
  }
  if (!('offer' in item) || item.offer === undefined)
    errors
      .require(namesWhat(item as Partial<StartWish>), `${path}.service`, 'must be a key or an id, or else services')
      .require((item as Partial<StartWish>).start !== undefined, `${path}.start`, 'must be given, or else an offer');
  judgeOptions(errors, item, `${path}.`);
}

/** Whether a start says what is wanted. */
export const namesWhat = ({ service, services }: Partial<StartWish>): boolean =>
  typeof service === 'string' || services !== undefined;

/** Judges what appointments that are booked together may say. */
export function judgeOptions(errors: FieldErrors, options: ItemOptions, path: string): void {
  errors
    .text(options.source, `${path}source`, 40, 1)
    .text(options.notes, `${path}notes`, 2_000)
    .id(options.callId, `${path}callId`)
    .require(
      options.status === undefined || isFirstStatus(options.status),
      `${path}status`,
      'must be pending or confirmed',
    );
  const entries = Object.entries(options.metadata ?? {});
  errors.require(entries.length <= 50, `${path}metadata`, 'must have at most 50 entries');
  for (const [name, value] of entries)
    errors.text(name, `${path}metadata`, 64, 1).text(value, `${path}metadata.${name}`, 500);
}

/** The same errors of fields below another path. */
export const below = (path: string, { refusal }: Refused<'INPUT_INVALID'>): readonly FieldError[] =>
  refusal.errors.map((error) => ({ ...error, path: `${path}.${error.path}` }));

/** The refusal of what is all or nothing, of which something cannot be had. `field` is where it was asked for. */
export const batchRefused = (
  answers: readonly ({ readonly ok: true } | Refused)[],
  field: 'items' | 'occurrences',
): Refused<'BATCH_REFUSED'> =>
  refuse('BATCH_REFUSED', {
    items: answers.flatMap((answer, index) =>
      answer.ok ? [] : [{ index, path: `${field}[${index}]`, refusal: answer.refusal }],
    ),
  });
