/** Where a connection breaks off when it is told to commit. */
export type Break = 'before-commit-arrives' | 'after-commit-arrived';

/** A direction. */
export type Way = 'to-server' | 'to-application';

/** What is wrong with a cable at the moment, the same for all its connections. */
export interface Condition {
  delayMs: number;
  isSilent: boolean;
  reset: { bytes: number; readonly way: Way } | undefined;
  nextBreak: { readonly where: Break; readonly forGood: boolean } | undefined;
  broken: number;
}
