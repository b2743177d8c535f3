import { idOf, int } from '../cell.ts';
import { globalKeys } from '../globalKeys.ts';
import type { GlobalKey } from '../globalKeys.ts';
import { rows } from '../program.ts';
import type { Table } from '../tables.ts';
import type { Examination } from './examined.ts';
import { finding } from './findings.ts';

/** As many of one kind are told. */
const most = 1000;

/** What a removed company leaves behind until it is swept. */
const outliving: ReadonlySet<string> = new Set(['companies', 'outbox', 'idempotency']);

/** Looks at what concerns all companies together: keys that are unique over all of them, and rows of none of them. */
export async function examineWhole(examination: Examination, tables: readonly Table[]): Promise<void> {
  for (const key of Object.values(globalKeys)) await examineKey(examination, key);
  await examinePhones(examination);
  for (const table of tables) await examineCompanies(examination, table);
}

async function examineKey({ run, emit }: Examination, { table, columns, whileActive }: GlobalKey): Promise<void> {
  const names = columns.join(', ');
  const active = whileActive ? ' WHERE active = 1' : '';
  const sql = `SELECT COUNT(*), ${names} FROM ${table}${active} GROUP BY ${names} HAVING COUNT(*) > 1 LIMIT ${most}`;
  for (const [count, ...values] of await run(rows(sql, []))) {
    // A hash is a secret's; its beginning is enough to find it by.
    const told = values.map((value) => (table === 'api_keys' ? String(value).slice(0, 8) : String(value)));
    const message = `is there ${int(count)} times, and must be unique over all companies`;
    await emit(finding('KEY_DOUBLED', null, `${table} ${names} ${told.join(' ')}`, message));
  }
}

/** Customers of one company have a phone number each; messages do not tell it. */
async function examinePhones({ run, emit }: Examination): Promise<void> {
  const sql = `SELECT company_id, phone FROM customers WHERE phone IS NOT NULL GROUP BY company_id, phone HAVING COUNT(*) > 1 LIMIT ${most}`;
  for (const row of await run(rows(sql, []))) {
    const found = await run(rows('SELECT id FROM customers WHERE company_id = ? AND phone = ? LIMIT 10', row));
    const ids = found.map((each) => idOf(each[0]));
    const subject = `customers ${ids.join(' ')}`;
    await emit(finding('KEY_DOUBLED', idOf(row[0]), subject, 'have the same phone number'));
  }
}

async function examineCompanies({ run, nowMs, emit }: Examination, { name, columns }: Table): Promise<void> {
  if (outliving.has(name)) return;
  const has = (column: string): boolean => columns.some((each) => each.name === column);
  // What has lapsed or is over is being swept.
  const [live, values] = has('expires_ms') ? [' AND (t.expires_ms IS NULL OR t.expires_ms > ?)', [nowMs]] : ['', []];
  const sql =
    'SELECT t.company_id, COUNT(*) FROM ' +
    `${name} t WHERE NOT EXISTS (SELECT 1 FROM companies c WHERE c.company_id = t.company_id)${live} GROUP BY t.company_id LIMIT ${most}`;
  for (const [company, count] of await run(rows(sql, values))) {
    const id = idOf(company);
    await emit(
      finding('COMPANY_MISSING', id, `${name} of ${id}`, `has ${int(count)} rows of a company that does not exist`),
    );
  }
}
