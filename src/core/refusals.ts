import type { Money } from './model/money.ts';
import type { DecidedBy } from './model/policies.ts';
import type { AppointmentStatus } from './model/status.ts';
import type { Slot } from './model/slot.ts';

/** One reason why a start cannot be had, as the slot engine found it. */
export interface Reason {
  /** A code of the slot engine or of a booking rule: `BUSY`, `OUTSIDE_HOURS`, … */
  readonly code: string;
  /** In plain English, without anyone's personal data. */
  readonly message: string;
  /** The nearest start that this reason would allow, where it knows one. */
  readonly nearest?: string;
  /** Of a policy: at which level it was decided, and the key of who decided it. */
  readonly decidedBy?: DecidedBy;
}

/** A field that was wrong, and what would be right. */
export interface FieldError {
  /** Where: `customer.phone`, `services[2].stepMinutes`. */
  readonly path: string;
  readonly message: string;
}

interface NotFree {
  readonly reasons: readonly Reason[];
  /** Up to three other starts, best first, each of them bookable when it was listed. */
  readonly alternatives: readonly Slot[];
}

/** What stands against one of several things that are done together or not at all. */
export interface RefusedItem {
  /** Its place in what was asked for, from 0. */
  readonly index: number;
  /** The same as a path: `items[3]`. */
  readonly path: string;
  readonly refusal: Refusal;
}

/** What each refusal carries beside its code. */
export interface RefusalData {
  INPUT_INVALID: { readonly errors: readonly FieldError[] };
  COMPANY_UNKNOWN: object;
  BRANCH_UNKNOWN: { readonly branch: string };
  SERVICE_UNKNOWN: { readonly service: string };
  RESOURCE_UNKNOWN: { readonly resource: string };
  RESOURCE_NOT_QUALIFIED: { readonly resource: string; readonly service: string };
  NUMBER_INVALID: { readonly number: string };
  NUMBER_UNKNOWN: { readonly number: string };
  NUMBER_INACTIVE: { readonly number: string };
  AGENT_MISMATCH: object;
  NO_SLOT: NotFree;
  SLOT_TAKEN: NotFree;
  OUTSIDE_HOURS: NotFree;
  OFF_GRID: NotFree;
  NOTICE_TOO_SHORT: NotFree;
  BEYOND_HORIZON: NotFree;
  LIMIT_REACHED: NotFree;
  SOURCE_UNREACHABLE: NotFree;
  RULE_REFUSED: NotFree & { readonly rule: string };
  OFFER_INVALID: { readonly why: string };
  OFFER_EXPIRED: object;
  HOLD_UNKNOWN: object;
  HOLD_EXPIRED: object;
  NOT_OWNER: object;
  APPOINTMENT_UNKNOWN: object;
  CALL_UNKNOWN: object;
  CALLBACK_UNKNOWN: object;
  CALLBACK_CLOSED: { readonly closedAs: string };
  VERSION_CONFLICT: { readonly version: number };
  STATUS_CONFLICT: { readonly status: AppointmentStatus; readonly wanted: AppointmentStatus };
  /** With the fee against which it could be cancelled all the same. */
  CANCEL_TOO_LATE: { readonly latest: string; readonly decidedBy: DecidedBy; readonly fee?: Money };
  RESCHEDULE_TOO_LATE: { readonly latest: string; readonly decidedBy: DecidedBy };
  CANCEL_LIMIT: { readonly most: number; readonly decidedBy: DecidedBy };
  RESCHEDULE_LIMIT: { readonly most: number; readonly decidedBy: DecidedBy };
  HOLD_LIMIT: { readonly most: number; readonly decidedBy: DecidedBy };
  NO_SHOW_LIMIT: { readonly most: number; readonly decidedBy: DecidedBy };
  CUSTOMER_UNKNOWN: object;
  /** The first of them by start. */
  CUSTOMER_HAS_APPOINTMENTS: { readonly appointments: readonly { readonly id: string; readonly start: string }[] };
  SLOT_FREE: { readonly slots: readonly Slot[] };
  WAITLIST_FULL: { readonly limit: string; readonly most: number };
  WAITLIST_ENTRY_UNKNOWN: object;
  WAITLIST_NOT_OFFERED: { readonly status: string };
  KEY_REUSED: { readonly key: string };
  BATCH_REFUSED: { readonly items: readonly RefusedItem[] };
  REFUSED_EARLIER: object;
  CONFIG_CONFLICT: { readonly errors: readonly FieldError[] };
  ENTRY_UNKNOWN: { readonly kind: string; readonly key: string };
  IN_USE: { readonly by: readonly string[] };
}

/** A stable code of a refusal. */
export type RefusalCode = keyof RefusalData;

interface RefusalMeaning {
  readonly meaning: string;
  /** What the caller can do about it. */
  readonly fix: string;
  /** HTTP status of its problem details (RFC 9457). */
  readonly status: number;
}

/** The table that documentation and problem details are made from. */
export const refusals: Readonly<Record<RefusalCode, RefusalMeaning>> = {
  INPUT_INVALID: { meaning: 'A field is missing or wrong.', fix: 'Correct the fields named in errors.', status: 400 },
  COMPANY_UNKNOWN: { meaning: 'There is no such active company.', fix: 'Check the id.', status: 404 },
  BRANCH_UNKNOWN: { meaning: 'The company has no such active branch.', fix: 'List the branches.', status: 404 },
  SERVICE_UNKNOWN: { meaning: 'The company has no such active service.', fix: 'List the services.', status: 404 },
  RESOURCE_UNKNOWN: { meaning: 'The company has no such active resource.', fix: 'Check its key.', status: 404 },
  RESOURCE_NOT_QUALIFIED: {
    meaning: 'The resource does not perform this service here.',
    fix: 'Choose another one, or let the engine choose.',
    status: 409,
  },
  NUMBER_INVALID: { meaning: 'This is no phone number.', fix: 'Send E.164: +49301234567.', status: 400 },
  NUMBER_UNKNOWN: { meaning: 'No company answers this number.', fix: 'Add the number to a company.', status: 404 },
  NUMBER_INACTIVE: {
    meaning: 'The number, its branch or its company is switched off.',
    fix: 'Switch it on in the setup.',
    status: 404,
  },
  AGENT_MISMATCH: {
    meaning: 'The dialled number and the voice agent belong to different companies.',
    fix: 'Correct the agent or the number in the setup; the engine never guesses.',
    status: 409,
  },
  NO_SLOT: { meaning: 'Nothing is free as wished.', fix: 'Take an alternative or widen the range.', status: 409 },
  SLOT_TAKEN: { meaning: 'The time is occupied.', fix: 'Take an alternative.', status: 409 },
  OUTSIDE_HOURS: { meaning: 'The time does not lie in open hours.', fix: 'Take an alternative.', status: 409 },
  OFF_GRID: { meaning: 'The start is not on the grid of the service.', fix: 'Take a listed start.', status: 409 },
  NOTICE_TOO_SHORT: { meaning: 'The start is too soon.', fix: 'Take a later start.', status: 409 },
  BEYOND_HORIZON: { meaning: 'The start is too far ahead.', fix: 'Take an earlier start.', status: 409 },
  LIMIT_REACHED: { meaning: 'A limit of the company is reached.', fix: 'Take an alternative.', status: 409 },
  SOURCE_UNREACHABLE: {
    meaning: 'It is not known at present what occupies this time outside, in a calendar for instance.',
    fix: 'Take an alternative, or try again later; whoever runs the calendar should look whether it can be reached.',
    status: 409,
  },
  RULE_REFUSED: { meaning: 'A rule of the company refuses this start.', fix: 'Take an alternative.', status: 409 },
  OFFER_INVALID: {
    meaning: 'The offer was not made by this engine for this company.',
    fix: 'Find again.',
    status: 400,
  },
  OFFER_EXPIRED: { meaning: 'The offer is too old.', fix: 'Find again.', status: 409 },
  HOLD_UNKNOWN: { meaning: 'There is no such hold.', fix: 'Hold the slot again.', status: 404 },
  HOLD_EXPIRED: { meaning: 'The hold has run out.', fix: 'Hold the slot again.', status: 409 },
  NOT_OWNER: { meaning: 'The hold belongs to someone else.', fix: 'Use the owner it was made with.', status: 403 },
  APPOINTMENT_UNKNOWN: { meaning: 'There is no such appointment.', fix: 'Check the id.', status: 404 },
  CALL_UNKNOWN: { meaning: 'The company has no such call.', fix: 'Check the id.', status: 404 },
  CALLBACK_UNKNOWN: { meaning: 'The company has no such callback request.', fix: 'Check the id.', status: 404 },
  CALLBACK_CLOSED: {
    meaning: 'The callback request was closed in another way before.',
    fix: 'Read its status.',
    status: 409,
  },
  VERSION_CONFLICT: { meaning: 'Somebody changed it in the meantime.', fix: 'Read it again, then retry.', status: 409 },
  STATUS_CONFLICT: { meaning: 'Its status does not allow this.', fix: 'Read its status.', status: 409 },
  CANCEL_TOO_LATE: { meaning: 'It is too late to cancel.', fix: 'Ask the company.', status: 409 },
  RESCHEDULE_TOO_LATE: { meaning: 'It is too late to move it.', fix: 'Ask the company.', status: 409 },
  CANCEL_LIMIT: {
    meaning: 'The customer has cancelled as many appointments this month as he may.',
    fix: 'Ask the company.',
    status: 409,
  },
  RESCHEDULE_LIMIT: {
    meaning: 'The customer has moved the appointment as often as he may.',
    fix: 'Ask the company.',
    status: 409,
  },
  HOLD_LIMIT: {
    meaning: 'The owner has as many holds as he may have at a time.',
    fix: 'Book or release one of them, or replace it.',
    status: 409,
  },
  NO_SHOW_LIMIT: {
    meaning: 'The customer did not come too often to book by himself.',
    fix: 'Let the company book.',
    status: 409,
  },
  CUSTOMER_UNKNOWN: { meaning: 'The company has no such customer.', fix: 'Check the id.', status: 404 },
  CUSTOMER_HAS_APPOINTMENTS: {
    meaning: 'The customer has appointments to come, so he cannot be erased.',
    fix: 'Cancel them first, or ask with cancelUpcoming.',
    status: 409,
  },
  SLOT_FREE: {
    meaning: 'There is nothing to wait for: what is wished is free.',
    fix: 'Book one of the slots.',
    status: 409,
  },
  WAITLIST_FULL: {
    meaning: 'As many are waiting as may wait.',
    fix: 'Wish another time, or leave another place in the line first.',
    status: 409,
  },
  WAITLIST_ENTRY_UNKNOWN: { meaning: 'Nobody waits under this id.', fix: 'Check the id.', status: 404 },
  WAITLIST_NOT_OFFERED: {
    meaning: 'Nothing is offered to whoever waits under this id.',
    fix: 'Read its status; wait for the event waitlist.offered.',
    status: 409,
  },
  KEY_REUSED: {
    meaning: 'The idempotency key was used for another request.',
    fix: 'Use a new key for a new request.',
    status: 422,
  },
  BATCH_REFUSED: {
    meaning: 'Not all of it can be had, so nothing was done.',
    fix: 'Change the items named, or ask for each by itself.',
    status: 409,
  },
  REFUSED_EARLIER: {
    meaning: 'This was refused when the request was first carried out under its key; why is not kept.',
    fix: 'Ask for it again under a new key.',
    status: 409,
  },
  CONFIG_CONFLICT: {
    meaning: 'The setup contradicts what is stored.',
    fix: 'Correct the fields named in errors.',
    status: 409,
  },
  ENTRY_UNKNOWN: {
    meaning: 'The company has configured no such thing, neither active nor inactive.',
    fix: 'Read its configuration.',
    status: 404,
  },
  IN_USE: {
    meaning: 'It cannot be deleted, because what is named in by refers to it.',
    fix: 'Deactivate it instead.',
    status: 409,
  },
};

/** Why something was not done, told as data. */
export type Refusal<C extends RefusalCode = RefusalCode> = C extends RefusalCode
  ? { readonly code: C } & RefusalData[C]
  : never;

/** A refusal where an answer was hoped for. */
export interface Refused<C extends RefusalCode = RefusalCode> {
  readonly ok: false;
  readonly refusal: Refusal<C>;
}

/** Either `{ ok: true, … }` or a refusal. */
export type Answer<T extends object, C extends RefusalCode = RefusalCode> = ({ readonly ok: true } & T) | Refused<C>;

/** Makes a refusal. */
export function refuse<C extends RefusalCode>(code: C, data: RefusalData[C]): Refused<C> {
  return { ok: false, refusal: { ...data, code } as Refusal<C> };
}
