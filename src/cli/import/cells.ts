/** What a cell says, or what is wrong with it. */
export type Cell = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Reads the text of a cell that is not empty. */
export type CellReader = (text: string) => Cell;

const ok = (value: unknown): Cell => ({ ok: true, value });
const wrong = (message: string): Cell => ({ ok: false, message });

/** A text as it stands. */
export const textCell: CellReader = ok;

/** A whole number. */
export const numberCell: CellReader = (text) =>
  /^-?\d{1,9}$/.test(text) ? ok(Number(text)) : wrong('must be a whole number');

/** Yes or no. */
export const flagCell: CellReader = (text) => {
  const word = text.toLowerCase();
  if (word === 'yes' || word === 'true') return ok(true);
  return word === 'no' || word === 'false' ? ok(false) : wrong('must be yes or no');
};

const parts = (text: string): readonly string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Words with a bar between them. */
export const listCell: CellReader = (text) => ok(parts(text));

/** An amount and its currency: `39.50 EUR`. */
export const priceCell: CellReader = (text) => {
  const [, whole, fraction = '', currency = ''] = /^(\d{1,9})(?:[.,](\d{1,4}))? ?([A-Z]{3})$/.exec(text) ?? [];
  const digits = whole === undefined ? undefined : minorDigits(currency);
  if (whole === undefined || digits === undefined) return wrong('must be an amount and a currency, like 39.50 EUR');
  if (fraction.length > digits) return wrong(`must have at most ${digits} digits behind the point in ${currency}`);
  return ok({ amountMinor: Number(whole + fraction.padEnd(digits, '0')), currency });
};

/** How many digits the smallest unit of a currency has. */
function minorDigits(currency: string): number | undefined {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  } catch {
    return undefined;
  }
}

const week = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
const aDay = '(?:mo|tu|we|th|fr|sa|su)';
const hoursForm = new RegExp(
  `^(${aDay}(?:-${aDay})?(?:[,/]${aDay}(?:-${aDay})?)*)((?: +\\d\\d?:\\d\\d ?- ?\\d\\d?:\\d\\d)+)$`,
);

/** Weekly hours: `mo-fr 09:00-12:00 13:00-18:00 | sa 09:00-14:00`. */
export const hoursCell: CellReader = (text) => {
  const windows: object[] = [];
  for (const part of parts(text.toLowerCase())) {
    const [, days = '', times = ''] = hoursForm.exec(part) ?? [];
    if (days === '') return wrong(`must be days and times, like mo-fr 09:00-18:00 | sa 09:00-14:00, not "${part}"`);
    for (const [, from = '', to = ''] of times.matchAll(/(\d\d?:\d\d) ?- ?(\d\d?:\d\d)/g))
      windows.push({ days: daysIn(days), from: from.padStart(5, '0'), to: to.padStart(5, '0') });
  }
  return ok(windows);
};

const daysIn = (text: string): readonly string[] => {
  const named = text.split(/[,/]/).flatMap((each) => {
    const [first = '', last = first] = each.split('-');
    const [from, to] = [week.indexOf(first as 'mo'), week.indexOf(last as 'mo')];
    // Saturday to Monday goes round the end of the week.
    return week.filter((_, day) => (from <= to ? day >= from && day <= to : day >= from || day <= to));
  });
  return week.filter((day) => named.includes(day));
};

const stretches = (text: string): readonly (readonly [string, string])[] =>
  parts(text).map((part) => {
    const [from = '', to = from] = part.split('..').map((each) => each.trim());
    return [from, to];
  });

/** Closed dates, with two dots for stretches: `2026-12-24 | 2026-12-27..2027-01-02`. */
export const datesCell: CellReader = (text) => ok(stretches(text).map(([from, to]) => ({ from, to })));

/** Time off between instants with their offsets: `2026-12-01T00:00+01:00..2026-12-08T00:00+01:00`. */
export const timeOffCell: CellReader = (text) => ok(stretches(text).map(([start, end]) => ({ start, end })));
