/** Edits (insert, delete, replace one character) that turn `a` into `b`. */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replace = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
};

const afterSlash = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** The known name that was probably meant: nearly spelled alike, or alike behind the slash. Undefined where none is near. */
export const nearMiss = (wanted: string, known: readonly string[]): string | undefined => {
  const limit = Math.max(2, Math.floor(wanted.length / 5));
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of known) {
    const sameWord = afterSlash(name).toLowerCase() === afterSlash(wanted).toLowerCase();
    const edits = sameWord ? 1 : distance(wanted.toLowerCase(), name.toLowerCase());
    if (edits <= limit && (best === undefined || edits < best.edits)) best = { name, edits };
  }
  return best?.name;
};
