import type { Composition } from './composition.ts';
import type { ResourceId, ServiceId } from './ids.ts';
import type { Limits } from './limits.ts';
import type { Money } from './money.ts';
import type { PolicyRules } from './policies.ts';

/** On which grid starts lie. */
export type Grid = 'auto' | 'midnight' | 'window';

/** Something that can be booked. */
export interface Service {
  readonly id: ServiceId;
  readonly key: string;
  readonly name: string;
  /** From the first start to the last end, with the least gaps. */
  readonly durationMinutes: number;
  readonly stepMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly buffersWithinHours: boolean;
  readonly grid: Grid;
  /** Null: that of `policies`, else the branch's or the company's. */
  readonly noticeMinutes: number | null;
  /** Null: that of `policies`, else the branch's or the company's. */
  readonly horizonDays: number | null;
  /** The last local date on which it can be booked; null: none. */
  readonly horizonDate: string | null;
  readonly price: Money | null;
  /**
   * Who can do it, in order of preference; empty: every active member of staff. A kind that the service needs and of which
   * nobody is named is not restricted.
   */
  readonly resourceIds: readonly ResourceId[];
  readonly composition: Composition;
  /** How many of it may start on a date of the company's zone. */
  readonly limits: Limits;
  /** What it decides otherwise than the branch and the company. */
  readonly policies?: PolicyRules;
  /** How many people one group session takes; 1: whoever books has it to himself. */
  readonly seats: number;
  readonly active: boolean;
}
