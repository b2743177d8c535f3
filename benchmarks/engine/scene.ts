import type { Engine } from 'askpro';
import { buildTown, type Town } from './town.ts';

/** A town, and an engine on a copy of it that is only read from. */
export interface ReadingScene {
  readonly town: Town;
  readonly engine: Engine;
  readonly file: string;
}

/** What the benchmarks of the engine share; made when first asked for. */
export class EngineScene {
  #town: Promise<Town> | undefined;
  #reading: Promise<ReadingScene> | undefined;

  town(): Promise<Town> {
    return (this.#town ??= buildTown());
  }

  reading(): Promise<ReadingScene> {
    return (this.#reading ??= this.#open());
  }

  async close(): Promise<void> {
    await (await this.#reading)?.engine.stop();
    (await this.#town)?.close();
  }

  async #open(): Promise<ReadingScene> {
    const town = await this.town();
    const file = town.copy();
    return { town, file, engine: await town.open(file, 'NORMAL') };
  }
}
