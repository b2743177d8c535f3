import {
  DAY_MS,
  epochDayAt,
  localMsAt,
  weekdayOf,
  zoneNamed,
  type CompanyDoor,
  type Refused,
  type Slot,
} from '../../plugin.ts';
import type { EntryState, WaitlistWish } from './entry.ts';
import { isWithin } from './partOfDay.ts';

/** More starts than this are not looked at for one wish. */
const MAX_LISTED = 2_000;
const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** A stretch of time, half-open. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Where the freedom of a stretch can matter: a day around it, because with the time a limit of the day may be free again. */
export const around = ({ fromMs, toMs }: Stretch): Stretch => ({ fromMs: fromMs - DAY_MS, toMs: toMs + DAY_MS });

/** Whether somebody waits for something in a stretch. */
export const reaches = (wish: Stretch, stretch: Stretch): boolean =>
  wish.fromMs < stretch.toMs && stretch.fromMs < wish.toMs;

/** Free starts as wished, the earliest first; none, and why. */
export async function freeFor(
  door: CompanyDoor,
  wish: WaitlistWish,
  nowMs: number,
  within: Stretch = wish,
): Promise<{ readonly slots: readonly Slot[]; readonly why?: Refused }> {
  const whom = {
    service: wish.serviceId,
    branch: wish.branchId ?? undefined,
    resource: wish.resourceId ?? undefined,
    partySize: wish.partySize,
  };
  if (wish.isExact) {
    const judged = await door.check({ ...whom, start: wish.fromMs });
    return judged.ok ? { slots: [judged.slot] } : { slots: [], why: judged };
  }
  const from = Math.max(wish.fromMs, within.fromMs, nowMs);
  const to = Math.min(wish.toMs, within.toMs);
  if (to <= from) return { slots: [] };
  const found = await door.find({ ...whom, from, to, count: MAX_LISTED });
  return found.ok ? { slots: found.slots.filter((slot) => fits(wish, slot)) } : { slots: [], why: found };
}

/** Whether a start lies on a day and in a part of the day that is wished, by the clock of where it is. */
function fits({ weekdays, partOfDay }: WaitlistWish, { startMs, timeZone }: Slot): boolean {
  if (weekdays === null && partOfDay === null) return true;
  const zone = zoneNamed(timeZone);
  if (!zone.ok) return false;
  const localMs = localMsAt(zone.zone, startMs);
  const day = DAYS[weekdayOf(epochDayAt(localMs))];
  const isDay = weekdays === null || (day !== undefined && weekdays.includes(day));
  return isDay && (partOfDay === null || isWithin(partOfDay, localMs));
}

/** The first of the free starts that he has not refused before. */
export const firstWanted = (slots: readonly Slot[], { refused }: EntryState): Slot | undefined =>
  slots.find(({ startMs }) => !refused.includes(startMs));
