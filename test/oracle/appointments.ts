import { arrange, type Mode, type Served, type Trial } from './arrange.ts';
import type { CaseService } from './caseFile.ts';
import { isOnGrid, type MinuteCalendar } from './minuteCalendar.ts';
import { plansOf, type Picking, type Plan } from './parts.ts';
import type { Question } from './question.ts';

/** How appointments are found. */
export interface Finding {
  /** Whose grids may start an appointment. */
  readonly grids: readonly MinuteCalendar[];
  /** The appointment at a start on one of the grids, if one is bookable there. */
  readonly find: (trial: Trial) => readonly Served[] | undefined;
}

/** How appointments of this case are found: each one of `any` by himself, or all on the grid of the first resource. */
export function findingOf(question: Question): Finding {
  const { file, keep, isAny } = question;
  return isAny && keep === 'required' && file.visit === undefined ? eachOnOwnGrid(question) : onFirstGrid(question);
}

/** The first in order who has this start on his own grid and can, with his own length and his own gaps. */
function eachOnOwnGrid({ calendars, services }: Question): Finding {
  const plansOfEach = new Map(calendars.map((each) => [each, plansOf(services, 0, [each], 'together')]));
  const find = (trial: Trial): readonly Served[] | undefined => {
    for (const calendar of trial.ranking) {
      if (!isOnGrid(calendar, trial.start)) continue;
      const found = best(trial, plansOfEach.get(calendar) ?? [], 'together');
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { grids: calendars, find };
}

/** Keeping comes before the order of a visit's services, that before who serves. */
function onFirstGrid(question: Question): Finding {
  const { keep, calendars, services, file } = question;
  const orders = file.visit?.order === 'any' ? permutations(services) : [services];
  const plansIn = (picking: Picking): Plan[][] =>
    orders.map((order) => plansOf(order, file.visit?.maxWaitMinutes ?? 0, calendars, picking));
  const tries: { mode: Mode; plans: Plan[] }[] = [];
  if (keep !== 'free') for (const plans of plansIn('together')) tries.push({ mode: 'together', plans });
  if (keep === 'free') for (const plans of plansIn('apart')) tries.push({ mode: 'apart', plans });
  if (keep === 'preferred') for (const plans of plansIn('apart')) tries.push({ mode: 'staying', plans });
  const find = (trial: Trial): readonly Served[] | undefined => {
    for (const { mode, plans } of tries) {
      const found = best(trial, plans, mode);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { grids: calendars.slice(0, 1), find };
}

/** Of all choices of lengths that are possible the one whose lengths those decide who come first in order. */
function best(trial: Trial, plans: readonly Plan[], mode: Mode): readonly Served[] | undefined {
  const possible = plans.flatMap((plan) => {
    const found = arrange(trial, plan, mode);
    return found === undefined ? [] : [{ found, places: found.flatMap((served) => decidersPlaces(trial, served)) }];
  });
  const [first] = possible.sort((one, other) => compareLists(one.places, other.places));
  return first?.found;
}

/** The places in order of those who decide how long a part lasts; none where nobody has a length of his own. */
function decidersPlaces({ ranking }: Trial, { part, picks }: Served): number[] {
  const deciders = part.lengthKind === undefined ? [] : (picks.get(part.lengthKind) ?? []);
  return deciders.map((calendar) => ranking.indexOf(calendar)).sort((one, other) => one - other);
}

function compareLists(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, each) => value !== other[each]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

/** Every order, sorted by the places in the list. */
function permutations(services: readonly CaseService[]): CaseService[][] {
  if (services.length === 0) return [[]];
  return services.flatMap((first, index) =>
    permutations(services.toSpliced(index, 1)).map((others) => [first, ...others]),
  );
}
