/** Carries a name in the type only, so that an id of one kind cannot be passed for another. */
export type Id<Kind extends string> = string & { readonly __id: Kind };

/** A tenant. The first argument of everything that touches stored data. */
export type CompanyId = Id<'company'>;
/** A place of a company with its own opening hours and zone. */
export type BranchId = Id<'branch'>;
/** A stored phone number. */
export type NumberId = Id<'number'>;
/** A member of staff, a room or a piece of equipment. */
export type ResourceId = Id<'resource'>;
/** Weekly windows with overrides. */
export type ScheduleId = Id<'schedule'>;
/** Something that can be booked. */
export type ServiceId = Id<'service'>;
/** A person who books. */
export type CustomerId = Id<'customer'>;
/** An expiring claim on time. */
export type HoldId = Id<'hold'>;
/** A booked span. A converted hold keeps its id, so the same string may once have been a {@link HoldId}. */
export type AppointmentId = Id<'appointment'>;
/** A phone call as this engine knows it. */
export type CallId = Id<'call'>;
/** A credential for the HTTP API. */
export type ApiKeyId = Id<'apiKey'>;
/** A domain event, also the key by which its handlers are idempotent. */
export type EventId = Id<'event'>;
/** Several appointments that were booked together: a series, or a batch. */
export type GroupId = Id<'group'>;
/** A group session. Service, start and resources determine it, so that all who book it name the same. */
export type SessionId = Id<'session'>;
/** Whoever holds claims: a hold, an appointment or a session. */
export type ClaimOwner = HoldId | AppointmentId | SessionId;

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether it is a UUID in its canonical lower-case form (RFC 9562). */
export const isId = (text: unknown): boolean => typeof text === 'string' && canonical.test(text);

/** What is wrong with what is no id. */
export const NO_ID = 'must be an id';

/** Reads a canonical lower-case UUID as an id; undefined for anything else. */
export function parseId<I extends Id<string>>(text: string): I | undefined {
  return isId(text) ? (text as I) : undefined;
}
