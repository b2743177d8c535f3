/** Gives one item away, and waits until it is asked for the next. */
export type Emit<T> = (item: T) => Promise<void>;

/** Nobody wants to hear any more. */
class Unwanted extends Error {
  override readonly name = 'Unwanted';
}

/**
 * Turns work that gives items away into something to iterate over, at the pace of whoever iterates. Where he stops early,
 * the work ends at its next item, and is waited for.
 */
export async function* produced<T>(work: (emit: Emit<T>) => Promise<void>): AsyncGenerator<T> {
  let given: { readonly item: T } | undefined;
  let wanted = true;
  let goOn: () => void = () => undefined;
  let wake: () => void = () => undefined;
  let ended: { readonly error?: unknown } | undefined;
  const emit: Emit<T> = async (item) => {
    if (!wanted) throw new Unwanted();
    given = { item };
    wake();
    await new Promise<void>((resolve) => (goOn = resolve));
    if (!wanted) throw new Unwanted();
  };
  const working = work(emit).then(
    () => ((ended = {}), wake()),
    (error: unknown) => ((ended = { error }), wake()),
  );
  try {
    for (;;) {
      if (given === undefined && ended === undefined) await new Promise<void>((resolve) => (wake = resolve));
      if (given !== undefined) {
        const { item } = given;
        given = undefined;
        yield item;
        goOn();
      } else if (ended !== undefined) {
        if ('error' in ended) throw ended.error;
        return;
      }
    }
  } finally {
    wanted = false;
    goOn();
    await working;
  }
}
