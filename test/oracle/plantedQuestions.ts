import { Temporal } from 'temporal-polyfill';

import type { CaseAnswer, SlotAnswer } from './caseAnswer.ts';
import type { CaseAsk, CaseFile, CaseWish } from './caseFile.ts';
import { epochMs } from './clocks.ts';
import { oracleSlots } from './oracle.ts';
import { later, misreading, onLimits, onService, without, type PlantedFault } from './planting.ts';

/** Mistakes with limits, sessions, the range, the customer and what is asked. */
export const FAULTS_OF_QUESTIONS: readonly PlantedFault[] = [
  onLimits('allows one more a day', (limits) => ({ ...limits, ...raised('perDay', limits.perDay, 1) })),
  onLimits('allows one fewer a week', (limits) => ({ ...limits, ...raised('perWeek', limits.perWeek, -1) })),
  onLimits('forgets limits of a week', (limits) => without(limits, 'perWeek')),
  onLimits('forgets limits of a day', (limits) => without(limits, 'perDay')),
  onLimits('counts by the date in UTC', (limits, zone) => ({
    ...limits,
    booked: (limits.booked ?? []).map((iso) => atNoon(Temporal.Instant.from(iso).toZonedDateTimeISO('UTC'), zone)),
  })),
  onLimits('begins the week on Sunday', (limits, zone) => ({
    ...limits,
    booked: (limits.booked ?? []).map((iso) => {
      const at = Temporal.Instant.from(iso).toZonedDateTimeISO(zone);
      return limits.perDay === undefined && at.dayOfWeek === 7 ? at.add({ days: 1 }).toInstant().toString() : iso;
    }),
  })),
  misreading('forgets the limits of the customer', (file) =>
    file.customer ? { ...file, customer: without(file.customer, 'limits') } : file,
  ),
  onService('forgets the limits of the service', (service) => without(service, 'limits')),
  misreading('forgets the limits of resources', (file) => ({
    ...file,
    resources: file.resources.map((resource) => without(resource, 'limits')),
  })),

  onService('has a seat fewer', (service) => ({ ...service, seats: (service.seats ?? 1) - 1 || 1 })),
  onSessions('joins one beyond the seats', (file) => ({ ...file, partySize: (file.partySize ?? 1) - 1 })),
  onSessions('overlooks the sessions that exist', (file) => ({ ...file, sessions: [] })),
  onSessions('offers the last session listed', (file) => ({ ...file, sessions: file.sessions?.toReversed() ?? [] })),
  onSessions('takes every session for full', (file) => ({
    ...file,
    sessions: (file.sessions ?? []).map((session) => ({ ...session, taken: file.service?.seats ?? 1 })),
  })),
  {
    name: 'offers sessions whatever the notice',
    answer: (file, answer) => {
      if (file.ask !== undefined || file.now === undefined || !('slots' in answer)) return answer;
      const starts = new Set(file.sessions?.map((session) => epochMs(session.start)));
      const anyTime = oracleSlots(without(file, 'now')).slots.filter((slot) => starts.has(epochMs(slot.start)));
      const more = anyTime.filter(({ start }) => !answer.slots.some((slot) => slot.start === start));
      return { ...answer, slots: [...answer.slots, ...more].sort(byStart) };
    },
  },

  misreading('takes the end of the range in', (file) =>
    file.range.to === undefined ? file : { ...file, range: { ...file.range, to: later(file.range.to, 1) } },
  ),
  misreading('leaves the start of the range out', (file) => ({
    ...file,
    range: { ...file.range, from: later(file.range.from, 1) },
  })),

  onAnswer('counts one too few', (answer) =>
    'days' in answer
      ? { days: answer.days.map(({ date, count }) => ({ date, count: Math.max(0, count - 1) })) }
      : answer,
  ),
  onAnswer('leaves out dates that have nothing', (answer) =>
    'days' in answer ? { days: answer.days.filter(({ count }) => count > 0) } : answer,
  ),
  onAsk('next', 'answers one more than asked', (ask) => ('next' in ask ? { next: ask.next + 1 } : ask)),
  {
    name: 'takes days to be those of UTC',
    answer: (file, answer) => {
      if (file.ask === undefined || !('firstOfDay' in file.ask) || !('slots' in answer)) return answer;
      const { slots } = oracleSlots(file);
      const dates = slots.map(({ start }) => start.slice(0, 10));
      return { ...answer, slots: slots.filter((_slot, index) => dates.indexOf(dates[index] ?? '') === index) };
    },
  },
  onAsk('check', 'checks a minute later', (ask) => ('check' in ask ? { check: later(ask.check, 60_000) } : ask)),
  onAsk('explain', 'explains a minute later', (ask) =>
    'explain' in ask ? { explain: later(ask.explain, 60_000) } : ask,
  ),
  onAnswer('names the preferred ones busy', (answer) =>
    'slots' in answer && answer.preference
      ? { ...answer, preference: mapped(answer.preference, (word) => (word === 'free' ? 'busy' : word)) }
      : answer,
  ),
  onAnswer('does not know who is not qualified', (answer) =>
    'slots' in answer && answer.preference
      ? { ...answer, preference: mapped(answer.preference, (word) => (word === 'notQualified' ? 'busy' : word)) }
      : answer,
  ),
  misreading('offers alternatives while the customer is booked', (file) =>
    file.customer ? { ...file, customer: without(file.customer, 'busy') } : file,
  ),
  misreading('ignores the wish for alternatives', (file) => without(file, 'wish')),
  {
    name: 'offers alternatives in ascending order',
    answer: (file, answer) => {
      const isAsked = file.ask !== undefined && 'alternatives' in file.ask;
      return isAsked && 'slots' in answer ? { ...answer, slots: answer.slots.toSorted(byStart) } : answer;
    },
  },
  onWish('ignores the wished weekdays', (wish) => without(wish, 'weekdays')),
  onWish('ignores the wished part of the day', (wish) => without(wish, 'partOfDay')),
  onWish('ignores the wished resources', (wish) => without(wish, 'resources')),
  onWish('ignores the wished time', (wish) => without(wish, 'around')),
  onWish('ends noon at one', (wish) =>
    wish.partOfDay === 'noon' ? { ...wish, partOfDay: { from: '11:00', to: '13:00' } } : wish,
  ),
];

function raised(
  key: 'perDay' | 'perWeek',
  limit: number | undefined,
  by: number,
): { perDay?: number; perWeek?: number } {
  return limit === undefined ? {} : { [key]: limit + by };
}

function atNoon(utc: Temporal.ZonedDateTime, zone: string): string {
  return utc.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).toInstant().toString();
}

/** Misreads a case that has sessions. */
function onSessions(name: string, change: (file: CaseFile) => CaseFile): PlantedFault {
  return misreading(name, (file) => (file.sessions ? change(file) : file));
}

function onAsk(form: string, name: string, change: (ask: CaseAsk) => CaseAsk): PlantedFault {
  return misreading(name, (file) => (file.ask && form in file.ask ? { ...file, ask: change(file.ask) } : file));
}

function onWish(name: string, change: (wish: CaseWish) => CaseWish): PlantedFault {
  return onAsk('wish', name, (ask) => ('wish' in ask ? { ...ask, wish: change(ask.wish) } : ask));
}

function onAnswer(name: string, change: (answer: CaseAnswer) => CaseAnswer): PlantedFault {
  return { name, answer: (_file, right) => change(right) };
}

function mapped<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function byStart(one: SlotAnswer, other: SlotAnswer): number {
  return one.start < other.start ? -1 : 1;
}
