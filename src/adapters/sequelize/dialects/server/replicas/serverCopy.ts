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

/** One replica and its pool. What is run here only reads, and whatever fails is not run here again. */
export class ServerCopy<Connection> implements Copy {
  readonly name: string;
  readonly #sequelize: Sequelize;
  readonly #wire: Wire<Connection>;
  readonly #positions: Positions;

  constructor(name: string, sequelize: Sequelize, wire: Wire<Connection>, positions: Positions) {
    this.name = name;
    this.#sequelize = sequelize;
    this.#wire = wire;
    this.#positions = positions;
  }

  async run<T>(program: Program<T>): Promise<T> {
    const connection = await borrow<Connection>(this.#sequelize, 'askpro');
    // A server that hangs says nothing; cutting the connection ends the wait.
    const limit = setTimeout(() => this.#wire.sever(connection), copyPatienceMs);
    let sound = false;
    try {
      const result = await runLater(program, (step) => this.#wire.answer(connection, step));
      sound = true;
      return result;
    } finally {
      clearTimeout(limit);
      if (sound) giveBack(this.#sequelize, connection);
      else await discard(this.#sequelize, connection).catch(() => undefined);
    }
  }

  position(): Promise<string> {
    return this.run(position(this.#positions.replica));
  }

  async close(): Promise<void> {
    await this.#sequelize.close();
  }
}
