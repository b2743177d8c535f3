const opened = new WeakMap<object, number>();

/** Notes that a connection has just been opened. */
export const noteOpened = (connection: object): void => void opened.set(connection, performance.now());

/** When a connection was opened, by this process's steady clock. Of one that nobody noted it is when it was first asked for. */
export function openedMs(connection: object): number {
  let known = opened.get(connection);
  if (known === undefined) opened.set(connection, (known = performance.now()));
  return known;
}
