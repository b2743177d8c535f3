import type { FindingCode } from '../../../src/adapters/sequelize/index.ts';
import type { BusySalon } from './busySalon.ts';
import type { Planting } from './planting.ts';

/** One thing that must not be, and what shall be said of it. */
export interface Plant {
  readonly name: string;
  readonly codes: readonly FindingCode[];
  /** The tables that it changes. */
  readonly tables: readonly string[];
  readonly plant: (at: Planting, salon: BusySalon) => Promise<unknown>;
}

/** So much later something lapses that should not, in milliseconds. */
export const LATER = 1_000_000;
/** The rows of one owner. */
export const ofOwner = 'WHERE company_id = ? AND owner_id = ?';
/** The row with one id. */
export const withId = 'WHERE company_id = ? AND id = ?';
