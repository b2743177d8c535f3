import type { WordEntry } from '../words/lexicon.ts';
import { numbers, ordinals } from './englishNumbers.ts';
import { englishVoice } from './englishVoice.ts';
import type { SpokenLanguage } from './language.ts';

const WEEKDAYS = [
  'monday|mon',
  'tuesday|tues|tue',
  'wednesday|wed',
  'thursday|thurs|thur|thu',
  'friday|fri',
  'saturday|sat',
  'sunday|sun',
];
const MONTHS = [
  'january|jan',
  'february|feb',
  'march|mar',
  'april|apr',
  'may',
  'june|jun',
  'july|jul',
  'august|aug',
  'september|sept|sep',
  'october|oct',
  'november|nov',
  'december|dec',
];

const days: readonly WordEntry[] = [
  ['today', { is: 'day', offset: 0 }],
  ['tomorrow|tmrw', { is: 'day', offset: 1 }],
  ['the day after tomorrow|day after tomorrow|overmorrow', { is: 'day', offset: 2 }],
  ['yesterday', { is: 'day', offset: -1 }],
  ['the day before yesterday|day before yesterday', { is: 'day', offset: -2 }],
  ['weekend|weekends', { is: 'weekend' }],
  ['weekday|weekdays|workday|workdays|during the week|working day|working days', { is: 'workdays' }],
  ['new years eve', { is: 'date', day: 31, month: 12 }],
  ['new years day', { is: 'date', day: 1, month: 1 }],
  ['christmas eve', { is: 'date', day: 24, month: 12 }],
  ['christmas day', { is: 'date', day: 25, month: 12 }],
  ...WEEKDAYS.map((names, weekday): WordEntry => [names, { is: 'weekday', weekday }]),
  ...WEEKDAYS.map((names, weekday): WordEntry => [
    `${names.split('|', 1)[0] ?? ''}s`,
    { is: 'weekday', weekday, every: true },
  ]),
  ...MONTHS.map((names, index): WordEntry => [names, { is: 'month', month: index + 1 }]),
];

const parts: readonly WordEntry[] = [
  ['morning|mornings|forenoon', { is: 'part', part: 'morning' }],
  ['lunchtime|lunch time|lunch|midday|lunch break', { is: 'part', part: 'noon' }],
  ['afternoon|afternoons', { is: 'part', part: 'afternoon' }],
  ['evening|evenings|after work', { is: 'part', part: 'evening' }],
  ['night|nights', { is: 'part', part: 'evening', follows: true }],
  ['at night|during the night|in the night', { is: 'part', part: 'night' }],
  ['tonight', { is: 'day', offset: 0 }, { is: 'part', part: 'evening', follows: true }],
  ['first thing in the morning|first thing', { is: 'soonest' }, { is: 'part', part: 'morning' }],
];

const order: readonly WordEntry[] = [
  ['this', { is: 'which', which: 'this' }],
  ['next', { is: 'which', which: 'next' }],
  ['coming|following|upcoming|this coming|the coming|this upcoming', { is: 'which', which: 'coming' }],
  ['after next', { is: 'which', which: 'afterNext' }],
  ['the week after next|week after next', { is: 'which', which: 'afterNext' }, { is: 'unit', unit: 'week' }],
  ['the month after next|month after next', { is: 'which', which: 'afterNext' }, { is: 'unit', unit: 'month' }],
  ['last|past the', { is: 'which', which: 'last' }],
  ['every|any|each', { is: 'every' }],
  ['beginning|start|early', { is: 'edge', edge: 'start' }],
  ['middle|mid', { is: 'edge', edge: 'middle' }],
  ['end|late', { is: 'edge', edge: 'end' }],
  ['minute', { is: 'unit', unit: 'minute' }],
  ['minutes', { is: 'unit', unit: 'minute', plural: true }],
  ['hour|hours', { is: 'unit', unit: 'hour' }],
  ['day', { is: 'unit', unit: 'day' }],
  ['days|few days|couple of days|couple days', { is: 'unit', unit: 'day', plural: true }],
  ['week', { is: 'unit', unit: 'week' }],
  ['weeks|few weeks', { is: 'unit', unit: 'week', plural: true }],
  ['month', { is: 'unit', unit: 'month' }],
  ['months', { is: 'unit', unit: 'month', plural: true }],
  ['year|years', { is: 'unit', unit: 'year' }],
  ['fortnight', { is: 'number', value: 2 }, { is: 'unit', unit: 'week' }],
  ['a fortnight', { is: 'number', value: 2 }, { is: 'unit', unit: 'week' }],
];

const clock: readonly WordEntry[] = [
  ['oclock|o clock|hundred hours', { is: 'hourMark' }],
  ['half', { is: 'half' }],
  ['quarter', { is: 'quarter' }],
  ['am|a m', { is: 'meridiem', pm: false }],
  ['pm|p m', { is: 'meridiem', pm: true }],
  ['noon|twelve noon', { is: 'noon' }],
  ['midnight|twelve midnight', { is: 'midnight' }],
  ['at|for', { is: 'at' }],
  ['around|about|approximately|roughly|ish|or so|around about', { is: 'around' }],
];

const bounds: readonly WordEntry[] = [
  [
    'from|starting|starting from|not before|but not before|no earlier than|not earlier than|since',
    { is: 'bound', edge: 'from', inclusive: true, shifts: true },
  ],
  ['after|but after', { is: 'bound', edge: 'from', inclusive: false, counts: 'past', shifts: true }],
  ['past', { is: 'bound', edge: 'from', inclusive: false, counts: 'past' }],
  ['any time after|anytime after|sometime after', { is: 'bound', edge: 'from', inclusive: false }],
  [
    'before|but before|earlier than|prior to|any time before|anytime before|sometime before',
    { is: 'bound', edge: 'to', inclusive: false },
  ],
  ['to', { is: 'bound', edge: 'to', inclusive: true, counts: 'to', joins: true }],
  ['until|till|til|through|thru|up to|up until', { is: 'bound', edge: 'to', inclusive: true, joins: true }],
  [
    'by|not after|but not after|no later than|not later than|at the latest by',
    { is: 'bound', edge: 'to', inclusive: true },
  ],
  ['from now', { is: 'bound', edge: 'from', inclusive: true, shifts: true }, { is: 'day', offset: 0 }],
  ['between', { is: 'between' }],
  ['and', { is: 'and' }],
  ['or', { is: 'or' }],
  ['within|within the|during', { is: 'within' }],
  ['ago', { is: 'ago' }],
  ['on', { is: 'on' }],
  ['in', { is: 'in' }],
  ['of', { is: 'of' }],
  ['a|an|one of', { is: 'article' }],
];

const wishes: readonly WordEntry[] = [
  [
    'as early as possible|as soon as possible|asap|right away|immediately|now|right now|the earliest|earliest|earliest possible|soonest|next available|' +
      'next opening|next appointment|next available appointment|next free|first available|as soon as you can|as early as you can|straight away|at the earliest|' +
      'earliest appointment|the first appointment|soon',
    { is: 'soonest' },
  ],
  [
    'any time|anytime|whenever|sometime|some time|from now on|any day|no preference|doesnt matter|whatever works|every day',
    { is: 'anytime' },
  ],
];

const fillers =
  'like to|would like to|i would like to|id like to|want to|need to|prefer to|able to|have to|wanted to|hoping to|love to|' +
  'um|uh|uhm|er|erm|hmm|hm|well|so|like|maybe|perhaps|please|thanks|thank you|yeah|yes|yep|okay|ok|sure|lets|let us|say|lets say|let me see|see|i|id|im|ill|we|wed|me|us|you|' +
  'it|its|thats|that|is|would|could|can|could you|can you|do|be|have|want|need|like to|would like|id like|prefer|rather|if possible|possible|if|the|my|just|kind of|' +
  'sort of|actually|i guess|guess|i think|think|works|work|good|great|fine|best|ideally|probably|possibly|appointment|an appointment|a slot|slot|time|a time|come|come in|' +
  'get|book|schedule|make|anything|something|available|free|works for me|how about|what about|hello|hi|there|hey|then|also|still|even|later|or something|onwards|onward|' +
  'sharp|exactly|right|good morning|good afternoon|may i|may we|i may|later on|with|date|may be|could be|will|there is|you know|a bit|gonna|going to|try';

/** What callers say in English. */
export const english: SpokenLanguage = {
  code: 'en',
  traits: { halfIs: 'after', slashes: 'ask', dotIsOrdinal: false, eightDaysAreAWeek: false },
  words: [
    [fillers, { is: 'filler' }],
    ...numbers,
    ...ordinals,
    ...days,
    ...parts,
    ...order,
    ...clock,
    ...bounds,
    ...wishes,
  ],
  voice: englishVoice,
};
