import { saturated } from './capacity.ts';
import { orderByFreeTime, orderOf, type Order } from './order.ts';
import type { SlotQuestion, SlotResource } from './question.ts';
import { variantsOf, type Variant } from './variant.ts';

/** A question with everything worked out that its range does not change. */
export interface Prepared<Question> {
  /** The question as the sweeps take it: what is busy cannot be taken at all. */
  readonly question: Question;
  /** Every way to carry out the service. */
  readonly variants: readonly Variant[];
  /** Who serves first at a start. */
  readonly orderAt: (startMs: number) => Order;
}

/** Works out capacity, order and variants. */
export function prepare<Question extends SlotQuestion>(question: Question): Prepared<Question> {
  const { service, resources } = question;
  const order = orderOf(question);
  const variants =
    service.keep === 'preferred'
      ? [
          ...variantsOf(service, 'required', resources, order),
          ...variantsOf(service, 'free', resources, order).map((variant) => ({
            ...variant,
            rank: variant.rank + KEPT_FIRST,
            stays: true,
          })),
        ]
      : variantsOf(service, service.keep, resources, order);
  const asked = withCapacity(question);
  return {
    question: asked,
    // Each with gaps of his own, and who is first changes from day to day: everyone is a variant.
    variants:
      service.assignBy === 'mostFree' && service.ownGrid && service.flexible ? variants.flatMap(oneByOne) : variants,
    orderAt: service.assignBy === 'mostFree' ? orderByFreeTime(asked) : () => order,
  };
}

// More than there are orders.
const KEPT_FIRST = 1_000;

function oneByOne(variant: Variant): readonly Variant[] {
  return variant.needs.flatMap((need) =>
    need.members.map((member) => ({ ...variant, needs: [{ ...need, members: [member], sized: need.segments }] })),
  );
}

function withCapacity<Question extends SlotQuestion>(question: Question): Question {
  if (!question.resources.some(takesSeveral)) return question;
  return {
    ...question,
    resources: question.resources.map((resource) =>
      takesSeveral(resource) ? { ...resource, busy: saturated(resource.busy, resource.capacity ?? 1) } : resource,
    ),
  };
}

const takesSeveral = ({ capacity = 1 }: SlotResource): boolean => capacity > 1;
