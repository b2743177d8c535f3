/**
 * `askpro/slots`: the slot engine on its own. Opening hours, busy time and a service go in, bookable starts come out;
 * no database, no clock, no dependencies.
 *
 * @packageDocumentation
 */
export { answerCase, explainCase, type CaseAnswer, type CaseExplanation } from './core/slots/case/answerCase.ts';
export type {
  CaseFile,
  CaseInterval,
  CaseRange,
  CaseResource,
  CaseSchedule,
  CaseSegment,
  CaseService,
  CaseWeeklyWindows,
  CaseWindow,
} from './core/slots/case/caseFile.ts';
export type { FieldError } from './core/slots/case/fields.ts';
export { parseCase, type ParsedCase } from './core/slots/case/parseCase.ts';
export { parseSchedule, type ParsedSchedule } from './core/slots/case/parseSchedule.ts';
export { parseService, type ParsedService } from './core/slots/case/parseService.ts';
export type { Blocker, BlockerCode, Stretch } from './core/slots/blocker.ts';
export { checkStart, type StartCheck } from './core/slots/checkStart.ts';
export { findSlots, nextSlots } from './core/slots/find.ts';
export { endMsAt, resourceIdsAt, slotAt, slotsOf, type FoundSlots, type Slot } from './core/slots/found.ts';
export type { FindQuestion, SlotQuestion, SlotResource } from './core/slots/question.ts';
export {
  compileSchedule,
  type CompiledSchedule,
  type DayWindow,
  type Opening,
  type ScheduleRules,
  type WeeklyWindow,
} from './core/slots/schedule.ts';
export {
  compileService,
  type Assign,
  type CompiledService,
  type Grid,
  type Segment,
  type ServiceRules,
} from './core/slots/service.ts';
export { formatUtc, localFormat, parseInstant, utcFormat, type InstantFormat } from './core/time/instant.ts';
export { normalise, union, type Intervals } from './core/time/interval.ts';
export { epochDayOf, formatLocalDate, parseLocalDate, type EpochDay } from './core/time/localDate.ts';
export { instantOf, localMsAt, offsetAt, UTC, zoneNamed, type Zone, type ZoneLookup } from './core/time/zone.ts';
export type { OffsetPiece } from './core/time/zoneEra.ts';
