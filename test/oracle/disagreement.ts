import type { CaseAnswer, CaseFile } from './caseFile.ts';
import { oracleSlots } from './oracle.ts';
import { shrink } from './shrink.ts';

/** Anything that answers a case; throws when it refuses the case. */
export type Answering = (file: CaseFile) => CaseAnswer;

/** How an answer departs from the oracle's; `detail` shows the first slot in question. */
export interface Disagreement {
  readonly kind: 'refused' | 'missing' | 'extra' | 'different';
  readonly detail: string;
}

/** Compares one answer with the oracle's, slot by slot; undefined when they agree. */
export function disagreement(answering: Answering, file: CaseFile): Disagreement | undefined {
  const expected = oracleSlots(file).slots;
  let actual: CaseAnswer['slots'];
  try {
    actual = answering(file).slots;
  } catch (error) {
    return { kind: 'refused', detail: error instanceof Error ? error.message : String(error) };
  }
  for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
    const [mine, theirs] = [expected[index], actual[index]];
    if (sameSlot(mine, theirs)) continue;
    const detail = `slot ${index}: the oracle has ${JSON.stringify(mine)}, the answer ${JSON.stringify(theirs)}`;
    if (theirs === undefined || (mine !== undefined && mine.start < theirs.start)) return { kind: 'missing', detail };
    if (mine === undefined || theirs.start < mine.start) return { kind: 'extra', detail };
    return { kind: 'different', detail };
  }
  return undefined;
}

/** A report one can act on: the smallest case that still departs in the same way, as a case file. */
export function explainDisagreement(answering: Answering, file: CaseFile, found: Disagreement): string {
  const smallest = shrink(file, (smaller) => disagreement(answering, smaller)?.kind === found.kind);
  const { kind, detail } = disagreement(answering, smallest) ?? found;
  return `${kind}: ${detail}\n${JSON.stringify(smallest)}`;
}

function sameSlot(one: CaseAnswer['slots'][number] | undefined, other: typeof one): boolean {
  return (
    one?.start === other?.start && one?.end === other?.end && one?.resources.join('\n') === other?.resources.join('\n')
  );
}
