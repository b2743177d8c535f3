import type { AgendaEntry, AgendaQuery, CompanyId } from '../../adapter.ts';
import { bytes, int, text } from './cell.ts';
import { Conditions } from './conditions.ts';
import { idBytes, idText } from './ids.ts';
import { rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

/** Texts of ids that come again and again: the staff and services of one day. */
class RepeatedIds {
  readonly #known = new Map<number, { readonly bytes: Uint8Array; readonly text: string }>();

  text<Kind extends string>(id: Uint8Array): Kind {
    const tail = ((id[12] ?? 0) << 24) | ((id[13] ?? 0) << 16) | ((id[14] ?? 0) << 8) | (id[15] ?? 0);
    const known = this.#known.get(tail);
    if (known !== undefined && isSame(known.bytes, id)) return known.text as Kind;
    const made = idText<Kind>(id);
    this.#known.set(tail, { bytes: id, text: made });
    return made;
  }

  textOrNull<Kind extends string>(cell: SqlValue | undefined): Kind | null {
    return cell === null ? null : this.text<Kind>(bytes(cell));
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let index = 0; index < 16; index++) if (a[index] !== b[index]) return false;
  return true;
}

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
  const ids = new RepeatedIds();
  return found.map((row): AgendaEntry => ({
    id: idText(bytes(row[0])),
    startMs: int(row[1]),
    endMs: int(row[2]),
    status: text(row[3]),
    resourceId: ids.textOrNull(row[4]),
    serviceId: ids.text(bytes(row[5])),
    customerId: row[6] === null ? null : idText(bytes(row[6])),
  }));
}
