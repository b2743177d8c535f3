/** The known name a misspelt one probably stands for. */
export function meant(name: string, known: readonly string[]): string | undefined {
  if (name.length > 40) return undefined;
  const wanted = name.toLowerCase().replaceAll(/[_-]/g, '');
  let best: string | undefined;
  let bestDistance = 3;
  for (const candidate of known) {
    const lower = candidate.toLowerCase();
    const short = wanted.length >= 3 && (lower.startsWith(wanted) || wanted.startsWith(lower));
    const distance = short ? 1.5 : editDistance(wanted, lower);
    if (distance < bestDistance && distance < candidate.length) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let l = 1; l <= left.length; l++) {
    const next = [l];
    for (let r = 1; r <= right.length; r++) {
      const replaced = (row[r - 1] ?? 0) + (left[l - 1] === right[r - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[r] ?? 0) + 1, (next[r - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
