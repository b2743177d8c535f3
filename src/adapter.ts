/**
 * `askpro/adapter`: the contracts that adapters implement, and the types of the engine that transports serve.
 *
 * @packageDocumentation
 */
import './core/kernel/reflect.ts';

export { readInstant } from './core/availability/query.ts';
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
export type { Trace, TraceOf, TraceStep } from './core/calls/trace.ts';
export type { TracedRow } from './core/calls/tracedRows.ts';
export type {
  AppointmentWrite,
  BookingWrite,
  ClaimedSpan,
  ClaimRequest,
  SeatClaim,
  UnitClaim,
  WriteOutcome,
} from './core/contracts/bookingWrite.ts';
export { BusySource } from './core/contracts/busySource.ts';
export type { OutsideBusy, OutsideQuery, OutsideResource, OutsideState } from './core/contracts/busySource.ts';
export { Clock } from './core/contracts/clock.ts';
export { Directory } from './core/contracts/directory.ts';
export type {
  AgentEntry,
  CompanyFace,
  CompanyQuery,
  CredentialEntry,
  NumberEntry,
} from './core/contracts/directory.ts';
export type { DocumentQuery, DocumentStore, DocumentWrite, Json, StoredDocument } from './core/contracts/documents.ts';
export { HealthCheck } from './core/contracts/healthCheck.ts';
export { Maintenance } from './core/contracts/maintenance.ts';
export { RetirementToken as Retirement } from './core/company/retention/retirement.ts';
export type { FailedPiece, RetiredPiece, RetireOptions } from './core/company/retention/retirement.ts';
export { usualRetention } from './core/jobs/upkeepOptions.ts';
export type { LeasedEvent, OutboxBacklog, Retention, StaleCall, SweepReport } from './core/contracts/maintenance.ts';
export { bearerSecret } from './core/contracts/bearer.ts';
export { Route } from './core/contracts/route.ts';
export type { RouteRequest, RouteResponse } from './core/contracts/route.ts';
export { Storage } from './core/contracts/storage.ts';
export { callTime } from './core/contracts/lists.ts';
export type {
  AgendaEntry,
  AgendaQuery,
  AppointmentQuery,
  AppointmentSort,
  CallQuery,
  CustomerQuery,
  CustomerSearch,
  HoldQuery,
  ListedCall,
} from './core/contracts/lists.ts';
export type {
  BusyAnswer,
  BusyQuery,
  CallNames,
  CompanyRemoval,
  ConfigOutcome,
  ConfigRemoval,
  IdempotencyRecord,
  LiveSession,
  OwnedRows,
  StoredEvent,
  StoredSpan,
  StorageFactory,
  UnitQuery,
} from './core/contracts/storage.ts';
export type { Forgetting } from './core/contracts/forgetting.ts';
export type { IdlePage, IdleQuery, Retired, RetiredKind, Retiring, RetiringCursor } from './core/contracts/retiring.ts';
export type { WalkedKind, WalkedRows, WalkQuery } from './core/contracts/walk.ts';
export { systemClock } from './core/contracts/systemClock.ts';
export type { Engine, Health } from './core/engine.ts';
export { EngineError, faults } from './core/errors.ts';
export type { FaultCode } from './core/errors.ts';
export type { ConflictSummary, DomainEvent, EventMap, EventName, PluginEvent } from './core/events.ts';
export type { Appointment, Booked, Fee, Hold, Span } from './core/model/appointment.ts';
export type { EventType, Observe } from './core/kernel/eventType.ts';
export type { Call, CallStatus } from './core/model/call.ts';
export type { Agent, ApiKey, Branch, Company, CompanyConfig, PhoneNumber, Policies } from './core/model/company.ts';
export { isSimple, simpleComposition } from './core/model/composition.ts';
export type { AssignBy, Composition, Keep, Kinds, ServiceSegment, SkillsByKind } from './core/model/composition.ts';
export type { Customer } from './core/model/customer.ts';
export { noLimits } from './core/model/limits.ts';
export type { Limits } from './core/model/limits.ts';
export { parseId } from './core/model/ids.ts';
export type {
  ApiKeyId,
  AppointmentId,
  BranchId,
  CallId,
  ClaimOwner,
  CompanyId,
  CustomerId,
  EventId,
  GroupId,
  HoldId,
  NumberId,
  ResourceId,
  ScheduleId,
  ServiceId,
  SessionId,
} from './core/model/ids.ts';
export { nameKey } from './core/model/nameKey.ts';
export type { Money } from './core/model/money.ts';
export type { DecidedBy, FeeTerms, PolicyLevel, PolicyRules } from './core/model/policies.ts';
export type { Resource, ResourceKind } from './core/model/resource.ts';
export type { Override, Schedule, TimeOff, Weekday, WeeklyWindow, Window } from './core/model/schedule.ts';
export type { Grid, Service } from './core/model/service.ts';
export type { Slot, SlotPart } from './core/model/slot.ts';
export { firstStatuses, occupies, statuses } from './core/model/status.ts';
export type { AppointmentStatus } from './core/model/status.ts';
export { isStorableText, UNSTORABLE } from './core/model/storableText.ts';
export { uuidV7Source } from './core/model/uuid.ts';
export { refusals, refuse } from './core/refusals.ts';
export type { Answer, FieldError, Reason, Refusal, RefusalCode, Refused, RefusedItem } from './core/refusals.ts';
export { fieldErrors, sayIssue } from './core/setup/fieldErrors.ts';
export { companyFieldsSchema, definitionSchema, entrySchemas } from './core/setup/schema.ts';
export { entriesOf, entryKey, keyField, keyOfText, listOf } from './core/setup/entries.ts';
export type { Entries, EntryKind } from './core/setup/entries.ts';
export type { Change } from './core/setup/change.ts';
export type { CompanyFields, CompanySetup, Edited, EditOptions } from './core/setup/companySetup.ts';
export type { Definition } from './core/setup/definition.ts';
export type { Applied, AppliedCompany, ApplyOptions } from './core/setup/setup.ts';
export { formatUtc, localFormat } from './core/time/instant.ts';
export type { InstantFormat } from './core/time/instant.ts';
export { zoneNamed } from './core/time/zone.ts';
export { busySourceLaws } from './core/contracts/busySourceLaws.ts';
export type { BusySourceSubject, OutsideControl } from './core/contracts/busySourceLaws.ts';
export { clockLaws } from './core/contracts/clockLaws.ts';
export type { ClockSubject } from './core/contracts/clockLaws.ts';
export { LawBroken } from './core/contracts/law.ts';
export type { Law } from './core/contracts/law.ts';
export { storageLaws } from './core/contracts/storageLaws.ts';
export type { StorageSubject } from './core/contracts/storageLaws/scene.ts';
