import type { RefusalCode } from '../../../adapter.ts';

/** Why a time cannot be taken. */
export const takingRefusals: readonly RefusalCode[] = [
  'SERVICE_UNKNOWN',
  'BRANCH_UNKNOWN',
  'RESOURCE_UNKNOWN',
  'RESOURCE_NOT_QUALIFIED',
  'SLOT_TAKEN',
  'OUTSIDE_HOURS',
  'OFF_GRID',
  'NOTICE_TOO_SHORT',
  'BEYOND_HORIZON',
  'LIMIT_REACHED',
  'SOURCE_UNREACHABLE',
  'RULE_REFUSED',
  'OFFER_INVALID',
  'OFFER_EXPIRED',
  'KEY_REUSED',
];

/** Why an appointment cannot be changed. */
export const changeRefusals: readonly RefusalCode[] = [
  'APPOINTMENT_UNKNOWN',
  'VERSION_CONFLICT',
  'STATUS_CONFLICT',
  'KEY_REUSED',
];
