import { DatabaseSync, StatementSync } from 'node:sqlite';

/** Statements that reached SQLite, and the rows that came back. */
export interface Traffic {
  readonly statements: number;
  readonly rows: number;
}

interface Seen {
  statements: number;
  rows: number;
}

const watchers = new Set<Seen>();

const tell = (answer: unknown): void => {
  for (const seen of watchers) {
    seen.statements += 1;
    if (Array.isArray(answer)) seen.rows += answer.length;
    else if (answer !== undefined && answer !== null && !('changes' in (answer as object))) seen.rows += 1;
  }
};

/** Where every statement of this process passes, prepared or not, whoever sends it. */
const gates: readonly (readonly [object, string])[] = [
  [StatementSync.prototype, 'all'],
  [StatementSync.prototype, 'get'],
  [StatementSync.prototype, 'run'],
  [StatementSync.prototype, 'iterate'],
  [DatabaseSync.prototype, 'exec'],
];

for (const [prototype, name] of gates) {
  const original = Reflect.get(prototype, name) as (...args: unknown[]) => unknown;
  Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]): unknown {
    const answer = Reflect.apply(original, this, args);
    tell(answer);
    return answer;
  });
}

/** What the work sends to SQLite, seen at the driver. */
export async function trafficOf(work: () => Promise<unknown>): Promise<Traffic> {
  const seen: Seen = { statements: 0, rows: 0 };
  watchers.add(seen);
  try {
    await work();
  } finally {
    watchers.delete(seen);
  }
  return seen;
}
