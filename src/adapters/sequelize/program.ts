/** What a statement may be given. */
export type SqlValue = null | number | string | Uint8Array;

/** A row as an array in the order of the columns asked for: cheaper than an object. */
export type Row = readonly SqlValue[];

/** One statement of a program, to be run with its `?` filled in order. */
export interface Step {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /**
   * What the program wants back: rows, the number of rows changed, or whether an insert that a key may refuse was let
   * in (1 or 0). Refused means: a unique key is taken, or fewer rows than `least` could be had.
   */
  readonly wants: 'rows' | 'changes' | 'admission';
  /** With `admission`: how many rows must have been written. */
  readonly least: number;
  /** With `admission`: one that is refused shall leave nothing, because the transaction goes on. */
  readonly undoes?: boolean;
  /** With `admission`: the statement picks its rows by a condition, so that it may write none without a key refusing. */
  readonly chooses?: boolean;
}

/** What a step comes back with. */
export type StepAnswer = readonly Row[] | number;

/**
 * Database work written once for drivers that answer at once (SQLite) and drivers that answer later (servers): it yields
 * statements and is handed their answers. It holds no resources, so it may be dropped at any step and started again.
 */
export type Program<T> = Generator<Step, T, StepAnswer>;

/** Asks for rows. */
export function* rows(sql: string, values: readonly SqlValue[]): Program<readonly Row[]> {
  return (yield { sql, values, wants: 'rows', least: 0 }) as readonly Row[];
}

/** Runs a statement for its effect and answers how many rows it changed. */
export function* change(sql: string, values: readonly SqlValue[]): Program<number> {
  return (yield { sql, values, wants: 'changes', least: 0 }) as number;
}

/** Writes rows that a key may refuse; false when it did. */
export function* admit(sql: string, values: readonly SqlValue[], least = 1): Program<boolean> {
  return (yield { sql, values, wants: 'admission', least }) === 1;
}

/** The same where a condition of the statement decides as well. */
export function* admitChosen(sql: string, values: readonly SqlValue[]): Program<boolean> {
  return (yield { sql, values, wants: 'admission', least: 1, chooses: true }) === 1;
}

/** The same where the transaction goes on after a refusal: what was written of the rows is undone. */
export function* tryToAdmit(sql: string, values: readonly SqlValue[], least: number): Program<boolean> {
  return (yield { sql, values, wants: 'admission', least, undoes: true }) === 1;
}

/** Runs a program to its end with a driver that answers at once. */
export function runNow<T>(program: Program<T>, answer: (step: Step) => StepAnswer): T {
  let step = program.next();
  while (step.done !== true) step = program.next(answer(step.value));
  return step.value;
}

/** Runs a program to its end with a driver that answers later. */
export async function runLater<T>(program: Program<T>, answer: (step: Step) => Promise<StepAnswer>): Promise<T> {
  let step = program.next();
  while (step.done !== true) step = program.next(await answer(step.value));
  return step.value;
}
