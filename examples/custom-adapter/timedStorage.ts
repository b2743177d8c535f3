import type { Storage, StorageFactory } from 'askpro/adapter';

/** One call of the storage that has ended. */
export interface StorageCall {
  /** `write`, `directory.number` … */
  readonly method: string;
  readonly milliseconds: number;
  readonly failed: boolean;
}

/** Any storage, told of how long each of its calls takes: for a slow log, or for metrics. */
export function timedStorage(inner: StorageFactory, tell: (call: StorageCall) => void): StorageFactory {
  return {
    name: `timed(${inner.name})`,
    create: async (options): Promise<Storage> => timed(await inner.create(options), '', tell),
  };
}

/** The same object, every method of which is measured; the parts of a storage are objects like itself. */
function timed<T extends object>(part: T, prefix: string, tell: (call: StorageCall) => void): T {
  const wrapped = new Map<string | symbol, unknown>();
  const wrap = (name: string, value: unknown): unknown => {
    if (typeof value === 'function')
      return (...args: unknown[]) => measured(() => Reflect.apply(value, part, args) as unknown, prefix + name, tell);
    return typeof value === 'object' && value !== null ? timed(value, `${prefix}${name}.`, tell) : value;
  };
  return new Proxy(part, {
    get(target, name) {
      if (!wrapped.has(name)) wrapped.set(name, wrap(String(name), Reflect.get(target, name, target)));
      return wrapped.get(name);
    },
  });
}

async function measured(run: () => unknown, method: string, tell: (call: StorageCall) => void): Promise<unknown> {
  const startedMs = performance.now();
  let failed = true;
  try {
    const answer = await run();
    failed = false;
    return answer;
  } finally {
    tell({ method, milliseconds: performance.now() - startedMs, failed });
  }
}
