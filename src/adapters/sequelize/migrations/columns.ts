import type { GlobalKey } from '../globalKeys.ts';
import type { IndexSpec } from '../schema.ts';

/** The index that keeps a key unique among all companies. */
export const unique = (key: GlobalKey): IndexSpec => ({ name: key.index, columns: key.columns, unique: true });

/** A column that may hold nothing. */
export const nullable = (type: string): { type: string; nullable: true } => ({ type, nullable: true });
