import type { CaseFile } from './caseFile.ts';

/** What the documentation promises of an answer, apart from the order of `unmet` and the wording of explanations. */
export function comparable(file: CaseFile, answer: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(answer));
  if (!isRecord(plain)) return plain;
  const { ask } = file;
  if (ask !== undefined && 'explain' in ask) return explanation(plain);
  if (ask !== undefined && ('check' in ask || 'countPerDay' in ask)) return plain;
  return { ...plain, slots: slotsIn(plain).map(sortedUnmet) };
}

/** The slots of an answer, none when it has none. */
export function slotsIn(answer: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!isRecord(answer) || !Array.isArray(answer['slots'])) return [];
  return answer['slots'].filter(isRecord);
}

/** Whether the start is free, that a start has reasons exactly when it is not, and then which free ones are nearest. */
function explanation({ start, free, reasons, nearest }: Readonly<Record<string, unknown>>): unknown {
  // The oracle's own answer has no reasons.
  const hasReasons = Array.isArray(reasons) ? reasons.length > 0 : free !== true;
  if (free === true) return { start, free, hasReasons };
  const near = isRecord(nearest) ? nearest : {};
  return { start, free, hasReasons, previous: startOf(near['previous']), next: startOf(near['next']) };
}

/** A start, given as such or as a slot. */
function startOf(value: unknown): unknown {
  return isRecord(value) ? value['start'] : (value ?? undefined);
}

function sortedUnmet(slot: Readonly<Record<string, unknown>>): unknown {
  return Array.isArray(slot['unmet']) ? { ...slot, unmet: slot['unmet'].map(String).toSorted() } : slot;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
