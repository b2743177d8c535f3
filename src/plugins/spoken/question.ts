import type { Traits } from './grammar/cursor.ts';
import { piecesOf, type Piece } from './grammar/said.ts';
import type { SpokenVoice } from './languages/language.ts';
import type { SpokenOption, SpokenQuestion, SpokenQuestionCode } from './reading.ts';
import { interpret } from './time/interpret.ts';
import { daysLater, laterHalf, type Plan } from './time/plan.ts';
import { tell, type Moment, type Told } from './tell.ts';

/** Nobody keeps more in mind. */
const MOST_OPTIONS = 4;

/** A question with the times that may be meant, each once. */
export function question(
  code: SpokenQuestionCode,
  text: (options: readonly string[]) => string,
  told: readonly Told[] = [],
): { readonly ok: false; readonly question: SpokenQuestion } {
  const different = new Map(told.map(({ echo, time }): [string, SpokenOption] => [echo, { text: echo, ...time }]));
  const options = [...different.values()].toSorted((a, b) => a.fromMs - b.fromMs).slice(0, MOST_OPTIONS);
  const say = text(options.map((option) => option.text));
  return { ok: false, question: { code, text: say, ...(options.length === 0 ? {} : { options }) } };
}

/** What may have been meant by a plan that is over: the other half of the same day, and the next day that fits. */
export function insteadOf(
  past: Plan,
  pieces: readonly Piece[],
  moment: Moment,
  traits: Traits,
  voice: SpokenVoice,
): readonly Told[] {
  const { today } = moment;
  const days = piecesOf(pieces, 'day').map(({ day }) => day);
  const isBare = pieces.some(({ piece }) => piece === 'part')
    ? false
    : piecesOf(pieces, 'clock').some(({ clock }) => !clock.firm && clock.part === undefined);
  const plans: (Plan | undefined)[] = isBare ? [laterHalf(past)] : [];
  const dated = days.find((day) => day.term === 'date' || day.term === 'slashed');
  if (dated === undefined) {
    const step = days.some(({ term }) => term === 'offset') ? 1 : 7;
    const behind = Math.max(0, Math.ceil((today - past.fromDay) / step)) * step;
    const near = daysLater(past, behind);
    plans.push(tell(near, moment, voice) === undefined ? daysLater(near, step) : near);
  } else if (dated.year !== undefined) {
    const undated = pieces.map((piece): Piece =>
      piece.piece === 'day' && piece.day === dated ? { ...piece, day: { ...dated, year: undefined } } : piece,
    );
    const again = interpret(undated, moment.zone, moment.nowMs, traits);
    if ('means' in again) plans.push(...again.means.flat().slice(0, 1));
  }
  return plans.flatMap((plan) => (plan === undefined ? [] : (tell(plan, moment, voice) ?? [])));
}
