import type { Operation, Violation } from './history.ts';
import { keptPromises } from './kept.ts';
import { doubleGrants } from './registers.ts';
import { contradictions } from './stored.ts';
import type { Scarce, Tables } from './tables.ts';

/** Everything that is wrong: in what processes were told, in what is stored, and between the two. */
export const judge = (operations: readonly Operation[], tables: Tables, scarce: Scarce): readonly Violation[] => [
  ...doubleGrants(operations),
  ...keptPromises(operations, tables),
  ...contradictions(tables, scarce),
];

/**
 * What is wrong where the guard was taken away: only what somebody would notice who knows nothing of claims, so that a
 * table without its rows is not taken for a proof.
 */
export const judgeUnguarded = (
  operations: readonly Operation[],
  tables: Tables,
  scarce: Scarce,
): readonly Violation[] => [
  ...doubleGrants(operations),
  ...contradictions({ ...tables, claims: [] }, scarce).filter(({ rule }) => rule === 'double'),
];
