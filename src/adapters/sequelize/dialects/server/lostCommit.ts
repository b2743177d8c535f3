/** The connection was lost while a commit was under way. */
export class CommitLost extends Error {
  override readonly name = 'CommitLost';
}

/** What is not known about a write that was begun more than once. */
export interface Doubt {
  /** Its first attempt whose commit was not answered. */
  lost: CommitLost | undefined;
}
