import type { Preference, SlotAnswer } from './caseAnswer.ts';
import type { CaseFile } from './caseFile.ts';
import { epochMs, isoAt } from './clocks.ts';
import { plansOf } from './parts.ts';
import { questionOf } from './question.ts';
import { listSlots } from './slots.ts';

/** What became of each one named in `prefer`: free where it serves at a listed start, or would if it came first of all. */
export function preferenceOf(
  file: CaseFile,
  listed: readonly SlotAnswer[],
  preferred: readonly string[],
): Readonly<Record<string, Preference>> {
  return Object.fromEntries((file.prefer ?? []).map((id) => [id, preferenceFor(file, id, listed, preferred)]));
}

function preferenceFor(
  file: CaseFile,
  id: string,
  listed: readonly SlotAnswer[],
  preferred: readonly string[],
): Preference {
  if (!file.resources.some((resource) => resource.id === id)) return 'unknown';
  if (!isQualified(file, id)) return 'notQualified';
  if (listed.length === 0) return 'busy';
  if (listed.some(({ resources }) => resources.includes(id))) return 'free';
  const starts = new Set(listed.map(({ start }) => start));
  const withItFirst = listSlots({ ...file, range: rangeOf(listed) }, [id, ...preferred]);
  return withItFirst.some(({ start, resources }) => starts.has(start) && resources.includes(id)) ? 'free' : 'busy';
}

/** From the earliest listed start to just after the latest. */
function rangeOf(listed: readonly SlotAnswer[]): { from: string; to: string } {
  const starts = listed.map(({ start }) => epochMs(start));
  return { from: isoAt(Math.min(...starts)), to: isoAt(Math.max(...starts) + 1) };
}

/** Whether the resource may serve at all, whatever its time. */
function isQualified(file: CaseFile, id: string): boolean {
  const { services, calendars, keep } = questionOf(
    { ...file, range: { from: file.range.from, to: file.range.from } },
    [],
  );
  return plansOf(services, 0, calendars, keep === 'required' ? 'together' : 'apart').some(({ parts }) =>
    parts.some(({ places }) => places.some(({ candidates }) => candidates.some(({ resource }) => resource.id === id))),
  );
}
