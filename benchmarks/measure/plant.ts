/** Names of rows whose side of ours shall do all its work twice: so it is shown that the check sees a slowdown. */
const planted = new Set((process.env['ASKPRO_BENCH_PLANT'] ?? '').split(',').filter((name) => name !== ''));

/** Whether our side of a row does its work twice: then the two sides leave different things behind. */
export const isPlanted = (row: string): boolean => planted.has(row);

/** The operation itself, or one that does its work twice where a slowdown is planted in its row. */
export function withPlant<T>(row: string, operation: () => Promise<T>): () => Promise<T> {
  if (!planted.has(row)) return operation;
  return async () => {
    await operation();
    return operation();
  };
}

/** The same for an operation that answers at once. */
export function withPlantNow<T>(row: string, operation: () => T): () => T {
  if (!planted.has(row)) return operation;
  return () => {
    operation();
    return operation();
  };
}
