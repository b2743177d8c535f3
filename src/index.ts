/**
 * `askpro`: what a host needs to create an engine and to talk to it.
 *
 * @packageDocumentation
 */
import './core/kernel/reflect.ts';

export { createEngine, type Engine, type EngineOptions, type Health } from './core/engine.ts';
export { EngineError, faults, type FaultCode } from './core/errors.ts';
export {
  refusals,
  type Answer,
  type FieldError,
  type Reason,
  type Refusal,
  type RefusalCode,
  type Refused,
  type RefusedItem,
} from './core/refusals.ts';
export type { Hindrance } from './core/availability/deciders.ts';
export type { ConflictSummary, DomainEvent, EventMap, EventName, PluginEvent } from './core/events.ts';
export type { EventType, Observe } from './core/kernel/eventType.ts';
export type { Explanation } from './core/availability/explanation.ts';
export type {
  CheckQuery,
  FindQuery,
  Found,
  InstantInput,
  NonEmpty,
  Preference,
  Replacing,
  WishInput,
} from './core/availability/query.ts';
export type { BatchAnswer, BatchBooking, BatchItem, BatchOptions, ItemOptions } from './core/booking/batchRequests.ts';
export type {
  Booking,
  BookOptions,
  CancelOptions,
  ChangeOptions,
  CustomerInput,
  Held,
  HoldOptions,
  HoldRef,
  MoveTarget,
  MoveWish,
  Offer,
  StartWish,
  TimeTarget,
  WriteOptions,
} from './core/booking/requests.ts';
export type { AppointmentTerms } from './core/booking/terms.ts';
export type {
  BookedOccurrence,
  CheckedOccurrence,
  CheckedSeries,
  SeriesBooking,
  SeriesOptions,
  SeriesWish,
} from './core/booking/seriesRequests.ts';
export type { CancelSeriesOptions, ChangedOccurrence, ChangedSeries } from './core/booking/seriesCancelling.ts';
export type {
  MovedOccurrence,
  MovedSeries,
  SeriesChange,
  SeriesMove,
  SeriesMoveOptions,
} from './core/booking/seriesMoveRequests.ts';
export type { SeriesScope } from './core/booking/seriesScope.ts';
export type { CallSessions, CallUpdate, RecordedCall } from './core/calls/sessions.ts';
export type { ConflictCode, ConflictReason, Misfit } from './core/availability/misfits.ts';
export type { NoteCode } from './core/availability/placedParts.ts';
export type { BookingConflict } from './core/company/bookingConflicts.ts';
export type {
  AgendaFilter,
  AppointmentFilter,
  CallFilter,
  CompanyDoor,
  ConflictFilter,
  CustomerFilter,
  HoldFilter,
  Page,
} from './core/company/door.ts';
export type { CustomerData, CustomerExport, Erased, EraseOptions } from './core/company/person/customerData.ts';
export type { CompanyExport, ExportFormat, ExportKind, ExportRange } from './core/company/export/exports.ts';
export type { AgendaEntry, AppointmentSort, ListedCall } from './core/contracts/lists.ts';
export type { Trace, TraceOf, TraceStep } from './core/calls/trace.ts';
export type { TracedRow } from './core/calls/tracedRows.ts';
export type { Line, LineQuery, Phone } from './core/phone/resolve.ts';
export type * from './core/setup/definition.ts';
export type { Change } from './core/setup/change.ts';
export type { CompanyFields, CompanySetup, Edited, EditOptions } from './core/setup/companySetup.ts';
export type { Entries, EntryKind } from './core/setup/entries.ts';
export type { ApiKeys, Applied, AppliedCompany, ApplyOptions, Setup } from './core/setup/setup.ts';
export type { Appointment, Booked, Fee, Hold, Span } from './core/model/appointment.ts';
export type { Call, CallStatus } from './core/model/call.ts';
export type { Agent, ApiKey, Branch, Company, PhoneNumber, Policies } from './core/model/company.ts';
export type { AssignBy, Composition, Keep, Kinds, ServiceSegment, SkillsByKind } from './core/model/composition.ts';
export type { Customer } from './core/model/customer.ts';
export * from './core/model/ids.ts';
export type { Money } from './core/model/money.ts';
export type { DecidedBy, FeeTerms, PolicyLevel, PolicyRules } from './core/model/policies.ts';
export type { Resource, ResourceKind } from './core/model/resource.ts';
export type { ClosedDates, Override, Schedule, TimeOff, WeeklyWindow, Weekday, Window } from './core/model/schedule.ts';
export type { Grid, Service } from './core/model/service.ts';
export type { Slot, SlotPart } from './core/model/slot.ts';
export type { Blocker, BlockerCode, Stretch } from './core/slots/blocker.ts';
export type { Nearest } from './core/slots/nearest.ts';
export type { AppointmentStatus } from './core/model/status.ts';
