import { appendInterval, type IntervalBuffer } from '../time/interval.ts';
import { DAY_MS, epochDayAt, type EpochDay } from '../time/localDate.ts';
import { localMsAt, type Zone } from '../time/zone.ts';
import type { SlotQuestion } from './question.ts';

/** The first instant that keeps the notice (it is allowed itself); without a now there is none. */
export function earliestStart(question: SlotQuestion): number {
  return question.nowMs === undefined ? -Infinity : question.nowMs + question.service.noticeMs;
}

/** The last local date on which a start is within the horizon; Infinity without a horizon or a now. */
export function lastStartDay(question: SlotQuestion, zone: Zone): EpochDay {
  if (question.nowMs === undefined || question.service.horizonDays === Infinity) return Infinity;
  return epochDayAt(localMsAt(zone, question.nowMs)) + question.service.horizonDays;
}

/** Writes the part of [fromMs, toMs) that notice and horizon allow a start in. */
export function allowedStarts(
  question: SlotQuestion,
  zone: Zone,
  fromMs: number,
  toMs: number,
  out: IntervalBuffer,
): void {
  out.length = 0;
  const start = Math.max(fromMs, earliestStart(question));
  const lastDay = lastStartDay(question, zone);
  if (lastDay === Infinity) {
    appendInterval(out, start, toMs);
    return;
  }
  // Piece by piece, because a clock that falls back across midnight shows the last date a second time.
  const endLocalMs = (lastDay + 1) * DAY_MS;
  for (let cursorMs = start; cursorMs < toMs;) {
    const piece = zone.pieceAt(cursorMs);
    const endMs = Math.min(piece.toMs, toMs);
    appendInterval(out, cursorMs, Math.min(endMs, endLocalMs - piece.offsetMs));
    if (cursorMs + piece.offsetMs > endLocalMs + DAY_MS) break;
    cursorMs = endMs;
  }
}
