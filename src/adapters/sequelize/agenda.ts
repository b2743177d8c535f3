import type { AgendaEntry, AgendaQuery, CompanyId } from '../../adapter.ts';
import { idOf, idOrNull, int, text } from './cell.ts';
import { Conditions } from './conditions.ts';
import { idBytes } from './ids.ts';
import { rows } from './program.ts';
import type { Program } from './program.ts';

/** Lists a branch's day from its index alone, in the order of that index. */
export function* listAgenda(company: CompanyId, query: AgendaQuery): Program<readonly AgendaEntry[]> {
  const { branchId, fromMs, toMs, statuses, after, limit } = query;
  if (statuses?.length === 0) return [];
  const filters = new Conditions('company_id = ? AND branch_id = ?', idBytes(company), idBytes(branchId));
  filters.between('start_ms', after === undefined ? fromMs : Math.max(fromMs, after.startMs), toMs);
  if (after !== undefined) filters.add('(start_ms > ? OR id > ?)', after.startMs, idBytes(after.id));
  if (statuses !== undefined) filters.among('status', statuses);
  const found = yield* rows(
    'SELECT id, start_ms, end_ms, status, staff_id, service_id, customer_id FROM appointments' +
      `${filters.where()} ORDER BY start_ms, id LIMIT ?`,
    [...filters.values, limit],
  );
  return found.map((row): AgendaEntry => ({
    id: idOf(row[0]),
    startMs: int(row[1]),
    endMs: int(row[2]),
    status: text(row[3]),
    resourceId: idOrNull(row[4]),
    serviceId: idOf(row[5]),
    customerId: idOrNull(row[6]),
  }));
}
