import { observe, type Recorded } from '../engine/recorder.ts';

/** How a method of a driver names what it runs; without values: a statement such as COMMIT. */
type Reading = (args: readonly unknown[]) => { readonly sql: string; readonly values: Recorded['values'] | undefined };

/** The statements that a driver for a server was given while the work was done; prepared ones are marked as having rows. */
export async function recordedBy(
  prototype: object,
  methods: readonly (readonly [method: string, read: Reading])[],
  work: () => Promise<unknown>,
): Promise<readonly Recorded[]> {
  const statements: Recorded[] = [];
  const restores = methods.map(([method, read]) =>
    observe(prototype, method, (_, args) => {
      const { sql, values } = read(args);
      statements.push({ connection: 0, sql, values: values ?? [], rows: values !== undefined });
    }),
  );
  try {
    await work();
  } finally {
    for (const restore of restores) restore();
  }
  return statements;
}

/** Puts statements that were recorded one after the other back into their transactions. */
export function transactionsOf(recording: readonly Recorded[]): readonly (readonly Recorded[])[] {
  const transactions: Recorded[][] = [[]];
  for (const statement of recording) {
    transactions.at(-1)?.push(statement);
    if (/^(?:COMMIT|ROLLBACK)$/.test(statement.sql)) transactions.push([]);
  }
  return transactions.filter((statements) => statements.length > 0);
}
