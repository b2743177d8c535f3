import { DAY_MS } from '../time/localDate.ts';
import { byChanges } from './changes.ts';
import { findAny } from './findAny.ts';
import { findFlexible } from './findFlexible.ts';
import { findKinds } from './findKinds.ts';
import { slotAt, type FoundSlots, type Slot } from './found.ts';
import { rangeOfStart } from './host.ts';
import { joinFound } from './joinFound.ts';
import { meetable } from './need.ts';
import { orderlyQuestion, type AskedQuestion } from './orderly.ts';
import { NOTHING, type Picked } from './picked.ts';
import { prepare, type Prepared } from './prepare.ts';
import type { FindQuestion, SlotQuestion } from './question.ts';
import { byOrderAt, repicked } from './repick.ts';
import { staying } from './staying.ts';
import { withSessions } from './withSessions.ts';
import { unite } from './unite.ts';
import type { Variant } from './variant.ts';

/**
 * Every bookable start in the question's range, ascending.
 *
 * @example
 * const service = compileService({ segments: [{ durationMinutes: 30 }], stepMinutes: 15 });
 * const schedule = compileSchedule({ zone: UTC, weekly: [{ weekday: 0, fromMinute: 540, toMinute: 1020 }] });
 * const anna = { id: 'anna', kind: 'staff', schedule, busy: new Float64Array(0) };
 * const range = { fromMs: Date.UTC(2026, 10, 23), toMs: Date.UTC(2026, 10, 24) };
 * slotsOf(findSlots({ service, resources: [anna], range }));
 */
export function findSlots(question: FindQuestion): FoundSlots {
  const prepared = prepare<AskedQuestion>(question);
  return find(prepared, prepared.question, question, Infinity);
}

/** The first `count` bookable starts in the question's range; looks no further than it must. */
export function nextSlots(question: FindQuestion, count: number): FoundSlots {
  const prepared = prepare<AskedQuestion>(question);
  const asked = orderlyQuestion(prepared.question);
  const { fromMs, toMs } = question.range;
  let stretchMs = FIRST_STRETCH_MS;
  let endMs = Math.min(fromMs + stretchMs, toMs);
  let last = find(prepared, { ...asked, range: { fromMs, toMs: endMs } }, question, count);
  const parts: [FoundSlots, ...FoundSlots[]] = [last];
  let found = last.count;
  while (found < count && endMs < toMs) {
    // A calendar that has been full so far is skimmed in larger stretches.
    stretchMs = Math.min(stretchMs * 2, LONGEST_STRETCH_MS);
    const startMs = endMs;
    endMs = Math.min(startMs + stretchMs, toMs);
    // An answer without a slot is not kept.
    if (last.count === 0) parts.pop();
    last = find(prepared, { ...asked, range: { fromMs: startMs, toMs: endMs } }, question, count - found);
    parts.push(last);
    found += last.count;
  }
  return joinFound(parts, count);
}

const FIRST_STRETCH_MS = 7 * DAY_MS;
const LONGEST_STRETCH_MS = 28 * DAY_MS;

/** Finds by the prepared form of what was `asked`. May leave out what comes after the first `limit` starts. */
function find(
  { variants, orderAt }: Prepared<AskedQuestion>,
  prepared: AskedQuestion,
  asked: FindQuestion,
  limit: number,
): FoundSlots {
  const { service, sessions = NO_SESSIONS } = prepared;
  const findFor = (variant: Variant): Picked => {
    const found = findVariant(prepared, variant, limit);
    if (service.assignBy === 'mostFree') return repicked(found, variant, byOrderAt(found.startsMs, orderAt));
    if (service.assignBy === 'fewestChanges') return repicked(found, variant, byChanges(asked, variant, found));
    return found;
  };
  const { resources } = asked;
  const common = { variants, sessionAt: undefined, sessions, service, resources };
  const [only] = variants;
  let found: FoundSlots;
  if (variants.length === 1 && only !== undefined) {
    const each = findFor(only);
    const freeAt: FoundSlots['freeAt'] = (index) => inOrder(each.freeAt(index).flat());
    found = { ...each, ...common, picksPerSlot: only.picksPerSlot, variantAt: undefined, freeAt };
  } else {
    const parts = variants.map((variant) => {
      const each = findFor(variant);
      return { variant, found: variant.stays ? repicked(each, variant, (free) => staying(variant.needs, free)) : each };
    });
    const united = unite(parts, orderAt, limit);
    found = { ...united, freeAt: (index) => inOrder(united.freeAt(index)), ...common };
  }
  return service.seats > 1 ? withSessions(found, prepared, limit) : found;
}

const inOrder = (indices: readonly number[]): readonly number[] =>
  indices.length < 2 ? indices : [...new Set(indices)].sort((left, right) => left - right);

const NO_SESSIONS: FoundSlots['sessions'] = [];

function findVariant(asked: AskedQuestion, { needs, service }: Variant, limit: number): Picked {
  if (!meetable(needs) || (asked.partySize ?? 1) > service.seats) return NOTHING;
  const own = service === asked.service ? asked : { ...asked, service };
  const [need] = needs;
  if (service.ownGrid && need !== undefined) return findAny(own, need, limit);
  return service.flexible ? findFlexible(own, needs) : findKinds(own, needs, limit);
}

/** The slot that starts at an instant, exactly as {@link findSlots} would list it; undefined if it would not. */
export function slotStartingAt(question: SlotQuestion, startMs: number): Slot | undefined {
  return slotAt(findSlots(rangeOfStart(question, startMs)), 0);
}
