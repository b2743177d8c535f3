import { isDeepStrictEqual } from 'node:util';

import type { CaseFile } from './caseFile.ts';
import { comparable, slotsIn } from './comparable.ts';
import { oracleAnswer } from './oracle.ts';
import { shrink } from './shrink.ts';

/** Anything that answers a case; throws when it refuses the case. */
export type Answering = (file: CaseFile) => unknown;

/** How an answer departs from the oracle's; `detail` shows the first thing in question. */
export interface Disagreement {
  readonly kind: 'refused' | 'missing' | 'extra' | 'different';
  readonly detail: string;
}

/** Compares one answer with the oracle's (made anew unless given); undefined when they agree. */
export function disagreement(answering: Answering, file: CaseFile, known?: unknown): Disagreement | undefined {
  let answer: unknown;
  try {
    answer = answering(file);
  } catch (error) {
    return { kind: 'refused', detail: error instanceof Error ? error.message : String(error) };
  }
  const expected = comparable(file, known ?? oracleAnswer(file));
  const actual = comparable(file, answer);
  if (isDeepStrictEqual(expected, actual)) return undefined;
  const [mine, theirs] = [slotsIn(expected), slotsIn(actual)];
  const isAscending = file.ask === undefined || 'next' in file.ask || 'firstOfDay' in file.ask;
  const index = firstDifference(mine, theirs);
  if (index === undefined) {
    return {
      kind: 'different',
      detail: `the oracle has ${JSON.stringify(expected)}, the answer ${JSON.stringify(actual)}`,
    };
  }
  const [one, other] = [mine[index], theirs[index]];
  const detail = `slot ${index}: the oracle has ${JSON.stringify(one)}, the answer ${JSON.stringify(other)}`;
  if (isAscending && comesFirst(one, other)) return { kind: 'missing', detail };
  if (isAscending && comesFirst(other, one)) return { kind: 'extra', detail };
  return { kind: 'different', detail };
}

/** A report one can act on: the smallest case that still departs in the same way, as a case file. */
export function explainDisagreement(answering: Answering, file: CaseFile, found: Disagreement): string {
  const isSame = (other: Disagreement | undefined): boolean =>
    other?.kind === found.kind && (found.kind !== 'refused' || other.detail === found.detail);
  const smallest = shrink(file, (smaller) => isSame(disagreement(answering, smaller)));
  const { kind, detail } = disagreement(answering, smallest) ?? found;
  return `${kind}: ${detail}\n${JSON.stringify(smallest)}`;
}

function firstDifference(mine: readonly unknown[], theirs: readonly unknown[]): number | undefined {
  const length = Math.max(mine.length, theirs.length);
  for (let index = 0; index < length; index++) if (!isDeepStrictEqual(mine[index], theirs[index])) return index;
  return undefined;
}

/** Whether a slot starts before another one, or there is no other. */
function comesFirst(one: { start?: unknown } | undefined, other: { start?: unknown } | undefined): boolean {
  return one !== undefined && (other === undefined || String(one.start) < String(other.start));
}
