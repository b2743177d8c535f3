const scratch = new Float64Array(1 << 16);

/**
 * The least that finding slots can cost: one pass over sorted open and busy intervals (start, end pairs in milliseconds)
 * along a grid on which every opening begins. Answers the starts; busy intervals may touch but not overlap.
 */
export function sweep(open: Float64Array, busy: Float64Array, durationMs: number, stepMs: number): Float64Array {
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
        scratch[count++] = startMs;
        startMs += stepMs;
      }
    }
  }
  return scratch.slice(0, count);
}
