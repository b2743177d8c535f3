import { normalise, type Intervals } from '../time/interval.ts';
import type { SlotQuestion } from './question.ts';

/**
 * The question with busy time as the sweeps read it: ascending, without overlaps or empty intervals. Back-to-back
 * intervals are fine, so a question whose busy times come in order from a store is used as it is.
 */
export function withOrderlyBusy<Question extends SlotQuestion>(question: Question): Question {
  const { resources } = question;
  if (resources.every(({ busy }) => isOrderly(busy))) return question;
  return {
    ...question,
    resources: resources.map((resource) =>
      isOrderly(resource.busy) ? resource : { ...resource, busy: normalise(resource.busy) },
    ),
  };
}

function isOrderly(busy: Intervals): boolean {
  let previousEnd = -Infinity;
  for (let index = 0; index < busy.length; index += 2) {
    const start = busy[index] ?? NaN;
    const end = busy[index + 1] ?? NaN;
    if (!(start >= previousEnd && end > start)) return false;
    previousEnd = end;
  }
  return true;
}
