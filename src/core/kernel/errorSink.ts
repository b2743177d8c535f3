/** Stands in errors for the program that embeds the engine; no plugin may bear this name. */
export const HOST = 'host';

/** Where an error arose that nobody can be answered with. */
export interface ErrorPlace {
  /** An observer or a durable handler threw; a stop threw while a failed boot was undone; a step failed after its time limit had passed; a source of outside time failed; upkeep failed, or the journal of calls could not be written. */
  readonly phase: 'observer' | 'rollback' | 'late' | 'handler' | 'source' | 'upkeep' | 'journal';
  /** The plugin at work, or `host`. */
  readonly plugin: string;
  /** The event observed, in phase `observer`. */
  readonly event?: string;
  /** The key of the company at work, in phase `upkeep` where it is one company's. */
  readonly company?: string;
}

/** Receives errors that must neither be lost nor reach whoever happens to be calling. */
export type ErrorSink = (error: unknown, place: ErrorPlace) => void;

/** Hands an error to the sink; a sink that throws itself becomes a process warning. */
export const report = (sink: ErrorSink, error: unknown, place: ErrorPlace): void => {
  try {
    sink(error, place);
  } catch (sinkError) {
    process.emitWarning(`onError threw (${String(sinkError)}) while told of: ${String(error)}`, 'AskproWarning');
  }
};

/** The message of whatever was thrown, for a sentence that ends after it. */
export const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/u, '');
