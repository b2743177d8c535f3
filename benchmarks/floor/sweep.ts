/**
 * The least that finding slots can cost: one pass over sorted open and busy intervals (start, end pairs in milliseconds)
 * along a grid on which every opening begins. Writes the starts and answers how many there are.
 */
export function sweep(
  open: Float64Array,
  busy: Float64Array,
  durationMs: number,
  stepMs: number,
  out: Float64Array,
): number {
  let count = 0;
  let at = 0;
  for (let index = 0; index < open.length; index += 2) {
    const openMs = open[index] ?? 0;
    const lastMs = (open[index + 1] ?? 0) - durationMs;
    let startMs = openMs;
    while (startMs <= lastMs) {
      while (at < busy.length && (busy[at + 1] ?? 0) <= startMs) at += 2;
      if (at < busy.length && (busy[at] ?? 0) < startMs + durationMs) {
        startMs = openMs + Math.ceil(((busy[at + 1] ?? 0) - openMs) / stepMs) * stepMs;
      } else {
        out[count++] = startMs;
        startMs += stepMs;
      }
    }
  }
  return count;
}
