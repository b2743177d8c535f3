import { EngineError } from '../errors.ts';

/** The time that boot is measured and limited by. */
export interface BootTimer {
  /** Milliseconds since any fixed moment; never goes back. */
  readonly monotonicMs: () => number;
  /** Calls back once after the delay; the function returned prevents it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

/** The machine's own time. */
export const systemTimer: BootTimer = {
  monotonicMs: () => performance.now(),
  after: (delayMs, callback) => {
    const timeout = setTimeout(callback, delayMs);
    return () => clearTimeout(timeout);
  },
};

/** A step of a plugin that has a time limit. */
export interface Step<T> {
  readonly plugin: string;
  readonly phase: 'setup' | 'start' | 'stop';
  readonly limitMs: number;
  readonly run: () => T | PromiseLike<T>;
  /** Told how a step ended that had already been given up. */
  readonly onLate?: (late: { readonly value: T } | { readonly error: unknown }) => void;
}

/** Runs a step. Rejects with what it throws, or with PLUGIN_TIMEOUT if it does not settle within its limit. */
export const withinLimit = async <T>(step: Step<T>, timer: BootTimer): Promise<T> => {
  const running = Promise.resolve(step.run());
  let givenUp = false;
  let cancel = (): void => {};
  const limit = new Promise<never>((_, reject) => {
    cancel = timer.after(step.limitMs, () => {
      givenUp = true;
      const what = `Plugin "${step.plugin}" did not finish its ${step.phase} within ${step.limitMs} ms.`;
      reject(new EngineError('PLUGIN_TIMEOUT', what));
    });
  });
  running.then(
    (value) => givenUp && step.onLate?.({ value }),
    (error: unknown) => givenUp && step.onLate?.({ error }),
  );
  try {
    return await Promise.race([running, limit]);
  } finally {
    cancel();
  }
};
