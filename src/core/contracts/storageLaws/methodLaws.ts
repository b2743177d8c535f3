import type { Directory } from '../directory.ts';
import { demandEqual } from '../law.ts';
import type { Maintenance } from '../maintenance.ts';
import type { StorageSentences } from './scene.ts';
import { documentTenancy } from './tenantDocuments.ts';
import { storageTenancy } from './tenantLaws.ts';
import type { Unscoped } from './tenantProof.ts';

/** What finds a company. */
const directoryMethods: Unscoped<Directory> = {
  number: true,
  agent: true,
  credential: true,
  providerCall: true,
  companyByKey: true,
  companies: true,
};

/** Work over all companies. */
const maintenanceMethods: Unscoped<Maintenance> = {
  leaseEvents: true,
  markDelivered: true,
  markSent: true,
  postpone: true,
  backlog: true,
  staleCalls: true,
  sweep: true,
  due: true,
};

/** Demands that an object has no other methods than these, its prototypes' included. */
function demandOnly(object: object, known: Readonly<Record<string, unknown>>, of: string): void {
  const found = new Set<string>();
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = prototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at))
      if (name !== 'constructor' && typeof Reflect.get(object, name) === 'function') found.add(name);
  const unproven = [...found].filter((name) => !Object.hasOwn(known, name));
  demandEqual(unproven, [], `methods of ${of} that nothing proves to keep companies apart (make them private with #)`);
}

const prototypeOf = (object: object): object | null => Object.getPrototypeOf(object) as object | null;

/** What an adapter may have beside its contract: nothing, because no law would know of it. */
export const methodLaws: StorageSentences = {
  'a storage and its sides have the methods of their contracts and no others': ({ storage }) => {
    demandOnly(storage, { ...storageTenancy, start: true, stop: true, now: true }, 'the storage');
    demandOnly(storage.documents, documentTenancy, 'documents');
    demandOnly(storage.directory, directoryMethods, 'the directory');
    demandOnly(storage.maintenance, maintenanceMethods, 'the maintenance');
    return Promise.resolve();
  },
};
