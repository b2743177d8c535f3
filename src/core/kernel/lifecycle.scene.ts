import { EngineError } from '../errors.ts';
import { BootRecord } from './boot.ts';
import type { ErrorPlace } from './errorSink.ts';
import { Lifecycle } from './lifecycle.ts';
import { manualTimer } from './manualTimer.ts';

/** A lifecycle on a manual timer, what it did, and what it reported. Limits: start 100 ms, stop 50 ms. */
export const scene = () => {
  const timer = manualTimer();
  const boot = new BootRecord();
  const steps: string[] = [];
  const reported: (ErrorPlace & { readonly error: unknown })[] = [];
  const lifecycle = new Lifecycle({
    limits: { setupMs: 10, startMs: 100, stopMs: 50 },
    timer,
    boot,
    onError: (error, place) => reported.push({ error, ...place }),
  });
  /** Adds a member that notes its steps; the steps named fail. */
  const member = (name: string, failing: { readonly start?: Error; readonly stop?: Error } = {}): void =>
    lifecycle.add(name, {
      start: () => {
        steps.push(`start ${name}`);
        if (failing.start) throw failing.start;
      },
      stop: () => {
        steps.push(`stop ${name}`);
        if (failing.stop) throw failing.stop;
      },
    });
  return { lifecycle, timer, boot, steps, reported, member };
};

/** The fault that a promise rejects with. */
export const rejection = async (promise: Promise<unknown>): Promise<EngineError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof EngineError) return error;
  throw new Error('Expected an EngineError.');
};
