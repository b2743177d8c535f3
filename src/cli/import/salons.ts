import type { FieldError } from 'askpro';

/** What is wrong in a file, and in which line. */
export interface LineError extends FieldError {
  readonly line: number;
}

/** A salon as the file has it. */
export type ReadSalon =
  | {
      readonly ok: true;
      /** Where it begins. */
      readonly line: number;
      readonly key: string | null;
      /** Judged by the engine. */
      readonly definition: unknown;
      /** Where in the file an error of the definition is. */
      readonly place: (path: string) => { readonly line: number; readonly path: string };
    }
  | {
      readonly ok: false;
      readonly line: number;
      readonly key: string | null;
      readonly errors: readonly LineError[];
    };
