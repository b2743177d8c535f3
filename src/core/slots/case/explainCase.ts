import { formatUtc } from '../../time/instant.ts';
import { checkStart } from '../checkStart.ts';
import { nearestTo } from '../nearest.ts';
import type { FindQuestion } from '../question.ts';
import type { CaseExplanation } from './caseAnswer.ts';

/** Explains one start of a parsed case; starts outside its range are not offered for that reason. */
export function explainCase(question: FindQuestion, startMs: number): CaseExplanation {
  const check = checkStart(question, startMs);
  const nearest = printed(nearestTo(question, startMs));
  return {
    start: formatUtc(startMs),
    free: check.ok,
    reasons: check.ok ? [] : check.blockers.map(printed),
    ...(Object.keys(nearest).length === 0 ? {} : { nearest }),
  };
}

/** Data with its instants written out: `startMs: 1795…` becomes `start: '2026-…Z'`. */
function printed(value: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value).map(([name, content]: [string, unknown]) => {
      if (typeof content === 'number' && name.endsWith('Ms')) return [name.slice(0, -2), formatUtc(content)];
      const nested = typeof content === 'object' && content !== null && !Array.isArray(content);
      return [name, nested ? printed(content) : content];
    }),
  );
}
