import { FieldErrors } from '../booking/limits.ts';
import { callStatuses } from '../model/call.ts';
import { isStorableText } from '../model/storableText.ts';
import type { Refused } from '../refusals.ts';
import type { CallUpdate } from './sessions.ts';

const MOST_OF_PROVIDER = 64;
const MOST_OF_ID = 191;
const MOST_OF_NUMBER = 64;
/** An hour of talk is a tenth of it. */
const MOST_SAID = 1_000_000;
/** The last moment that a date can tell. */
const LAST_MS = 8.64e15;

const isKey = (text: unknown, most: number): boolean =>
  typeof text === 'string' && text !== '' && text.length <= most && isStorableText(text);

/** Whether a call can be stored under such a key, and so be found by it. */
export const isCallKey = (provider: unknown, providerCallId: unknown): boolean =>
  isKey(provider, MOST_OF_PROVIDER) && isKey(providerCallId, MOST_OF_ID);

/** What is wrong with the fields of what is told of a call. */
export function updateErrors(
  provider: string,
  providerCallId: string,
  update: CallUpdate,
): Refused<'INPUT_INVALID'> | undefined {
  const isMoment = (ms: number | undefined): boolean =>
    ms === undefined || (Number.isInteger(ms) && ms >= 0 && ms <= LAST_MS);
  return new FieldErrors()
    .require(
      isKey(provider, MOST_OF_PROVIDER),
      'provider',
      `must be a text of 1 to ${MOST_OF_PROVIDER} characters that can be stored`,
    )
    .require(
      isKey(providerCallId, MOST_OF_ID),
      'providerCallId',
      `must be a text of 1 to ${MOST_OF_ID} characters that can be stored`,
    )
    .require(
      update.status === undefined || callStatuses.includes(update.status),
      'status',
      `must be one of ${callStatuses.join(', ')}`,
    )
    .id(update.branchId, 'branchId')
    .id(update.customerId, 'customerId')
    .id(update.appointmentId, 'appointmentId')
    .text(update.from, 'from', MOST_OF_NUMBER)
    .text(update.to, 'to', MOST_OF_NUMBER)
    .require(isMoment(update.startedMs), 'startedMs', 'must be a whole number of epoch milliseconds')
    .require(isMoment(update.endedMs), 'endedMs', 'must be a whole number of epoch milliseconds')
    .text(update.transcript, 'transcript', MOST_SAID)
    .text(update.summary, 'summary', MOST_SAID)
    .text(update.outcome, 'outcome', MOST_SAID)
    .refusal();
}
