/**
 * `askpro/case`: the case file. Opening hours, busy time, a service and a question as JSON go in; what is wrong with
 * them, or the answer in the form that `askpro slots` prints, comes out.
 *
 * @packageDocumentation
 */
export { answerCase } from './core/slots/case/answerCase.ts';
export { explainCase } from './core/slots/case/explainCase.ts';
export type {
  CaseAnswer,
  CaseExplanation,
  CheckAnswer,
  DaysAnswer,
  SegmentAnswer,
  SlotAnswer,
  SlotsAnswer,
} from './core/slots/case/caseAnswer.ts';
export type { CaseAsk, CaseWish } from './core/slots/case/caseAsk.ts';
export type {
  CaseBusy,
  CaseCustomer,
  CaseFile,
  CaseRange,
  CaseResource,
  CaseSession,
} from './core/slots/case/caseFile.ts';
export type { CaseLimits } from './core/slots/case/caseLimits.ts';
export type {
  CaseDates,
  CaseInterval,
  CaseSchedule,
  CaseWeeklyWindows,
  CaseWindow,
} from './core/slots/case/caseSchedule.ts';
export type { CaseContent, CaseRules, CaseSegment, CaseService, CaseVisit } from './core/slots/case/caseService.ts';
export type { FieldError } from './core/slots/case/fields.ts';
export type { Ask } from './core/slots/case/parseAsk.ts';
export { parseCase, type ParsedCase, type ParsedQuestion } from './core/slots/case/parseCase.ts';
export { parseSchedule, type ParsedSchedule } from './core/slots/case/parseSchedule.ts';
export { parseService, type ParsedService } from './core/slots/case/parseService.ts';
export { formatUtc, localFormat, parseInstant, utcFormat, type InstantFormat } from './core/time/instant.ts';
export { formatLocalDate, parseLocalDate } from './core/time/localDate.ts';
