import type { Storage } from '../../../src/adapter.ts';

/** Something that is asked of a storage, and how it may go about it. */
export interface Asked {
  readonly name: string;
  readonly ask: (storage: Storage) => Promise<unknown>;
  /** By which indexes it is read, all of them; `a|b` is either. `calls key` is the primary key of the calls. */
  readonly by: readonly string[];
  /** Of these the index tells all that is asked. */
  readonly covered?: readonly string[];
  /** What may be read besides: the parts of a table are each read as is best for that part. */
  readonly also?: readonly string[] | 'any';
  /** What is found is few, and may be sorted. */
  readonly maySort?: true;
  /** All rows are asked for. */
  readonly mayScan?: true;
}

/** What is asked by each method of a contract: a new method does not compile without a question. */
export type Questions<T, Beside extends keyof T = never> = {
  readonly [M in Exclude<keyof T, Beside> & string]-?: readonly Asked[];
};

/** A value for each condition of a query: a new condition does not compile without one. */
export type Conditions<Q, Beside extends keyof Q = never> = {
  readonly [F in Exclude<keyof Q, Beside>]-?: NonNullable<Q[F]>;
};

/** A page that begins at the beginning, and one that goes on. */
export const pages = <P>(after: P): readonly (readonly [name: string, page: { readonly after?: P }])[] => [
  ['', {}],
  [', further', { after }],
];
