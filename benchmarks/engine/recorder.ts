import { DatabaseSync, StatementSync } from 'node:sqlite';

/** What a statement may be given. */
export type Value = null | number | string | Uint8Array;

/** One statement as it ran: on which connection, with which values. */
export interface Recorded {
  readonly connection: number;
  readonly sql: string;
  readonly values: readonly Value[];
  readonly rows: boolean;
}

const connections = new WeakMap<object, number>();
const connectionOfStatement = new WeakMap<object, number>();
let connectionCount = 0;

function connectionOf(database: object): number {
  let known = connections.get(database);
  if (known === undefined) connections.set(database, (known = connectionCount++));
  return known;
}

// Statements are prepared once and run often, so listening here, always, costs no operation anything.
const prepare = DatabaseSync.prototype.prepare;
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...args: Parameters<typeof prepare>) {
  const statement = prepare.apply(this, args);
  connectionOfStatement.set(statement, connectionOf(this));
  return statement;
};

type Method = (this: object, ...args: unknown[]) => unknown;

/** Puts a listener before a method of the driver; the answer takes it away again. */
export function observe(
  prototype: object,
  name: string,
  told: (self: object, args: readonly unknown[]) => void,
): () => void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name];
  if (original === undefined) throw new Error(`The driver has no method ${name}.`);
  methods[name] = function (...args) {
    told(this, args);
    return original.apply(this, args);
  };
  return () => {
    methods[name] = original;
  };
}

/**
 * The statements that ran while the work was done. It listens to Node's SQLite driver itself, so that what is recorded
 * is what really ran, whichever way the product went; in between the driver is as it was.
 */
export async function recorded(work: () => Promise<unknown>): Promise<readonly Recorded[]> {
  const statements: Recorded[] = [];
  const restores = ['all', 'get', 'run'].map((method) =>
    observe(StatementSync.prototype, method, (statement, values) => {
      statements.push({
        connection: connectionOfStatement.get(statement) ?? -1,
        sql: (statement as StatementSync).sourceSQL,
        // Buffers may be reused by whoever passed them.
        values: (values as Value[]).map((value) => (value instanceof Uint8Array ? Uint8Array.from(value) : value)),
        rows: method !== 'run',
      });
    }),
  );
  restores.push(
    observe(DatabaseSync.prototype, 'exec', (database, [sql]) => {
      statements.push({ connection: connectionOf(database), sql: String(sql), values: [], rows: false });
    }),
  );
  try {
    await work();
  } finally {
    for (const restore of restores) restore();
  }
  return statements;
}
