import type { WordEntry } from '../words/lexicon.ts';
import { ordinals, numbers } from './germanNumbers.ts';
import { germanVoice } from './germanVoice.ts';
import type { SpokenLanguage } from './language.ts';

/** `nächst|nächste|nächsten …` */
const inflected = (...stems: readonly string[]): string =>
  stems.flatMap((stem) => ['', 'e', 'en', 'er', 'es', 'em'].map((ending) => stem + ending)).join('|');

const WEEKDAYS = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag|sonnabend', 'sonntag'];
const MONTHS = [
  'januar|jänner|jan',
  'februar|feber|feb',
  'märz',
  'april',
  'mai',
  'juni|juno',
  'juli|julei',
  'august',
  'september|sept',
  'oktober|okt',
  'november|nov',
  'dezember|dez',
];

const parts: readonly WordEntry[] = [
  ['vormittag|vormittags|früh|frühmorgens|in der früh|morgens|vormittage|vormittagen', { is: 'part', part: 'morning' }],
  ['mittag|mittags|mittagszeit|mittagspause', { is: 'part', part: 'noon' }],
  ['nachmittag|nachmittags|nachmittage|nachmittagen', { is: 'part', part: 'afternoon' }],
  ['abend|abends|feierabend|nach feierabend|nach der arbeit|abende|abenden', { is: 'part', part: 'evening' }],
  ['nachts|in der nacht', { is: 'part', part: 'night' }],
  ['nacht', { is: 'part', part: 'night', follows: true }],
];

/** `dienstagnachmittag`, `freitags abends` */
const weekdays: readonly WordEntry[] = WEEKDAYS.flatMap((names, weekday) =>
  names.split('|').flatMap((name): readonly WordEntry[] => [
    [name, { is: 'weekday', weekday }],
    [`${name}s|${name}e|${name}en`, { is: 'weekday', weekday, every: true }],
    [`${name}morgen|${name}vormittag|${name}früh`, { is: 'weekday', weekday }, { is: 'part', part: 'morning' }],
    [`${name}mittag`, { is: 'weekday', weekday }, { is: 'part', part: 'noon' }],
    [`${name}nachmittag`, { is: 'weekday', weekday }, { is: 'part', part: 'afternoon' }],
    [`${name}abend`, { is: 'weekday', weekday }, { is: 'part', part: 'evening' }],
    [`${name}nacht`, { is: 'weekday', weekday }, { is: 'part', part: 'night', follows: true }],
  ]),
);

const days: readonly WordEntry[] = [
  ['heute|heut', { is: 'day', offset: 0 }],
  ['übermorgen', { is: 'day', offset: 2 }],
  ['überübermorgen', { is: 'day', offset: 3 }],
  ['gestern', { is: 'day', offset: -1 }],
  ['vorgestern', { is: 'day', offset: -2 }],
  ['morgen', { is: 'dual', afterDay: { is: 'part', part: 'morning' }, otherwise: { is: 'day', offset: 1 } }],
  ['am morgen|jeden morgen', { is: 'every' }, { is: 'part', part: 'morning' }],
  ['wochenende|wochenend|wochenenden', { is: 'weekend' }],
  ['werktags|wochentags|unter der woche|werktag|wochentag|werktagen|wochentagen', { is: 'workdays' }],
  ['silvester|sylvester', { is: 'date', day: 31, month: 12 }],
  ['neujahr', { is: 'date', day: 1, month: 1 }],
  ['heiligabend|heilig abend', { is: 'date', day: 24, month: 12 }],
  ...weekdays,
  ...MONTHS.map((names, index): WordEntry => [names, { is: 'month', month: index + 1 }]),
];

const order: readonly WordEntry[] = [
  [inflected('dies'), { is: 'which', which: 'this' }],
  [inflected('nächst'), { is: 'which', which: 'next' }],
  [inflected('kommend', 'folgend'), { is: 'which', which: 'coming' }],
  [inflected('übernächst'), { is: 'which', which: 'afterNext' }],
  [inflected('letzt', 'vorig', 'vergangen'), { is: 'which', which: 'last' }],
  [inflected('jed', 'all', 'irgendein'), { is: 'every' }],
  ['anfang|beginn', { is: 'edge', edge: 'start' }],
  [inflected('früh').replace('früh|', ''), { is: 'edge', edge: 'start' }],
  ['mitte', { is: 'edge', edge: 'middle' }],
  [`ende|${inflected('spät')}`, { is: 'edge', edge: 'end' }],
  ['minute|minuten', { is: 'unit', unit: 'minute' }],
  ['stunde|stunden', { is: 'unit', unit: 'hour' }],
  ['tag', { is: 'unit', unit: 'day' }],
  ['tage|tagen', { is: 'unit', unit: 'day', plural: true }],
  ['woche', { is: 'unit', unit: 'week' }],
  ['wochen', { is: 'unit', unit: 'week', plural: true }],
  ['monat|monats', { is: 'unit', unit: 'month' }],
  ['monate|monaten', { is: 'unit', unit: 'month', plural: true }],
  ['jahr|jahre|jahren', { is: 'unit', unit: 'year' }],
];

const clock: readonly WordEntry[] = [
  ['uhr|h', { is: 'hourMark' }],
  ['halb|halbe|halben', { is: 'half' }],
  ['viertel', { is: 'quarter' }],
  ['dreiviertel|drei viertel', { is: 'threeQuarters' }],
  ['mitternacht|mitternachts', { is: 'midnight' }],
  ['um|zu', { is: 'at' }],
  ['gegen|ungefähr|circa|zirka|ca|etwa|rum|herum|so um|so gegen', { is: 'around' }],
];

const bounds: readonly WordEntry[] = [
  ['ab|von|vom|frühestens|nicht vor|nicht früher als|frühstens', { is: 'bound', edge: 'from', inclusive: true }],
  ['nach', { is: 'bound', edge: 'from', inclusive: false, counts: 'past' }],
  ['vor', { is: 'bound', edge: 'to', inclusive: false, counts: 'to', looksBack: true }],
  ['bis|bis zum|bis zu', { is: 'bound', edge: 'to', inclusive: true, joins: true }],
  ['spätestens|nicht später als|nicht nach|bis spätestens', { is: 'bound', edge: 'to', inclusive: true }],
  ['ab und zu', { is: 'anytime' }],
  ['zwischen', { is: 'between' }],
  ['und', { is: 'and' }],
  ['oder|beziehungsweise', { is: 'or' }],
  ['innerhalb|binnen|innerhalb von', { is: 'within' }],
  ['am|den|der', { is: 'on' }],
  ['in|im', { is: 'in' }],
  ['ein|eine|einen|einer|einem|eines', { is: 'article' }],
];

const wishes: readonly WordEntry[] = [
  [
    'so früh wie möglich|so bald wie möglich|sobald wie möglich|so schnell wie möglich|möglichst früh|möglichst bald|baldmöglichst|schnellstmöglich|' +
      'frühestmöglich|sofort|jetzt|gleich|so früh es geht|so bald es geht|nächstmöglich|am frühesten|ab sofort|als erstes|gleich als erstes',
    { is: 'soonest' },
  ],
  [`${inflected('nächstmöglich')}|${inflected('frühestmöglich', 'nächstbest')}`, { is: 'soonest' }],
  [
    'nächster termin|nächsten termin|nächste freie termin|nächsten freien termin|nächster freier termin',
    { is: 'soonest' },
  ],
  ['irgendwann|egal wann|jederzeit|egal|wann auch immer|wann es geht|ab jetzt|ab heute irgendwann', { is: 'anytime' }],
];

const fillers =
  'äh|ähm|öh|hm|hmm|mh|mhm|ja|also|so|na|naja|tja|mal|halt|eben|eigentlich|vielleicht|bitte|bitteschön|gerne|gern|lieber|am liebsten|am besten|wenn|möglich|wenns|geht|' +
  'wenn es geht|wenn möglich|ginge|ging|ging es|passt|passen|passte|würde|würden|wäre|wären|hätte|hätten|könnte|könnten|kann|können|möchte|möchten|will|wollen|ich|wir|mir|' +
  'uns|sie|es|das|dass|die|dem|des|zum|zur|da|dann|denn|noch|erst|schon|auch|nur|doch|wieder|einfach|sagen|sagen wir|sagen wir mal|ist|sei|sein|haben|hab|habe|brauche|' +
  'bräuchte|termin|einen termin|ein termin|einen platz|platz|zeit|die zeit|uhrzeit|oder so|oder so was|irgendwie|gut|guten morgen|guten tag|hallo|danke|genau|okay|ok|' +
  'kommen|vorbeikommen|vorbei|dran|frei|was|was frei|etwas|wie|wäre es|super|schön|glaube|denke|für|mit|irgendwo|eventuell|evtl|wohl|bei|ihnen|von mir aus|meinetwegen|machen|' +
  'datum|hin|an|mein|meinen|punkt|kurz|pünktlich|so was|sowas|in ordnung|und zwar|ich glaube|buchen|reservieren|bekommen|kriegen';

/** What callers say in German. */
export const german: SpokenLanguage = {
  code: 'de',
  traits: { halfIs: 'before', slashes: 'day-first', dotIsOrdinal: true, eightDaysAreAWeek: true },
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
  voice: germanVoice,
};
