import type { Sequelize } from 'sequelize';
import { borrow, discard, giveBack } from '../../../lend.ts';
import { runLater } from '../../../program.ts';
import type { Program } from '../../../program.ts';
import type { Wire } from '../wire.ts';
import { position } from './positions.ts';
import type { Positions } from './positions.ts';
import type { Copy } from './replicaReads.ts';

/** A copy that does not answer within this is given up: the primary will. */
export const copyPatienceMs = 2000;
/** Connections that are tried for one read, when earlier ones turn out to lead elsewhere. */
const mostTries = 5;

/**
 * One replica and its pool. What is run here only reads, and whatever fails is not run here again. How far a server is says
 * nothing of another one, so reads go to the server alone whose position was asked last.
 */
export class ServerCopy<Connection extends object> implements Copy {
  readonly name: string;
  readonly #sequelize: Sequelize;
  readonly #wire: Wire<Connection>;
  readonly #positions: Positions;
  readonly #servers = new WeakMap<Connection, string>();
  /** Whose position was asked last. */
  #asked: string | undefined;

  constructor(name: string, sequelize: Sequelize, wire: Wire<Connection>, positions: Positions) {
    this.name = name;
    this.#sequelize = sequelize;
    this.#wire = wire;
    this.#positions = positions;
  }

  async run<T>(program: Program<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const had = await this.#lend(async (connection) => {
        const isAsked = (await this.#serverOf(connection)) === this.#asked;
        return { isSound: isAsked, result: isAsked ? await this.#on(connection, program) : undefined, isAsked };
      });
      if (had.isAsked) return had.result as T;
      if (tries === mostTries) throw new Error('its address leads to more servers than one');
    }
  }

  async position(): Promise<string> {
    const { result } = await this.#lend(async (connection) => {
      const server = await this.#serverOf(connection);
      const applied = await this.#on(connection, position(this.#positions.replica));
      // Who copies nobody may have been replaced: another connection may lead to who has taken his place.
      return { isSound: applied !== '', result: { server, applied } };
    });
    const before = this.#asked;
    this.#asked = result.server;
    if (result.applied === '') throw new Error('it replicates from nobody at the moment');
    if (before !== undefined && before !== result.server) throw new Error('another server answers at its address');
    return result.applied;
  }

  async close(): Promise<void> {
    await this.#sequelize.close();
  }

  #on<T>(connection: Connection, program: Program<T>): Promise<T> {
    return runLater(program, (step) => this.#wire.answer(connection, step));
  }

  async #serverOf(connection: Connection): Promise<string> {
    let server = this.#servers.get(connection);
    if (server === undefined) {
      server = await this.#on(connection, position(this.#positions.server));
      this.#servers.set(connection, server);
    }
    return server;
  }

  /** Lends a connection for work that says itself whether the connection is of further use. */
  async #lend<R extends { readonly isSound: boolean }>(work: (connection: Connection) => Promise<R>): Promise<R> {
    const connection = await borrow<Connection>(this.#sequelize, 'askpro');
    // A server that hangs says nothing; cutting the connection ends the wait.
    const limit = setTimeout(() => this.#wire.sever(connection), copyPatienceMs);
    let sound = false;
    try {
      const had = await work(connection);
      sound = had.isSound;
      return had;
    } finally {
      clearTimeout(limit);
      if (sound) giveBack(this.#sequelize, connection);
      else await discard(this.#sequelize, connection).catch(() => undefined);
    }
  }
}
