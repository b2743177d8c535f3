import { formatUtc, utcFormat } from '../../time/instant.ts';
import type { Blocker } from '../blocker.ts';
import { checkStart } from '../checkStart.ts';
import { findSlots } from '../find.ts';
import { endMsAt, resourceIdsAt } from '../found.ts';
import type { FindQuestion } from '../question.ts';

/** The answer to a case, in the form that is printed: instants in UTC with milliseconds, starts ascending. */
export interface CaseAnswer {
  readonly slots: readonly {
    readonly start: string;
    /** The appointment's end, buffers left out. */
    readonly end: string;
    /** The resources that serve the appointment, in input order. */
    readonly resources: readonly string[];
  }[];
}

/** Why a start is or is not offered, in the form that is printed; a free start has no reasons. */
export interface CaseExplanation {
  readonly start: string;
  readonly free: boolean;
  readonly reasons: readonly Readonly<Record<string, unknown>>[];
}

/** Answers a parsed case. */
export function answerCase(question: FindQuestion): CaseAnswer {
  const found = findSlots(question);
  const formatStart = utcFormat();
  const formatEnd = utcFormat();
  const slots: CaseAnswer['slots'][number][] = [];
  for (let index = 0; index < found.count; index++) {
    slots.push({
      start: formatStart(found.startsMs[index] ?? NaN),
      end: formatEnd(endMsAt(found, index)),
      resources: resourceIdsAt(found, index),
    });
  }
  return { slots };
}

/** Explains one start of a parsed case; starts outside its range are not offered for that reason. */
export function explainCase(question: FindQuestion, startMs: number): CaseExplanation {
  const check = checkStart(question, startMs);
  return {
    start: formatUtc(startMs),
    free: check.ok,
    reasons: check.ok ? [] : check.blockers.map(printable),
  };
}

/** A blocker with its instants written out: `startMs: 1795…` becomes `start: '2026-…Z'`. */
function printable(value: Blocker | object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value).map(([name, content]: [string, unknown]) => {
      if (typeof content === 'number' && name.endsWith('Ms')) return [name.slice(0, -2), formatUtc(content)];
      return [name, typeof content === 'object' && content !== null ? printable(content) : content];
    }),
  );
}
