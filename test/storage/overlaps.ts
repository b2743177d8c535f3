/** How many neighbours overlap in a list of start, end, start, end … that ascends by start. */
export function overlaps(busy: Float64Array | undefined): number {
  let count = 0;
  let endMs = -Infinity;
  for (let index = 0; busy !== undefined && index < busy.length; index += 2) {
    if ((busy[index] ?? 0) < endMs) count++;
    endMs = Math.max(endMs, busy[index + 1] ?? 0);
  }
  return count;
}
