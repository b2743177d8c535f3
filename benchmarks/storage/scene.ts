import type { Storage } from 'askpro/adapter';
import type { Wish } from './bookings.ts';
import type { Bare, Ground, TownDatabase } from './ground.ts';
import { freePlaces } from './town.ts';

/** A town of few appointments, in which operations are recorded: what they run does not depend on how many there are. */
const SMALL = 10_000;

/** One database of each side, with the same town. */
export interface Pair {
  readonly ours: TownDatabase;
  readonly theirs: TownDatabase;
  readonly storage: Storage;
  readonly bare: Bare;
}

/** What the rows of one dialect share; made when it is first asked for. */
export class StorageScene {
  readonly ground: Ground;
  readonly appointments: number;
  readonly #closing: (() => Promise<unknown>)[] = [];
  #pair: Promise<Pair> | undefined;
  #recording: Promise<{ readonly town: TownDatabase; readonly storage: Storage }> | undefined;
  #places = freePlaces();
  #taken = 0;

  constructor(ground: Ground, appointments: number) {
    this.ground = ground;
    this.appointments = appointments;
  }

  /** The databases in which is measured. What one row books stays for those after it. */
  pair(): Promise<Pair> {
    return (this.#pair ??= this.#openPair());
  }

  /** A database in which operations are done to record their statements. */
  recording(): Promise<{ readonly town: TownDatabase; readonly storage: Storage }> {
    return (this.#recording ??= this.#openRecording());
  }

  /** Places that nobody has booked yet. */
  wishes(count: number): readonly Wish[] {
    const from = this.#taken;
    this.#taken += count;
    if (this.#taken > this.#places.length) throw new Error('The town has no free place left: ask for fewer rows.');
    return this.#places.slice(from, this.#taken).map((place, index) => ({ ...place, number: from + index }));
  }

  /** To be closed with the scene. */
  keep<T extends { stop(): Promise<unknown> }>(opened: T): T {
    this.#closing.push(() => opened.stop());
    return opened;
  }

  async close(): Promise<void> {
    for (const close of this.#closing.reverse()) await close();
    await this.ground.close();
  }

  async #openPair(): Promise<Pair> {
    const ours = await this.ground.town(this.appointments);
    const theirs = await this.ground.town(this.appointments);
    const bare = theirs.bare();
    this.#closing.push(() => bare.close());
    return { ours, theirs, storage: this.keep(await ours.storage()), bare };
  }

  async #openRecording(): Promise<{ readonly town: TownDatabase; readonly storage: Storage }> {
    const town = await this.ground.town(SMALL);
    return { town, storage: this.keep(await town.storage()) };
  }
}
