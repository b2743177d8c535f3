import type { BookingRule, RuleRequest } from '../contracts/bookingRule.ts';
import { EngineError } from '../errors.ts';
import type { CompanyId, CustomerId, ServiceId } from '../model/ids.ts';
import type { Hold } from '../model/appointment.ts';
import type { Slot } from '../model/slot.ts';

/** What the first rule that objects says. */
export interface Objection {
  readonly rule: string;
  readonly message: string;
}

/** What rules judge: a slot, or a hold. */
export type RuledTime = Omit<RuleRequest, 'customerId' | 'partySize' | 'visitIds'> &
  Partial<Pick<RuleRequest, 'partySize'>> & {
    readonly segments?: Slot['segments'];
    readonly parts?: Hold['parts'];
  };

/** Asks every rule about every slot, one call a rule; the answer is in the order of the slots. */
export async function objections(
  rules: readonly BookingRule[],
  company: CompanyId,
  slots: readonly RuledTime[],
  customerId: CustomerId | null,
): Promise<readonly (Objection | undefined)[]> {
  if (rules.length === 0) return slots.map(() => undefined);
  return objectionsTo(
    rules,
    company,
    slots.map((slot) => ruleRequest(slot, customerId)),
  );
}

const NONE: readonly { readonly serviceId?: ServiceId }[] = [];

/** What rules are asked about a time. */
export const ruleRequest = (
  { serviceId, branchId, resourceIds, startMs, endMs, partySize = 1, segments, parts }: RuledTime,
  customerId: CustomerId | null,
): RuleRequest => ({
  serviceId,
  ...visitIn(parts ?? segments),
  branchId,
  resourceIds,
  startMs,
  endMs,
  partySize,
  customerId,
});

function visitIn(parts: readonly { readonly serviceId?: ServiceId }[] = NONE): Pick<RuleRequest, 'visitIds'> {
  if (parts.length < 2) return {};
  const ids = new Set(parts.flatMap(({ serviceId }) => serviceId ?? []));
  return ids.size < 2 ? {} : { visitIds: [...ids] };
}

/** Asks every rule about times of several customers, one call a rule; the answer is in their order. */
export async function objectionsTo(
  rules: readonly BookingRule[],
  company: CompanyId,
  requests: readonly RuleRequest[],
): Promise<readonly (Objection | undefined)[]> {
  const answers = new Array<Objection | undefined>(requests.length).fill(undefined);
  if (requests.length === 0) return answers;
  for (const rule of rules) {
    const verdicts = await rule.check(company, requests);
    if (verdicts.length !== requests.length)
      throw new EngineError('OPTION_INVALID', `Booking rule "${rule.name}" must answer one verdict for each request.`);
    verdicts.forEach((verdict, index) => {
      if (verdict !== undefined) answers[index] ??= { rule: rule.name, message: verdict.message };
    });
  }
  return answers;
}

/** The slots that no rule objects to. */
export async function permitted(
  rules: readonly BookingRule[],
  company: CompanyId,
  slots: readonly Slot[],
  customerId: CustomerId | null,
): Promise<readonly Slot[]> {
  if (rules.length === 0) return slots;
  const verdicts = await objections(rules, company, slots, customerId);
  return slots.filter((_, index) => verdicts[index] === undefined);
}
