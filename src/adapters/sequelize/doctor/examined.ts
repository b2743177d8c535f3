import type { RunProgram } from '../dialect.ts';
import type { Emit } from '../produced.ts';
import { finding } from './findings.ts';
import type { FindingCode, FindingSeverity, StorageFinding } from './findings.ts';

/** What an examination works with. */
export interface Examination {
  readonly run: RunProgram;
  /** The moment at which all is judged. */
  readonly nowMs: number;
  readonly emit: Emit<StorageFinding>;
}

/** The company whose rows are looked at. */
export interface ExaminedCompany extends Examination {
  readonly id: Uint8Array;
  readonly key: string;
  readonly grainMs: number;
  /** Tells what does not fit. */
  readonly tell: (code: FindingCode, subject: string, message: string, severity?: FindingSeverity) => Promise<void>;
}

/** A company to be looked at. */
export const examined = (
  examination: Examination,
  { id, key, grainMs }: Pick<ExaminedCompany, 'id' | 'key' | 'grainMs'>,
): ExaminedCompany => ({
  ...examination,
  id,
  key,
  grainMs,
  tell: (code, subject, message, severity) => examination.emit(finding(code, key, subject, message, severity)),
});

/** Whether something counts at a moment: it has not lapsed. */
export const isLiveAt = (nowMs: number, expiresMs: number | null): boolean => expiresMs === null || expiresMs > nowMs;

/** The lowest of several ids, some of which may be missing. */
export function lowest(ids: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  let least: Uint8Array | undefined;
  for (const id of ids) {
    if (id !== undefined && (least === undefined || Buffer.compare(id, least) < 0)) least = id;
  }
  return least;
}

/** Whether two ids are the same. */
export const isSame = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && Buffer.compare(a, b) === 0;

/** A moment for a person. */
export const moment = (ms: number | null): string => (ms === null ? 'never' : new Date(ms).toISOString());
