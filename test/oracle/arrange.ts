import { byFewestChanges } from './fewestChanges.ts';
import { isFree, isOpen, type MinuteCalendar } from './minuteCalendar.ts';
import type { ByKind, RankingOfKind } from './byKind.ts';
import { stayingPicks } from './keeping.ts';
import type { Part, Place, Plan } from './parts.ts';
import type { Question } from './question.ts';
import type { Ranking } from './ranking.ts';
import type { MinuteSpan } from './windows.ts';

/** One start that is tried: who is allowed to start there, and who comes first. */
export interface Trial {
  readonly question: Question;
  readonly start: number;
  readonly isAllowed: (calendar: MinuteCalendar) => boolean;
  readonly ranking: Ranking;
}

/** A part at its time, with those who serve it. */
export interface Served {
  readonly part: Part;
  readonly start: number;
  readonly end: number;
  readonly picks: ByKind;
}

/** How those are picked that could serve: one choice for all segments, one for each, or one for each that stays if it can. */
export type Mode = 'together' | 'apart' | 'staying';

/** Lays a plan at a start, with the least gaps with which enough can serve; undefined where none will do. */
export function arrange(trial: Trial, plan: Plan, mode: Mode): readonly Served[] | undefined {
  const spans = leastGaps(trial, plan, mode, [], trial.start, new Map());
  if (spans === undefined) return undefined;
  const able = plan.parts.map((_part, index) => ableIn(trial, plan, mode, spans, index));
  const pick = mode === 'staying' ? stayingPicks : firstPicks;
  const byOrder = pick(() => trial.ranking, plan.parts, able);
  const picks = pick(rankingOfKind(trial, plan, spans, byOrder), plan.parts, able);
  return plan.parts.map((part, index) => {
    const { start, end } = spans[index] ?? { start: Number.NaN, end: Number.NaN };
    return { part, start, end, picks: picks[index] ?? new Map() };
  });
}

/** Lays the parts after those laid, trying gaps from the least up; `able` could serve everything laid so far. */
function leastGaps(
  trial: Trial,
  plan: Plan,
  mode: Mode,
  laid: readonly MinuteSpan[],
  partStart: number,
  able: ByKind,
): readonly MinuteSpan[] | undefined {
  const index = laid.length;
  const part = plan.parts[index];
  if (part === undefined) return undefined;
  const spans = [...laid, { start: partStart, end: partStart + part.minutes }];
  const still: [string, readonly MinuteCalendar[]][] = [];
  for (const place of part.places) {
    const before = mode === 'together' ? (able.get(place.kind) ?? place.candidates) : place.candidates;
    const after = before.filter((calendar) => canServe(trial, plan, mode, spans, index, place, calendar));
    if (after.length < place.count) return undefined;
    still.push([place.kind, after]);
  }
  if (index === plan.parts.length - 1) return spans;
  const stillAble = new Map([...able, ...still]);
  for (let gap = part.leastGap; gap <= part.mostGap; gap++) {
    const found = leastGaps(trial, plan, mode, spans, partStart + part.minutes + gap, stillAble);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Those who can serve a part laid with all the others: alone, or with every other part that needs their kind. */
function ableIn(trial: Trial, plan: Plan, mode: Mode, spans: readonly MinuteSpan[], index: number): ByKind {
  const places = plan.parts[index]?.places ?? [];
  return new Map(
    places.map((place) => {
      const able = place.candidates.filter((calendar) => {
        if (mode !== 'together') return canServe(trial, plan, mode, spans, index, place, calendar);
        return plan.parts.every((part, each) => {
          const same = part.places.find(({ kind }) => kind === place.kind);
          return same === undefined || canServe(trial, plan, mode, spans, each, same, calendar);
        });
      });
      return [place.kind, able];
    }),
  );
}

/** Whether a resource can take a place of the part at `index`; together, it is open from the first part of its kind on. */
function canServe(
  trial: Trial,
  plan: Plan,
  mode: Mode,
  spans: readonly MinuteSpan[],
  index: number,
  place: Place,
  calendar: MinuteCalendar,
): boolean {
  const span = spans[index];
  if (span === undefined || !place.candidates.includes(calendar) || !trial.isAllowed(calendar)) return false;
  const firstIndex = mode === 'together' ? (plan.firstParts.get(place.kind) ?? index) : index;
  const before = index === 0 ? plan.bufferBefore : 0;
  const after = index === plan.parts.length - 1 ? plan.bufferAfter : 0;
  const withinHours = trial.question.terms.buffersWithinHours === true;
  const hours = {
    start: (spans[firstIndex]?.start ?? span.start) - (withinHours && firstIndex === 0 ? plan.bufferBefore : 0),
    end: span.end + (withinHours ? after : 0),
  };
  return isFree(calendar, { start: span.start - before, end: span.end + after }) && isOpen(calendar, hours);
}

/** The first in order of each kind and part; those of one kind in all parts are the same where they serve together. */
function firstPicks(rankingOf: RankingOfKind, parts: readonly Part[], able: readonly ByKind[]): ByKind[] {
  return parts.map((part, index) => {
    const picksOf = (kind: string, count: number): readonly MinuteCalendar[] =>
      rankingOf(kind)
        .filter((calendar) => able[index]?.get(kind)?.includes(calendar))
        .slice(0, count);
    return new Map(part.places.map(({ kind, count }) => [kind, picksOf(kind, count)]));
  });
}

/** By fewest changes every kind but the first follows the first pick of that in the first part, who goes by order. */
function rankingOfKind(
  { question, ranking, start }: Trial,
  plan: Plan,
  spans: readonly MinuteSpan[],
  byOrder: readonly ByKind[],
): RankingOfKind {
  const leading = plan.parts[0]?.places[0]?.kind ?? '';
  const lead = byOrder[0]?.get(leading)?.[0];
  if (question.strategy !== 'fewestChanges' || lead === undefined) return () => ranking;
  const end = spans.at(-1)?.end ?? start;
  const occupied = { start: start - plan.bufferBefore, end: end + plan.bufferAfter };
  const following = byFewestChanges(question, ranking, lead, start, occupied);
  return (kind) => (kind === leading ? ranking : following);
}
