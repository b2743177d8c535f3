/** As much of a name as is compared, in code points. */
const MOST_COMPARED = 60;

/** Names that are nothing but letters and signs of ASCII, and single blanks between them: only their case is taken away. */
const isSimple = /^[!-~]+(?: [!-~]+)*$/;

/**
 * A name as it is searched for and ordered: without case, accents and needless blanks, so that `muller` finds `Müller`.
 * Two names may have the same.
 */
export function nameKey(name: string): string {
  if (name.length <= MOST_COMPARED && isSimple.test(name)) return name.toLowerCase();
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
  return [...plain.replace(/\s+/gu, ' ').trim()].slice(0, MOST_COMPARED).join('');
}
