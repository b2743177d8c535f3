import type { ServerResponse } from 'node:http';

/** A client that can be written to, and whoever watches that it takes in what is written. */
export interface Sink {
  readonly response: ServerResponse;
  /** Writes the head; false when somebody else has answered, or nobody listens any more. */
  begin(): boolean;
  /** A piece has left, and the next one may. */
  moved(): void;
}

/**
 * Answers with pieces, no faster than the client takes them in: the next one is asked for when the one before has left. A
 * client that goes away ends the reading. What fails before the first piece can still be answered as a fault; after it the
 * connection is cut, so that nobody takes half an answer for a whole one.
 */
export async function pour(pieces: AsyncIterable<string>, { response, begin, moved }: Sink): Promise<void> {
  const reading = pieces[Symbol.asyncIterator]();
  let hasBegun = false;
  try {
    for (let next = await reading.next(); next.done !== true; next = await reading.next()) {
      if (!hasBegun && !begin()) return;
      hasBegun = true;
      if (response.destroyed) return;
      const hasRoom = response.write(next.value);
      moved();
      if (!hasRoom) await room(response);
      if (response.destroyed) return;
    }
    if (hasBegun || begin()) response.end();
  } catch (error) {
    if (hasBegun) response.destroy();
    throw error;
  } finally {
    await reading.return?.(undefined);
  }
}

/** Settles when more can be written, or never will be. */
function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
    if (response.destroyed) settle();
  });
}
