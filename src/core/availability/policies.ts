import type { Booked } from '../model/appointment.ts';
import type { Branch, CompanyConfig } from '../model/company.ts';
import type { BranchId, ResourceId, ServiceId } from '../model/ids.ts';
import type { Money } from '../model/money.ts';
import {
  feeOf,
  undecidedPolicies,
  type DecidedBy,
  type DecidedPolicies,
  type PolicyLevel,
  type PolicyName,
  type PolicyRules,
} from '../model/policies.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';

/** What a policy is asked for: what was, or would be, booked; and what it costs, for fees that are parts of it. */
export interface PolicyPlace extends Pick<Booked, 'serviceId' | 'branchId' | 'resourceIds'> {
  readonly parts?: readonly Pick<Booked, 'serviceId'>[];
  readonly price?: Money | null;
}

/** A policy, and who decided it. */
export interface Decided<T> {
  readonly value: T;
  readonly level: PolicyLevel;
  /** The key of the resource, service, branch or company. */
  readonly of: string;
}

type Stricter = {
  readonly [N in PolicyName]: (a: DecidedPolicies[N], b: DecidedPolicies[N], place: PolicyPlace) => boolean;
};

const more = (a: number, b: number): boolean => a > b;
const fewer = (a: number | null, b: number | null): boolean => (a ?? Infinity) < (b ?? Infinity);
/** By the amounts; without a fee it is forbidden to be late, but nothing is owed for not coming. */
const dearer =
  (free: number) =>
  (a: DecidedPolicies['noShowFee'], b: DecidedPolicies['noShowFee'], { price = null }: PolicyPlace): boolean =>
    (feeOf(a, price)?.amountMinor ?? free) > (feeOf(b, price)?.amountMinor ?? free);

/** Which of two counts where several serve. */
const stricter: Stricter = {
  noticeMinutes: more,
  horizonDays: fewer,
  cancelNoticeMinutes: more,
  rescheduleNoticeMinutes: more,
  maxReschedules: fewer,
  cancelQuota: fewer,
  lateCancelFee: dearer(Infinity),
  noShowFee: dearer(-1),
  requiresConfirmation: (a, b) => a && !b,
  maxHoldsPerOwner: fewer,
  holdSeconds: fewer,
  maxNoShows: fewer,
};

type Ruled = Pick<Resource | Service | Branch, 'key' | 'policies'>;

/** The policies of one configuration. */
export class PolicyBook {
  readonly #company: { readonly key: string; readonly policies: PolicyRules };
  /** Undefined where nobody but the company decides anything. */
  readonly #nearer: Nearer | undefined;

  constructor(config: CompanyConfig) {
    this.#company = config.company;
    this.#nearer = nearerIn(config);
  }

  /** What counts: of each resource that serves the nearest decision, and of these the strictest. */
  value<N extends PolicyName>(name: N, place: PolicyPlace): DecidedPolicies[N] {
    return this.#nearer === undefined ? this.#companys(name) : this.decide(name, place).value;
  }

  /** The same with who decided it. What nobody decides is the company's. */
  decide<N extends PolicyName>(name: N, place: PolicyPlace): Decided<DecidedPolicies[N]> {
    const nearer = this.#nearer;
    const last: Decided<DecidedPolicies[N]> = {
      value: this.#companys(name),
      level: 'company',
      of: this.#company.key,
    };
    if (nearer === undefined) return last;
    const branch = decidedIn(nearer.branches.get(place.branchId), 'branch', name) ?? last;
    const services = servicesOf(place).map((id) => decidedIn(nearer.services.get(id), 'service', name) ?? branch);
    const all = place.resourceIds.flatMap((id) => decidedIn(nearer.resources.get(id), 'resource', name) ?? services);
    const [first = branch, ...others] = all.length === 0 ? services : all;
    return others.reduce((most, each) => (stricter[name](each.value, most.value, place) ? each : most), first);
  }

  #companys<N extends PolicyName>(name: N): DecidedPolicies[N] {
    const own: DecidedPolicies[N] | undefined = (this.#company.policies as Partial<DecidedPolicies>)[name];
    return own === undefined ? undecidedPolicies[name] : own;
  }
}

/** Who decided, as refusals and explanations name it. */
export const decidedBy = ({ level, of }: Decided<unknown>): DecidedBy => ({ level, key: of });

interface Nearer {
  readonly branches: ReadonlyMap<BranchId, Ruled>;
  readonly services: ReadonlyMap<ServiceId, Ruled>;
  readonly resources: ReadonlyMap<ResourceId, Ruled>;
}

function nearerIn({ branches, services, resources }: CompanyConfig): Nearer | undefined {
  const ruled = <I, E extends Ruled & { readonly id: I }>(entities: readonly E[]): ReadonlyMap<I, Ruled> =>
    new Map(entities.filter(({ policies }) => policies !== undefined).map((entity) => [entity.id, entity]));
  const nearer = {
    branches: ruled<BranchId, Branch>(branches),
    services: ruled<ServiceId, Service>(services.map(withShortForms)),
    resources: ruled<ResourceId, Resource>(resources),
  };
  return nearer.branches.size + nearer.services.size + nearer.resources.size === 0 ? undefined : nearer;
}

/** A service's notice and horizon stand beside its policies as well. */
function withShortForms(service: Service): Service {
  const { noticeMinutes, horizonDays, policies } = service;
  if (noticeMinutes === null && horizonDays === null) return service;
  return {
    ...service,
    policies: {
      ...policies,
      ...(noticeMinutes === null ? {} : { noticeMinutes }),
      ...(horizonDays === null ? {} : { horizonDays }),
    },
  };
}

function decidedIn<N extends PolicyName>(
  entity: Ruled | undefined,
  level: PolicyLevel,
  name: N,
): Decided<DecidedPolicies[N]> | undefined {
  const value = (entity?.policies as Partial<DecidedPolicies> | undefined)?.[name];
  return entity === undefined || value === undefined ? undefined : { value, level, of: entity.key };
}

const servicesOf = ({ serviceId, parts = [] }: PolicyPlace): readonly ServiceId[] =>
  parts.length === 0 ? [serviceId] : [...new Set(parts.map((part) => part.serviceId))];
