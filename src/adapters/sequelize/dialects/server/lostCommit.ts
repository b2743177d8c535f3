import type { Wire } from './wire.ts';

/** The connection was lost while a commit was under way. */
export class CommitLost extends Error {
  override readonly name = 'CommitLost';
}

/** What is not known about a write that was begun more than once. */
export interface Doubt {
  /** Its first attempt whose commit was not answered. */
  lost: CommitLost | undefined;
}

/** Waits for the answer to whatever commits: when it is lost the server may have committed, or be about to. */
export async function orLost<T>(
  answer: Promise<T>,
  { isConnectionLost }: Pick<Wire<never>, 'isConnectionLost'>,
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw isConnectionLost(error) ? new CommitLost('the commit was not answered', { cause: error }) : error;
  }
}
