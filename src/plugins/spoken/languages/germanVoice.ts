import type { PartName } from '../words/meaning.ts';
import type { SpokenDay, SpokenEcho, SpokenVoice } from './language.ts';
import { germanNames } from './names.ts';

const RELATIVE = ['heute', 'morgen', 'übermorgen'];
const { weekdays: WEEKDAYS, months: MONTHS } = germanNames;
const PARTS: Readonly<Record<PartName, string>> = {
  morning: 'vormittags',
  noon: 'mittags',
  afternoon: 'nachmittags',
  evening: 'abends',
  night: 'nachts',
};

const list = (items: readonly string[], word: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;

function day({ offset, weekday, day: ofMonth, month, year }: SpokenDay): string {
  const date = `${WEEKDAYS[weekday] ?? ''}, ${ofMonth}. ${MONTHS[month - 1] ?? ''}${year === undefined ? '' : ` ${year}`}`;
  const relative = RELATIVE[offset];
  return relative === undefined ? date : `${relative}, ${date}`;
}

/** Hours that would be taken for the afternoon say that they are not. */
function clock(minuteOfDay: number): string {
  const [hour, minute] = [Math.floor(minuteOfDay / 60), minuteOfDay % 60];
  const half = hour >= 1 && hour <= 6 ? (hour < 5 ? ' nachts' : ' morgens') : '';
  return `${hour} Uhr${minute === 0 ? '' : ` ${minute}`}${half}`;
}

function hours({ part, window, minute, approx }: SpokenEcho): readonly string[] {
  if (minute !== undefined) return [`${approx ? 'gegen' : 'um'} ${clock(minute)}`];
  if (part !== undefined) return [PARTS[part]];
  if (window === undefined) return [];
  const { fromMinute, toMinute } = window;
  if (toMinute === 1_440) return [`ab ${clock(fromMinute)}`];
  if (fromMinute === 0) return [`vor ${clock(toMinute)}`];
  return [`zwischen ${clock(fromMinute)} und ${clock(toMinute)}`];
}

/** Monday to Friday. */
const isWorkdays = (weekdays: readonly number[]): boolean => weekdays.join() === '0,1,2,3,4';

function days({ from, to, isSingleDay, weekdays, soonest }: SpokenEcho): readonly string[] {
  const range =
    from === undefined
      ? soonest || weekdays.length > 0
        ? []
        : ['ab jetzt']
      : isSingleDay
        ? [day(from)]
        : to === undefined
          ? [`ab ${day(from)}`]
          : [`von ${day(from)}, bis ${day(to)}`];
  const named = isWorkdays(weekdays) ? ['werktags'] : weekdays.map((day) => `${(WEEKDAYS[day] ?? '').toLowerCase()}s`);
  return [...(soonest ? ['so früh wie möglich'] : []), ...range, ...(named.length === 0 ? [] : [list(named, 'und')])];
}

/** How times are told and asked for in German. */
export const germanVoice: SpokenVoice = {
  echo: (echo) => [...days(echo), ...hours(echo)].join(', '),
  clock,
  ambiguous: (options) =>
    options.length === 0
      ? 'Das passt leider nicht zusammen. An welchem Tag und um wie viel Uhr möchten Sie kommen?'
      : `Meinen Sie ${options.join(', oder ')}?`,
  past: (options) =>
    options.length === 0
      ? 'Dieser Zeitpunkt ist schon vorbei. Wann möchten Sie stattdessen kommen?'
      : `Dieser Zeitpunkt ist schon vorbei. Meinen Sie ${options.join(', oder ')}?`,
  unknown: 'Das habe ich leider nicht verstanden. An welchem Tag und um wie viel Uhr möchten Sie kommen?',
  tooLong: 'Das war leider zu viel auf einmal. An welchem Tag und um wie viel Uhr möchten Sie kommen?',
  incomplete: 'An welchem Tag und um wie viel Uhr möchten Sie kommen?',
  whichDay: (time) => `An welchem Tag möchten Sie um ${time} kommen?`,
  narrower: 'Das ist ein langer Zeitraum. In welcher Woche oder an welchem Tag möchten Sie kommen?',
};
