/** Waits until a condition holds of something real that comes up by itself; the text says what it was waited for. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  waitedFor: () => string,
  limitMs = 60_000,
): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`${waitedFor()} after ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
