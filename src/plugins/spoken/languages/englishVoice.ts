import type { PartName } from '../words/meaning.ts';
import type { SpokenDay, SpokenEcho, SpokenVoice } from './language.ts';
import { englishNames } from './names.ts';

const RELATIVE = ['today', 'tomorrow'];
const { weekdays: WEEKDAYS, months: MONTHS } = englishNames;
const PARTS: Readonly<Record<PartName, string>> = {
  morning: 'in the morning',
  noon: 'around lunchtime',
  afternoon: 'in the afternoon',
  evening: 'in the evening',
  night: 'at night',
};

const list = (items: readonly string[], word: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;

const ending = (day: number): string => (day >= 11 && day <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'));

function day({ offset, weekday, day: ofMonth, month, year }: SpokenDay): string {
  const date = `${WEEKDAYS[weekday] ?? ''}, ${MONTHS[month - 1] ?? ''} ${ofMonth}${ending(ofMonth)}${year === undefined ? '' : `, ${year}`}`;
  const relative = RELATIVE[offset];
  return relative === undefined ? date : `${relative}, ${date}`;
}

function clock(minuteOfDay: number): string {
  if (minuteOfDay === 720) return 'noon';
  const [hour, minute] = [Math.floor(minuteOfDay / 60) % 12, minuteOfDay % 60];
  const half = minuteOfDay % 1_440 < 720 ? 'AM' : 'PM';
  return `${hour === 0 ? 12 : hour}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`} ${half}`;
}

function hours({ part, window, minute, approx }: SpokenEcho): readonly string[] {
  if (minute !== undefined) return [`${approx ? 'around' : 'at'} ${clock(minute)}`];
  if (part !== undefined) return [PARTS[part]];
  if (window === undefined) return [];
  const { fromMinute, toMinute } = window;
  if (toMinute === 1_440) return [`not before ${clock(fromMinute)}`];
  if (fromMinute === 0) return [`before ${clock(toMinute)}`];
  return [`between ${clock(fromMinute)} and ${clock(toMinute)}`];
}

/** Monday to Friday. */
const isWorkdays = (weekdays: readonly number[]): boolean => weekdays.join() === '0,1,2,3,4';

function days({ from, to, isSingleDay, weekdays, soonest }: SpokenEcho): readonly string[] {
  const range =
    from === undefined
      ? soonest || weekdays.length > 0
        ? []
        : ['from now on']
      : isSingleDay
        ? [day(from)]
        : to === undefined
          ? [`starting ${day(from)}`]
          : [`from ${day(from)}, to ${day(to)}`];
  const named = isWorkdays(weekdays) ? ['weekdays'] : weekdays.map((weekday) => `${WEEKDAYS[weekday] ?? ''}s`);
  return [
    ...(soonest ? ['as early as possible'] : []),
    ...range,
    ...(named.length === 0 ? [] : [`on ${list(named, 'and')}`]),
  ];
}

/** How times are told and asked for in English. */
export const englishVoice: SpokenVoice = {
  echo: (echo) => [...days(echo), ...hours(echo)].join(', '),
  clock,
  ambiguous: (options) =>
    options.length === 0
      ? 'Sorry, that does not fit together. Which day and what time would you like to come?'
      : `Do you mean ${options.join(', or ')}?`,
  past: (options) =>
    options.length === 0
      ? 'That time has already passed. When would you like to come instead?'
      : `That time has already passed. Do you mean ${options.join(', or ')}?`,
  unknown: 'Sorry, I did not understand that. Which day and what time would you like to come?',
  tooLong: 'Sorry, that was too much at once. Which day and what time would you like to come?',
  incomplete: 'Which day and what time would you like to come?',
  whichDay: (time) => `Which day would you like to come at ${time}?`,
  narrower: 'That is a long stretch of time. Which week or which day would you like to come?',
};
