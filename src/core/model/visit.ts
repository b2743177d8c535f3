/** Several services that are asked for in one appointment. */
export interface VisitTerms<Name extends string = string> {
  /** 2 to 5, by keys or ids. Steps and grid are those of the first. */
  readonly services: readonly Name[];
  /** Whether they are done in the order given. */
  readonly order: 'given' | 'any';
  /** The longest wait between two of them. */
  readonly maxWaitMinutes: number;
}
