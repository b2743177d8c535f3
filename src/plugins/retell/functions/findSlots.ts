import { z } from 'zod';
import { optionalFlag, optionalInteger, optionalText, optionalTexts, optionalWord } from './args.ts';
import { voiceFunction } from './function.ts';
import { pickNext, pickSpread } from './pick.ts';
import { search } from './search.ts';

const when = optionalText(
  500,
  'What the caller said about the time in his own words, all of it, like "tomorrow afternoon" or "nächste Woche Dienstag um drei".',
);

const what = {
  service: optionalText(200, 'What the caller wants to book, by its name. Leave out if he did not say.'),
  services: optionalTexts(
    5,
    200,
    'In place of service: all that the caller wants in one visit, each by its name. Only if he wants several.',
  ),
  staff: optionalText(200, 'The name of the person the caller wants to see. Leave out if anyone will do.'),
  people: optionalInteger(1, 1_000, 'For how many people, if the caller books a group class for more than himself.'),
  count: optionalInteger(1, 5, 'How many times to tell, 3 if left out.'),
  for_reschedule: optionalFlag('true when the caller wants to move an appointment he already has.'),
  appointment: optionalInteger(1, 9_999, 'With for_reschedule: the number of the appointment, if he has several.'),
};

/** Times as wished. */
export const findSlots = voiceFunction({
  name: 'find_slots',
  description:
    'Looks for free times on the day or in the range that the caller wishes. Call it before telling any time. ' +
    'Pass what he said about the time on as when; do not work dates out yourself. If the answer asks back, ask the caller, ' +
    'and call it again with what he answers. Book one of the offers by its number.',
  writes: false,
  words: ['part_of_day'],
  args: z.object({
    ...what,
    when,
    date: optionalText(40, 'The day, like 2026-11-24, if he named a date. Wins over when, as time, from and to do.'),
    time: optionalText(40, 'The exact time on that day, like 14:30. Leave out if any time will do.'),
    from: optionalText(40, 'The earliest: a time of that day like 14:00, or a day like 2026-11-24.'),
    to: optionalText(40, 'The latest: a time of that day like 18:00, or a day like 2026-11-28.'),
    part_of_day: optionalWord(['morning', 'midday', 'afternoon', 'evening'], 'The part of the day.'),
  }),
  run: (turn, args) => search(turn, args, pickSpread),
});

/** The next free times. */
export const nextAvailable = voiceFunction({
  name: 'next_available',
  description:
    'Looks for the next free times from now, or from a day on. Call it when the caller has no particular day in mind, or ' +
    'when he was told that something has become free for him: what is kept for him from the waiting list is told first. ' +
    'Book one of the offers by its number.',
  writes: false,
  words: ['part_of_day'],
  args: z.object({
    ...what,
    when,
    from: optionalText(40, 'Not before this day, like 2026-11-24. Leave out for now. Wins over when.'),
    part_of_day: optionalWord(['morning', 'midday', 'afternoon', 'evening'], 'The part of the day.'),
  }),
  run: (turn, args) => search(turn, args, pickNext),
});
