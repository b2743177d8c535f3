import type { ResourceId, ServiceId } from './ids.ts';
import type { Money } from './money.ts';

/** On which grid starts lie. */
export type Grid = 'auto' | 'midnight' | 'window';

/** Something that can be booked. */
export interface Service {
  readonly id: ServiceId;
  readonly key: string;
  readonly name: string;
  readonly durationMinutes: number;
  readonly stepMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly buffersWithinHours: boolean;
  readonly grid: Grid;
  /** Null: the company's. */
  readonly noticeMinutes: number | null;
  /** Null: the company's. */
  readonly horizonDays: number | null;
  readonly price: Money | null;
  /** Who can do it, in order of preference; empty: every active member of staff. */
  readonly resourceIds: readonly ResourceId[];
  readonly active: boolean;
}
