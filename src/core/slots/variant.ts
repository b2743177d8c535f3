import type { Need } from './need.ts';
import type { CompiledService } from './service.ts';

/** One way to carry out a service: its segments in one order, each of one length, and who could serve them. */
export interface Variant {
  readonly service: CompiledService;
  readonly needs: readonly Need[];
  /** How many picks its slots have, over all needs. */
  readonly picksPerSlot: number;
}
