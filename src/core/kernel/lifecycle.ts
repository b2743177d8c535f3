import { EngineError } from '../errors.ts';
import type { BootRecord } from './boot.ts';
import { withinLimit, type BootTimer } from './deadline.ts';
import type { PluginHooks } from './definePlugin.ts';
import { report, textOf, type ErrorSink } from './errorSink.ts';

/** How long one plugin may take for each step, in milliseconds. */
export interface PluginLimits {
  readonly setupMs: number;
  readonly startMs: number;
  readonly stopMs: number;
}

/** Limits that hold where a host sets none. */
export const defaultLimits: PluginLimits = { setupMs: 10_000, startMs: 30_000, stopMs: 10_000 };

/** What a lifecycle works with. */
export interface LifecycleOptions {
  readonly limits: PluginLimits;
  readonly timer: BootTimer;
  readonly onError: ErrorSink;
  readonly boot: BootRecord;
}

interface Member {
  readonly name: string;
  readonly hooks: PluginHooks;
  /** Whether its `stop` is due. */
  running: boolean;
}

/** Starts members in the order in which they were added and stops them in reverse. Starts once, stops once. */
export class Lifecycle {
  readonly #members: Member[] = [];
  readonly #options: LifecycleOptions;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /** Adds a member; one that has nothing to start counts as running, since its setup may hold something open. */
  add(name: string, hooks: PluginHooks): void {
    this.#members.push({ name, hooks, running: hooks.start === undefined });
  }

  /**
   * Starts every member. Calls share one promise. Rejects with START_FAILED after what had started was stopped again, and
   * with ENGINE_STOPPED after a stop.
   */
  start(): Promise<void> {
    if (this.#stopping) return Promise.reject(new EngineError('ENGINE_STOPPED', 'start() was called after stop().'));
    return (this.#starting ??= this.#startAll());
  }

  /** Stops every running member, after a start under way. Calls share one promise. Rejects with STOP_FAILED. */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stopAll());
  }

  async #startAll(): Promise<void> {
    const { timer, boot } = this.#options;
    for (const member of this.#members) {
      if (member.running) continue;
      const begunMs = timer.monotonicMs();
      try {
        await this.#startOne(member);
      } catch (error) {
        for (const { name, reason } of await this.#stopRunning()) {
          report(this.#options.onError, reason, { phase: 'rollback', plugin: name });
        }
        throw new EngineError('START_FAILED', `Plugin "${member.name}" could not start: ${textOf(error)}.`, error);
      }
      member.running = true;
      boot.started(member.name, timer.monotonicMs() - begunMs);
    }
  }

  #startOne({ name, hooks }: Member): Promise<unknown> {
    const { limits, timer, onError } = this.#options;
    const run = async (): Promise<unknown> => hooks.start?.();
    // A start that succeeds after it was given up would leak what it opened.
    const undo = async (): Promise<unknown> => hooks.stop?.();
    const late = (error: unknown): void => report(onError, error, { phase: 'late', plugin: name });
    return withinLimit(
      {
        plugin: name,
        phase: 'start',
        limitMs: limits.startMs,
        run,
        onLate: (end) => ('error' in end ? late(end.error) : void undo().catch(late)),
      },
      timer,
    );
  }

  async #stopAll(): Promise<void> {
    // Whoever called start() learns how it ended.
    await this.#starting?.catch(() => {});
    const failures = await this.#stopRunning();
    if (failures.length === 0) return;
    const names = failures.map(({ name }) => `"${name}"`).join(', ');
    const reasons = failures.map(({ reason }) => reason);
    throw new EngineError('STOP_FAILED', `Could not stop: ${names}.`, new AggregateError(reasons, `Stopping ${names}`));
  }

  async #stopRunning(): Promise<readonly { readonly name: string; readonly reason: unknown }[]> {
    const { limits, timer, onError } = this.#options;
    const failures: { readonly name: string; readonly reason: unknown }[] = [];
    for (const member of this.#members.toReversed()) {
      if (!member.running) continue;
      member.running = false;
      const { name, hooks } = member;
      try {
        await withinLimit(
          {
            plugin: name,
            phase: 'stop',
            limitMs: limits.stopMs,
            run: async () => hooks.stop?.(),
            onLate: (end) => 'error' in end && report(onError, end.error, { phase: 'late', plugin: name }),
          },
          timer,
        );
      } catch (reason) {
        failures.push({ name, reason });
      }
    }
    return failures;
  }
}
