import type { DecidedBy } from '../model/policies.ts';
import type { Blocker } from '../slots/blocker.ts';
import { decidedBy, type PolicyBook } from './policies.ts';
import type { Candidates } from './wish.ts';

/** What stands in the way of a start; of a policy with who decided it. */
export type Hindrance = Blocker & { readonly decidedBy?: DecidedBy };

const policyOf = { NOTICE_TOO_SHORT: 'noticeMinutes', BEYOND_HORIZON: 'horizonDays' } as const;

/** Names who decided the policies among what stands in the way. */
export const withDeciders = (
  blockers: readonly Blocker[],
  policies: PolicyBook,
  candidates: Candidates,
): readonly Hindrance[] =>
  blockers.map((blocker) =>
    blocker.code === 'NOTICE_TOO_SHORT' || blocker.code === 'BEYOND_HORIZON'
      ? { ...blocker, decidedBy: deciderOf(blocker, policies, candidates) }
      : blocker,
  );

function deciderOf(
  blocker: Extract<Blocker, { readonly code: keyof typeof policyOf }>,
  policies: PolicyBook,
  { offering: { service, visit }, bookables }: Candidates,
): DecidedBy {
  const services = visit?.services ?? [service];
  if (blocker.code === 'BEYOND_HORIZON') {
    const until = services.find(({ horizonDate }) => horizonDate !== null && blocker.lastDate === horizonDate);
    if (until !== undefined) return { level: 'service', key: until.key };
  }
  // Where no resource is named they all have the same.
  const serving = bookables.find(({ resource }) => resource.id === blocker.resource) ?? bookables[0];
  if (serving === undefined) return { level: 'service', key: service.key };
  const { branchId, resourceIds } = serving;
  const parts = visit === undefined ? [] : services.map(({ id }) => ({ serviceId: id }));
  return decidedBy(policies.decide(policyOf[blocker.code], { serviceId: service.id, parts, branchId, resourceIds }));
}
