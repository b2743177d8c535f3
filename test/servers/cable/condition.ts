/** Where a connection breaks off when it is told to commit. */
export type Break = 'before-commit-arrives' | 'after-commit-arrived';

/** What follows a broken commit: nothing, or a cable that stays cut, or falls silent instead of breaking off. */
export type Aftermath = 'none' | 'cut' | 'silence';

/** A direction. */
export type Way = 'to-server' | 'to-application';

/** What is wrong with a cable at the moment, the same for all its connections. */
export interface Condition {
  delayMs: number;
  isSilent: boolean;
  /** When applications have got that many bytes, all falls silent. */
  silentAfter: number | undefined;
  /** Bytes that applications got. */
  told: number;
  reset: { bytes: number; readonly way: Way } | undefined;
  nextBreak: { readonly where: Break; readonly then: Aftermath } | undefined;
  broken: number;
}
