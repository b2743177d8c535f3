import type { Clock } from '../contracts/clock.ts';
import { contributionPoint } from '../kernel/contribution.ts';

/** Work that has to be done again and again, whoever asks for what. Any process may do it at the same time as others. */
export interface Upkeep {
  /** Names it where it fails. */
  readonly name: string;
  /** How often, jittered by a fifth. */
  readonly everyMs: number;
  /** Does a little of it; true when there may be more to do at once. */
  turn(): Promise<boolean>;
}

/** Work that plugins contribute. It is done while the engine runs, where the host does not leave it to other processes. */
export const Upkeep = contributionPoint<Upkeep>()('askpro/upkeep');

interface Deps {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Told of everything that fails; must not throw. */
  readonly onError: (error: unknown, task: string) => void;
}

/** Between so many turns in a row others have their time again, however much there is to do. */
const MOST_TURNS = 50;

/** Does all upkeep, each task at its own pace and never twice at a time. What fails is tried again at the next time. */
export class UpkeepRounds {
  readonly #tasks: readonly Upkeep[];
  readonly #deps: Deps;
  readonly #cancels = new Map<Upkeep, () => void>();
  readonly #working = new Set<Promise<void>>();
  #running = false;

  constructor(tasks: readonly Upkeep[], deps: Deps) {
    this.#tasks = tasks;
    this.#deps = deps;
  }

  /** Begins; the first turn of each task comes after its interval. */
  start(): void {
    this.#running = true;
    for (const task of this.#tasks) this.#schedule(task);
  }

  /** Ends the turns that are running, then does nothing more. */
  async stop(): Promise<void> {
    this.#running = false;
    for (const cancel of this.#cancels.values()) cancel();
    await Promise.all(this.#working);
  }

  #schedule(task: Upkeep): void {
    const { clock, random } = this.#deps;
    const begin = (): void => {
      const working = this.#work(task).finally(() => {
        this.#working.delete(working);
        if (this.#running) this.#schedule(task);
      });
      this.#working.add(working);
    };
    this.#cancels.set(task, clock.after(task.everyMs * (0.8 + 0.4 * random()), begin));
  }

  async #work(task: Upkeep): Promise<void> {
    try {
      for (let turn = 0; turn < MOST_TURNS && this.#running; turn++) if (!(await task.turn())) return;
    } catch (error) {
      this.#deps.onError(error, task.name);
    }
  }
}
