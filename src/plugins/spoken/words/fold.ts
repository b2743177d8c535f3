/** The longest text that is read, in UTF-16 units. */
export const MAX_TEXT = 500;

const LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** Lower case, umlauts written out, other accents and apostrophes gone: `Übermorgen` and `uebermorgen` become the same. */
export const fold = (text: string): string =>
  bare(
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[äöüß]/g, (letter) => LETTERS[letter] ?? letter),
  );

/** The same with the dots of umlauts lost, as some transcripts have it: `ubermorgen`. */
export const foldDotless = (text: string): string => bare(text.toLowerCase().replaceAll('ß', 'ss'));

const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’`´]/g, '');
