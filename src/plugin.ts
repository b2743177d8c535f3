import './core/kernel/reflect.ts';

export { definePlugin, PLUGIN_API_VERSION } from './core/kernel/definePlugin.ts';
export type { Plugin, PluginContext, PluginDefinition, PluginHooks } from './core/kernel/definePlugin.ts';
export { token } from './core/kernel/token.ts';
export type { Token, TokenValue } from './core/kernel/token.ts';
export { contributionPoint } from './core/kernel/contribution.ts';
export type { ContributionPoint, Contributed } from './core/kernel/contribution.ts';
export { all, optional } from './core/kernel/requirement.ts';
export { EngineError } from './core/errors.ts';
export type { FaultCode } from './core/errors.ts';
export { refusals, refuse } from './core/refusals.ts';
export type { Answer, FieldError, Reason, Refusal, RefusalCode, Refused } from './core/refusals.ts';
export type { ConflictSummary, DomainEvent, EventMap, EventName, PluginEvent } from './core/events.ts';
export { eventType } from './core/kernel/eventType.ts';
export type { EventType, Handle, Observe } from './core/kernel/eventType.ts';

export { Clock } from './core/contracts/clock.ts';
export { NewId } from './core/contracts/ids.ts';
export { Directory } from './core/contracts/directory.ts';
export type { CompanyFace, CompanyQuery } from './core/contracts/directory.ts';
export { Documents } from './core/contracts/documents.ts';
export type { DocumentQuery, DocumentStore, DocumentWrite, Json, StoredDocument } from './core/contracts/documents.ts';
export { bearerSecret } from './core/contracts/bearer.ts';
export { Route } from './core/contracts/route.ts';
export type { RouteRequest, RouteResponse } from './core/contracts/route.ts';
export { BookingRule } from './core/contracts/bookingRule.ts';
export type { RuleRequest, RuleVerdict } from './core/contracts/bookingRule.ts';
export { BusySource } from './core/contracts/busySource.ts';
export type { OutsideBusy, OutsideQuery, OutsideResource, OutsideState } from './core/contracts/busySource.ts';
export { announce, Publisher } from './core/jobs/publisher.ts';
export type { Announcement } from './core/jobs/publisher.ts';
export { Upkeep } from './core/jobs/upkeep.ts';
export { Journal } from './core/calls/journal.ts';
export type { JournalEntry } from './core/calls/journal.ts';
export { maskEmail, maskFields, maskName, maskPhone, maskText, maskWord } from './core/calls/mask.ts';
export type { Told } from './core/calls/mask.ts';
export { ApiKeysToken as ApiKeys } from './core/setup/apiKeysToken.ts';
export { isAnonymous } from './core/phone/anonymous.ts';
export { toE164 } from './core/phone/e164.ts';
export { callerNumber, Phone } from './core/phone/resolve.ts';
export type { Line, LineQuery } from './core/phone/resolve.ts';
export { fieldErrors, sayIssue } from './core/setup/fieldErrors.ts';
export { Companies } from './core/company/companies.ts';
export { PersonalData } from './core/company/person/personalData.ts';
export type { Person, StoredOfPerson } from './core/company/person/personalData.ts';
export type { CompanyDoor, Page } from './core/company/door.ts';
export { FieldErrors } from './core/booking/limits.ts';
export type { Booking, CustomerInput, Offer } from './core/booking/requests.ts';
export { readInstant } from './core/availability/query.ts';
export type { InstantInput, Replacing } from './core/availability/query.ts';
export type { AppointmentTerms } from './core/booking/terms.ts';
export type { CallSessions, CallUpdate, RecordedCall } from './core/calls/sessions.ts';

export type { Appointment, Hold } from './core/model/appointment.ts';
export type { Call } from './core/model/call.ts';
export type { Branch, Company } from './core/model/company.ts';
export type { Customer } from './core/model/customer.ts';
export type { Money } from './core/model/money.ts';
export { parseId } from './core/model/ids.ts';
export { isStorableText, UNSTORABLE } from './core/model/storableText.ts';
export type {
  AppointmentId,
  BranchId,
  CallId,
  CompanyId,
  CustomerId,
  HoldId,
  ResourceId,
  ServiceId,
} from './core/model/ids.ts';
export type { Resource } from './core/model/resource.ts';
export type { Override, Schedule, Weekday, WeeklyWindow, Window } from './core/model/schedule.ts';
export type { Service } from './core/model/service.ts';
export type { Slot } from './core/model/slot.ts';
export { mayBecome, occupies, openStatuses } from './core/model/status.ts';
export type { AppointmentStatus } from './core/model/status.ts';
export { formatUtc, localFormat, parseInstant } from './core/time/instant.ts';
export type { InstantFormat } from './core/time/instant.ts';
export { normalise, union } from './core/time/interval.ts';
export type { Intervals } from './core/time/interval.ts';
export {
  civilOf,
  DAY_MS,
  epochDayAt,
  epochDayOf,
  formatLocalDate,
  isCivilDate,
  MINUTE_MS,
  parseLocalDate,
  weekdayOf,
} from './core/time/localDate.ts';
export { expandRule } from './core/time/recurrence/expandRule.ts';
export type { Budget, Expansion } from './core/time/recurrence/expandRule.ts';
export { FREQUENCIES } from './core/time/recurrence/rule.ts';
export type { Frequency, Rule, RuleDay, Until } from './core/time/recurrence/rule.ts';
export { instantOf, localMsAt, zoneNamed } from './core/time/zone.ts';
export type { Zone } from './core/time/zone.ts';
