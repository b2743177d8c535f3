import type { Sequelize } from 'sequelize';
import { borrow, discard, giveBack } from '../../lend.ts';
import { CommitLost } from './lostCommit.ts';
import { openedMs } from './openedMs.ts';
import { expectAnswers, expectNothing, Silence, silentShare, within } from './silence.ts';
import type { Wire } from './wire.ts';

/** No later attempt is given less than this part of the limit, or nothing would ever come of it. */
const leastShare = 0.25;
/** What a server is given to say that a lock was not to be had, before it counts as silent. */
const lockGraceMs = 250;

const jitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5 * 2 ** attempt, 200)));

/** How connections of a pool are lent for work, how long the work may last, and when it is done again. */
export class Lending<Connection extends object> {
  readonly #sequelize: Sequelize;
  readonly #wire: Wire<Connection>;
  readonly #limitMs: number;
  readonly #silentMs: number;
  /**
   * When a server last said that it takes no writes. It may have been the primary until then, and the address may lead to
   * another one by now, so connections from before are opened anew.
   */
  #suspectMs = -Infinity;
  /** Those that may have something open that is nobody's. */
  readonly #distrusted = new WeakSet<Connection>();

  /** @param lockWaitMs - how long a statement waits for a lock before the server says so */
  constructor(sequelize: Sequelize, wire: Wire<Connection>, limitMs: number, lockWaitMs: number) {
    this.#sequelize = sequelize;
    this.#wire = wire;
    this.#limitMs = limitMs;
    this.#silentMs = Math.max(silentShare * limitMs, lockWaitMs + lockGraceMs);
  }

  /** When an operation that begins now is given up. */
  deadlineMs(): number {
    return performance.now() + this.#limitMs;
  }

  /** The same for the question what became of an operation, for which there must be some time left. */
  deadlineOfQuestionMs(deadlineMs: number): number {
    return Math.max(deadlineMs, performance.now() + leastShare * this.#limitMs);
  }

  /** Lends a connection. One that was lost, or that may still be at something, leaves the pool. */
  async lend<T>(work: (connection: Connection) => Promise<T>, deadlineMs: number): Promise<T> {
    const connection = await this.#borrow(deadlineMs);
    const socket = this.#wire.socket(connection);
    // A change of the schema or a backup has no deadline: one statement of it may take long, and so may what comes between two.
    if (deadlineMs < Infinity) expectAnswers(socket, this.#patienceMs(deadlineMs));
    let sound = true;
    try {
      return await work(connection);
    } catch (error) {
      const takesNoWrites = this.#wire.takesNoWrites(error);
      if (takesNoWrites) this.#suspectMs = performance.now();
      sound = !(error instanceof CommitLost) && !this.#wire.isConnectionLost(error) && !takesNoWrites;
      throw error;
    } finally {
      expectNothing(socket);
      if (sound && !this.#distrusted.has(connection)) giveBack(this.#sequelize, connection);
      else await discard(this.#sequelize, connection).catch(() => undefined);
    }
  }

  /** Lets a connection that is lent go out of the pool instead of back: what it has open would be the next one's. */
  distrust(connection: Connection): void {
    this.#distrusted.add(connection);
  }

  /** Runs work again while the server asks for that, or while connections that had gone away are being replaced. */
  async repeat<T>(work: (deadlineMs: number) => Promise<T>, deadlineMs = this.deadlineMs()): Promise<T> {
    let earlier: unknown;
    for (let attempt = 0; ; attempt++) {
      try {
        return await work(deadlineMs);
      } catch (error) {
        if (!this.#wire.asksForRepetition(error) && !this.#wire.isConnectionLost(error)) throw error;
        // That the time was over before the last attempt had its answer tells less than what came before it.
        if (performance.now() >= deadlineMs) throw error instanceof Silence ? (earlier ?? error) : error;
        earlier = error;
      }
      await jitter(attempt);
    }
  }

  #patienceMs(deadlineMs: number): number {
    const leftMs = deadlineMs - performance.now();
    return Math.ceil(Math.max(Math.min(leftMs, this.#silentMs), leastShare * this.#limitMs, 1));
  }

  /** A connection that was not opened before a server said that it takes no writes. */
  async #borrow(deadlineMs: number): Promise<Connection> {
    for (;;) {
      const connection = await this.#fromPool(deadlineMs);
      if (openedMs(connection) > this.#suspectMs) return connection;
      await discard(this.#sequelize, connection).catch(() => undefined);
    }
  }

  #fromPool(deadlineMs: number): Promise<Connection> {
    const asked = borrow<Connection>(this.#sequelize, 'askpro');
    const leftMs = deadlineMs - performance.now();
    // At first the pool itself gives up in time.
    if (leftMs > silentShare * this.#limitMs) return asked;
    return within(asked, Math.max(leftMs, 1), (late) => giveBack(this.#sequelize, late));
  }
}
