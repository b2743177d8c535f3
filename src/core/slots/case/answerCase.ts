import { formatUtc } from '../../time/instant.ts';
import { formatLocalDate } from '../../time/localDate.ts';
import { alternativesTo } from '../alternatives.ts';
import { checkStart } from '../checkStart.ts';
import { findSlots, nextSlots } from '../find.ts';
import { countPerDay, firstOfEachDay } from '../perDay.ts';
import type { FindQuestion } from '../question.ts';
import { rankWish } from '../wish.ts';
import type { CaseAnswer, SlotsAnswer } from './caseAnswer.ts';
import { explainCase } from './explainCase.ts';
import type { ParsedQuestion } from './parseCase.ts';
import { printRanked, printSlot, printSlots } from './printSlots.ts';

/** Answers a parsed case, in the form that is printed. */
export function answerCase(question: FindQuestion & { readonly ask?: never }): SlotsAnswer;
export function answerCase(question: ParsedQuestion): CaseAnswer;
export function answerCase(question: ParsedQuestion): CaseAnswer {
  const { ask } = question;
  switch (ask?.what) {
    case undefined:
      return printSlots(question, findSlots(question));
    case 'next':
      return printSlots(question, nextSlots(question, ask.count));
    case 'firstOfDay': {
      const { found, indices } = firstOfEachDay(question);
      return printSlots(question, found, indices);
    }
    case 'countPerDay':
      return { days: countPerDay(question).map(({ day, count }) => ({ date: formatLocalDate(day), count })) };
    case 'check': {
      const check = checkStart(question, ask.startMs);
      const slot = check.ok ? { slot: printSlot(question, check.slot) } : {};
      return { start: formatUtc(ask.startMs), free: check.ok, ...slot };
    }
    case 'explain':
      return explainCase(question, ask.startMs);
    case 'alternatives': {
      const { found, indices } = alternativesTo(question, ask.startMs, ask.count, question.wish);
      return printSlots(question, found, indices);
    }
    case 'wish': {
      const { found, ranked } = rankWish(question, ask.wish, ask.count);
      return printRanked(question, found, ranked);
    }
  }
}
