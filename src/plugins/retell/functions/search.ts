import type { Appointment, Replacing, Slot } from '../../../plugin.ts';
import { wallClockAt } from '../speech/wallClock.ts';
import { serviceFor, staffFor } from './named.ts';
import { keptFor, tellKept } from './keptForCaller.ts';
import { propose } from './offers.ts';
import { ownAppointment } from './own.ts';
import { choiceOf, instead, MAX_TOLD, sayMisunderstood, sayRefusal } from './refused.ts';
import type { Spoken, Turn } from './turn.ts';
import { pickNearest, pickNext } from './pick.ts';
import { readSpokenWish } from './spokenWish.ts';
import { readWish, type Wish, type WishFields } from './wish.ts';

/** More starts than this are not looked at for one answer. */
const MAX_LISTED = 2_000;

/** What to look for. */
export interface SearchArgs extends WishFields {
  /** What the caller said about the time, in his own words; the other fields of the time win. */
  readonly when?: string | undefined;
  readonly service?: string | undefined;
  /** Several in one visit. */
  readonly services?: readonly string[] | undefined;
  readonly staff?: string | undefined;
  /** For how many. */
  readonly people?: number | undefined;
  readonly count?: number | undefined;
  readonly for_reschedule?: boolean | undefined;
  readonly appointment?: number | undefined;
}

/** One service, or several in one visit. */
interface Wanted {
  readonly service?: string;
  readonly services?: readonly string[];
  readonly order?: 'any';
}

interface Query extends Wanted {
  readonly branch: string | undefined;
  readonly resource: string | undefined;
  readonly partySize: number | undefined;
  readonly replacing: Replacing | undefined;
}

/** Looks for times and tells a few of them, chosen by `pick`. */
export async function search(turn: Turn, args: SearchArgs, pick: Pick): Promise<Spoken> {
  const read = readTime(turn, args);
  if (!read.ok) return read.answer;
  const { wish, echo } = read;
  const moving = args.for_reschedule === true ? await ownAppointment(turn, args.appointment) : undefined;
  if (moving !== undefined && !moving.ok) return moving.answer;
  const kept = moving === undefined ? await keptFor(turn, wish) : [];
  const query = await queryFor(turn, args, moving?.appointment);
  // Whoever calls because something is kept for him need not say what it was.
  if ('answer' in query) return kept.length > 0 && args.service === undefined ? tellKept(turn, kept) : query.answer;
  const fitting = args.service === undefined ? kept : kept.filter((entry) => entry.wish.serviceId === query.service);
  if (fitting.length > 0 && wish.exactMs !== undefined) return tellKept(turn, fitting);
  const count = args.count ?? MAX_TOLD;
  const answer =
    wish.exactMs === undefined
      ? await list(turn, query, wish, (slots) => pickFor(turn, wish, pick)(slots, count))
      : await judge(turn, query, wish.exactMs);
  if (fitting.length > 0) return tellKept(turn, fitting, answer.offers);
  if (echo === undefined) return answer;
  return { ...answer, say: turn.speech.phrases.understood(echo, answer.say), understood: echo };
}

/** When the caller would like to come: as worked out by the agent, else in his own words. */
export function readTime(
  turn: Turn,
  args: SearchArgs,
):
  { readonly ok: true; readonly wish: Wish; readonly echo?: string } | { readonly ok: false; readonly answer: Spoken } {
  const { speech } = turn;
  const isWorkedOut = [args.date, args.time, args.from, args.to].some((field) => field !== undefined);
  if (args.when !== undefined && !isWorkedOut) return readSpokenWish(turn, args.when, args.part_of_day);
  const reading = readWish(args, speech.zone, turn.nowMs);
  if (reading.ok) return reading;
  if (reading.why === 'fields') return { ok: false, answer: sayMisunderstood(turn, reading.errors) };
  const say = reading.why === 'past' ? speech.phrases.past(speech.today()) : speech.phrases.askDay;
  return { ok: false, answer: { ok: false, say, reason: reading.why === 'past' ? 'IN_THE_PAST' : 'DAY_MISSING' } };
}

type Pick = (slots: readonly Slot[], count: number) => readonly Slot[];

/** How to choose among the slots that fit: the nearest to a time of the day, the first, or as the function does. */
function pickFor(turn: Turn, { aroundMinute, soonest }: Wish, pick: Pick): Pick {
  if (aroundMinute === undefined) return soonest === true ? pickNext : pick;
  return (slots, count) =>
    pickNearest(slots, count, (slot) => {
      const { minuteOfDay } = wallClockAt(turn.zoneOf(slot.branchId), slot.startMs);
      return Math.abs(minuteOfDay - aroundMinute);
    });
}

/** What is asked of the door: for the service, the people and the staff that were named. */
export async function queryFor(
  turn: Turn,
  args: SearchArgs,
  moving: Appointment | undefined,
): Promise<Query | { readonly answer: Spoken }> {
  const wanted = await wantedIn(turn, args, moving);
  if ('answer' in wanted) return wanted;
  const staff = await staffFor(turn, args.staff);
  if (!staff.ok) return staff;
  return {
    ...wanted,
    branch: moving?.branchId ?? turn.line?.branchId ?? undefined,
    resource: staff.found?.id,
    partySize: args.people ?? moving?.partySize,
    replacing: moving === undefined ? undefined : { appointment: moving.id, version: moving.version },
  };
}

/** What is asked for; who moves a visit moves all of it. The order is of no matter to a caller who names several. */
async function wantedIn(
  turn: Turn,
  { service, services = [] }: SearchArgs,
  moving: Appointment | undefined,
): Promise<Wanted | { readonly answer: Spoken }> {
  const spoken = services.length > 0 ? services : service === undefined ? servicesOf(moving) : [service];
  const found: string[] = [];
  for (const each of spoken.length === 0 ? [undefined] : spoken) {
    const one = await serviceFor(turn, each);
    if (!one.ok) return one;
    if (!found.includes(one.found.id)) found.push(one.found.id);
  }
  const [first = ''] = found;
  return found.length === 1 ? { service: first } : { services: found, order: 'any' };
}

const servicesOf = (moving: Appointment | undefined): readonly string[] =>
  moving === undefined ? [] : [...new Set([moving.serviceId, ...moving.parts.map(({ serviceId }) => serviceId)])];

async function judge(turn: Turn, query: Query, start: number): Promise<Spoken> {
  const answer = await turn.door.check({ ...query, start });
  return answer.ok ? offer(turn, [answer.slot]) : sayRefusal(turn, answer);
}

async function list(
  turn: Turn,
  query: Query,
  { fromMs, toMs, within, weekdays }: Wish,
  pick: (slots: readonly Slot[]) => readonly Slot[],
): Promise<Spoken> {
  const isFree = within === undefined && weekdays === undefined;
  // Without an end a few dozen are enough to choose from; a part of the day may lie behind many others.
  const count = toMs === undefined && isFree ? 48 : MAX_LISTED;
  const answer = await turn.door.find({ ...query, from: fromMs, to: toMs, count });
  if (!answer.ok) return sayRefusal(turn, answer);
  if (isFree) return offer(turn, pick(answer.slots));
  const fitting = answer.slots.filter((slot) => {
    const { minuteOfDay, weekday } = wallClockAt(turn.zoneOf(slot.branchId), slot.startMs);
    const isWithin = within === undefined || (minuteOfDay >= within.fromMinute && minuteOfDay < within.toMinute);
    return isWithin && weekdays?.includes(weekday) !== false;
  });
  if (fitting.length > 0) return offer(turn, pick(fitting));
  return instead(turn, turn.speech.phrases.nothingFree, 'NO_SLOT', pick(answer.slots));
}

/** Tells free times under numbers by which they can be booked. */
export async function offer(turn: Turn, slots: readonly Slot[]): Promise<Spoken> {
  const offers = await propose(turn, slots);
  const { phrases } = turn.speech;
  const choice = choiceOf(turn, offers);
  return { ok: true, say: offers.length === 1 ? phrases.offerOne(choice) : phrases.offerMany(choice), offers };
}
