/**
 * `askpro/slots`: the slot engine on its own. Opening hours, busy time and a service go in, bookable starts come out;
 * no database, no clock, no dependencies.
 *
 * @packageDocumentation
 */
export { alternativesTo } from './core/slots/alternatives.ts';
export type { DayWindow, WeeklyWindow, WindowRules } from './core/slots/dateWindows.ts';
export { findSlots, nextSlots } from './core/slots/find.ts';
export {
  endMsAt,
  resourceIdsAt,
  seatsLeftAt,
  segmentsAt,
  slotAt,
  slotsOf,
  type FoundSlots,
  type Slot,
  type SlotSegment,
} from './core/slots/found.ts';
export type { Limits } from './core/slots/limits.ts';
export type { Need } from './core/slots/need.ts';
export type { Opening } from './core/slots/opening.ts';
export type { Layout, Part } from './core/slots/part.ts';
export { countPerDay, firstOfEachDay } from './core/slots/perDay.ts';
export { isPreferredAt, preferenceOf, type Preference } from './core/slots/preference.ts';
export type { Customer, FindQuestion, Session, SlotQuestion, SlotResource } from './core/slots/question.ts';
export { compileSchedule, type CompiledSchedule, type ScheduleRules } from './core/slots/schedule.ts';
export {
  compileService,
  type Assign,
  type AssignBy,
  type BookingRules,
  type CompiledSegment,
  type CompiledService,
  type Grid,
  type Keep,
  type Kinds,
  type Qualification,
  type Segment,
  type ServiceRules,
  type Skills,
} from './core/slots/service.ts';
export type { Variant } from './core/slots/variant.ts';
export { compileVisit, type VisitedService, type VisitRules } from './core/slots/visit.ts';
export { rankWish, type RankedSlot, type Unmet, type Wish } from './core/slots/wish.ts';
export { normalise, type Intervals } from './core/time/interval.ts';
export { epochDayOf, type EpochDay } from './core/time/localDate.ts';
export { instantOf, localMsAt, offsetAt, UTC, zoneNamed, type Zone, type ZoneLookup } from './core/time/zone.ts';
export type { OffsetPiece } from './core/time/zoneEra.ts';
