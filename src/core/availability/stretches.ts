import { DAY_MS } from '../time/localDate.ts';

/** Starts from `fromMs` up to and without `toMs`. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A search without an end mostly ends here, */
export const NEAR_DAYS = 14;
/** and here at the latest. */
export const LONGEST_DAYS = 400;
/** Ends of the stretches in which rules are asked, in days: they judge every start that is listed, so few are listed first. */
const RULED_DAYS = [14, 60];

/** What is read for a search: its range, or at most twice what lies ahead. Nothing can be had in the past. */
export function readsOf(fromMs: number, toMs: number | undefined, nowMs: number): readonly Range[] {
  if (toMs !== undefined) return [{ fromMs, toMs }];
  const firstMs = Math.max(fromMs, nowMs);
  const nearMs = firstMs + NEAR_DAYS * DAY_MS;
  return [
    { fromMs: firstMs, toMs: nearMs },
    { fromMs: nearMs, toMs: firstMs + LONGEST_DAYS * DAY_MS },
  ];
}

/** A range that was read, in growing stretches. */
export function stretchesOf({ fromMs, toMs }: Range): readonly Range[] {
  const ends = [...RULED_DAYS.map((days) => fromMs + days * DAY_MS).filter((endMs) => endMs < toMs), toMs];
  return ends.map((endMs, index) => ({ fromMs: ends[index - 1] ?? fromMs, toMs: endMs }));
}
