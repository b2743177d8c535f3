import { normalise, type Intervals } from '../time/interval.ts';
import type { FindQuestion, SlotResource } from './question.ts';

/** A question of which may be known that all its busy times are in order. */
export interface AskedQuestion extends FindQuestion {
  /** They are ascending, without overlaps or empty intervals; back-to-back ones are fine. */
  readonly orderly?: boolean;
}

/** A question whose busy times are as the sweeps over sorted lists read them. */
export interface OrderlyQuestion extends AskedQuestion {
  readonly orderly: true;
}

/** The same question, marked where its busy times come in order. */
export function noticeOrder(question: AskedQuestion): AskedQuestion {
  if (question.orderly === true || !question.resources.every(({ busy }) => isOrderly(busy))) return question;
  return { ...question, orderly: true };
}

/** The same question with its busy times in order; those that come in order, as from a store, are used as they are. */
export function orderlyQuestion(question: AskedQuestion): OrderlyQuestion {
  const noticed = noticeOrder(question);
  if (isOrderlyQuestion(noticed)) return noticed;
  return { ...question, resources: question.resources.map(withOrderlyBusy), orderly: true };
}

function isOrderlyQuestion(question: AskedQuestion): question is OrderlyQuestion {
  return question.orderly === true;
}

function withOrderlyBusy(resource: SlotResource): SlotResource {
  return isOrderly(resource.busy) ? resource : { ...resource, busy: normalise(resource.busy) };
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
