import type { Directory } from '../contracts/directory.ts';
import type { Storage } from '../contracts/storage.ts';
import type { CompanyConfig } from '../model/company.ts';
import type { CompanyId } from '../model/ids.ts';
import { toE164 } from '../phone/e164.ts';
import type { FieldError } from '../refusals.ts';
import type { CompanyDefinition } from './definition.ts';

/** A company of the document beside what is stored of it. */
export interface Wanted {
  readonly definition: CompanyDefinition;
  /** `companies[0]`. */
  readonly path: string;
  readonly stored: CompanyConfig | undefined;
}

interface Deps {
  readonly storage: Pick<Storage, 'config'>;
  readonly directory: Pick<Directory, 'number' | 'agent' | 'credential'>;
  readonly hash: (secret: string) => string;
}

/** What stands against a document that is right in itself. */
export interface Conflicts {
  readonly errors: readonly FieldError[];
  /** Numbers that pass from one company of the document to another, by the company that lets them go. */
  readonly leaving: ReadonlyMap<CompanyId, ReadonlySet<string>>;
}

/** Holds a document against everything that is stored, so that nothing is written where something cannot be. */
export async function findConflicts(all: readonly Wanted[], deps: Deps): Promise<Conflicts> {
  const leaving = new Map<CompanyId, Set<string>>();
  const configs = new Map(all.flatMap(({ stored }) => (stored === undefined ? [] : [[stored.company.id, stored]])));
  const errors = await Promise.all(
    all.map(async (wanted) => [
      ...grainErrors(wanted),
      ...(await numberErrors(wanted, deps, configs, leaving)),
      ...(await agentErrors(wanted, deps)),
      ...(await keyErrors(wanted, deps)),
    ]),
  );
  return { errors: errors.flat(), leaving };
}

function grainErrors({ definition, path, stored }: Wanted): readonly FieldError[] {
  const grainMinutes = stored?.company.grainMinutes;
  if (grainMinutes === undefined || grainMinutes === (definition.grainMinutes ?? 5)) return [];
  return [{ path: `${path}.grainMinutes`, message: `is ${grainMinutes} and cannot change` }];
}

async function numberErrors(
  { definition, path, stored }: Wanted,
  { storage, directory }: Deps,
  configs: ReadonlyMap<CompanyId, CompanyConfig>,
  leaving: Map<CompanyId, Set<string>>,
): Promise<readonly FieldError[]> {
  const own = new Set(stored?.numbers.filter(({ active }) => active).map(({ e164 }) => e164));
  const errors = (definition.numbers ?? []).map(async ({ number, active }, i): Promise<readonly FieldError[]> => {
    const e164 = toE164(number, definition.country) ?? number;
    if (active === false || own.has(e164)) return [];
    const holder = (await directory.number(e164))?.company.id;
    if (holder === undefined || holder === stored?.company.id) return [];
    const config = configs.get(holder) ?? (await storage.config(holder));
    if (config?.numbers.some((held) => held.active && held.e164 === e164) !== true) return [];
    if (!configs.has(holder))
      return [{ path: `${path}.numbers[${i}].number`, message: `belongs to another company: ${e164}` }];
    leaving.set(holder, (leaving.get(holder) ?? new Set()).add(e164));
    return [];
  });
  return (await Promise.all(errors)).flat();
}

async function agentErrors({ definition, path, stored }: Wanted, { directory }: Deps): Promise<readonly FieldError[]> {
  const known = new Set(stored?.agents.map(({ agentId }) => agentId));
  const named = [
    ...(definition.agents ?? []).map(({ id }, i) => ({ id, at: `${path}.agents[${i}].id` })),
    ...(definition.numbers ?? []).flatMap(({ agent, active }, i) =>
      agent === undefined || active === false ? [] : [{ id: agent, at: `${path}.numbers[${i}].agent` }],
    ),
  ];
  const errors = named.map(async ({ id, at }): Promise<readonly FieldError[]> => {
    if (known.has(id)) return [];
    const holder = (await directory.agent(id))?.company.id;
    const foreign = holder !== undefined && holder !== stored?.company.id;
    return foreign ? [{ path: at, message: `belongs to another company: ${id}` }] : [];
  });
  return (await Promise.all(errors)).flat();
}

async function keyErrors(
  { definition, path, stored }: Wanted,
  { directory, hash }: Deps,
): Promise<readonly FieldError[]> {
  const known = new Map(stored?.keys.map((key) => [key.hash, key]));
  const errors = (definition.keys ?? []).map(async ({ secret }, i): Promise<readonly FieldError[]> => {
    const at = `${path}.keys[${i}].secret`;
    const key = known.get(hash(secret));
    if (key !== undefined)
      return key.active || key.managed ? [] : [{ path: at, message: 'was revoked; give the key a new secret' }];
    const holder = await directory.credential(hash(secret));
    return holder === undefined ? [] : [{ path: at, message: 'belongs to another company' }];
  });
  return (await Promise.all(errors)).flat();
}
