import type { StaleCall } from '../../adapter.ts';
import { idOf, int, text } from './cell.ts';
import { rows } from './program.ts';
import type { Program } from './program.ts';

/** The statement that finds calls of one status in the order of their last change. */
export const staleCallsSql =
  'SELECT company_id, provider, provider_call_id, version FROM calls WHERE status = ? AND updated_ms <= ?' +
  ' ORDER BY updated_ms LIMIT ?';

/** Calls that nobody has ended. One status after the other, because only so the index gives them in order. */
export function* staleCalls(cutoffMs: number, limit: number): Program<readonly StaleCall[]> {
  const found: StaleCall[] = [];
  for (const status of ['ongoing', 'inbound']) {
    for (const row of yield* rows(staleCallsSql, [status, cutoffMs, limit - found.length]))
      found.push({
        companyId: idOf(row[0]),
        provider: text(row[1]),
        providerCallId: text(row[2]),
        version: int(row[3]),
      });
  }
  return found;
}
