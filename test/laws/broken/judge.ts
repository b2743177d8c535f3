import type { Law } from '../../../src/core/contracts/law.ts';
import type { Storage } from '../../../src/core/contracts/storage.ts';
import { storageLaws } from '../../../src/core/contracts/storageLaws.ts';
import type { SqliteFile } from '../sqliteFile.ts';
import { faultyMethods, type BrokenAdapter } from './brokenAdapter.ts';

/** Tells which laws an adapter breaks, by their names and in their order. */
export type Judge = (adapter: BrokenAdapter) => Promise<readonly string[]>;

/**
 * Makes a judge. A fault lies in some methods, and a law that calls none of them meets none of it: so the judge first
 * notes what each law calls when nothing is wrong, and then runs only those that can come out differently.
 */
export async function judgeOn(file: SqliteFile): Promise<Judge> {
  const calls = await callsOfLaws(file);
  return async ({ plant }) => {
    let methods: readonly string[] = [];
    const create: Parameters<typeof storageLaws>[0]['create'] = async (clock) => {
      const planted = plant({ real: await file.fresh(clock), raw: file.raw, clock });
      methods = faultyMethods(planted);
      return planted;
    };
    await create({ now: () => 0, after: () => () => undefined });
    const broken: string[] = [];
    for (const law of storageLaws({ create }))
      if (['*', ...methods].some((method) => calls.get(law.name)?.has(method)) && !(await holds(law)))
        broken.push(law.name);
    return broken;
  };
}

const holds = (law: Law): Promise<boolean> =>
  law.run().then(
    () => true,
    () => false,
  );

async function callsOfLaws(file: SqliteFile): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const calls = new Map<string, Set<string>>();
  let noted = new Set<string>();
  const laws = storageLaws({ create: async (clock) => noting(await file.fresh(clock), '', (name) => noted.add(name)) });
  for (const law of laws) {
    noted = new Set();
    calls.set(law.name, noted);
    await law.run();
  }
  return calls;
}

/** The storage, with each call of a method noted by its name, and as `*` that somebody looks which methods there are. */
const noting = <T extends Storage | Storage['documents' | 'directory' | 'maintenance']>(
  real: T,
  prefix: string,
  note: (method: string) => void,
): T =>
  new Proxy(real, {
    ownKeys: (target) => {
      note('*');
      return Reflect.ownKeys(target);
    },
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === 'object' && value !== null) return noting(value as never, `${prefix}${String(name)}.`, note);
      if (typeof value !== 'function') return value;
      return (...input: unknown[]): unknown => {
        note(prefix + String(name));
        return Reflect.apply(value, target, input);
      };
    },
  });
