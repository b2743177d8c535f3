import type { CompanyId } from '../../../src/adapter.ts';

/** How a dialect says what rows in series are made of. */
export interface Series {
  /** An expression of an id, made at a moment, of a kind, with a number. */
  id(ms: string, kind: number, n: string): string;
  /** Rows with a number `seq` from 0 on. */
  rows(count: number): string;
  /** How whole numbers are divided. */
  readonly div: string;
}

/** An id: its moment, its kind and its number, in hexadecimal digits. */
const parts = (hex: (digits: number, value: string) => string, ms: string, kind: number, n: string): string[] => [
  hex(12, ms),
  `'7${kind.toString(16).padStart(3, '0')}8'`,
  hex(15, n),
];

/** As PostgreSQL says it. */
export const postgresSeries: Series = {
  id: (ms, kind, n) =>
    `(${parts((digits, value) => `LPAD(to_hex(${value}), ${digits}, '0')`, ms, kind, n).join(' || ')})::uuid`,
  rows: (count) => `generate_series(0::bigint, ${count - 1}) AS s (seq)`,
  div: '/',
};

/** As MariaDB says it. */
export const mariadbSeries: Series = {
  id: (ms, kind, n) =>
    `UNHEX(CONCAT(${parts((digits, value) => `LPAD(HEX(${value}), ${digits}, '0')`, ms, kind, n).join(', ')}))`,
  rows: (count) => `seq_0_to_${count - 1} AS s`,
  div: 'DIV',
};

/** As SQLite says it. */
export const sqliteSeries: Series = {
  id: (ms, kind, n) =>
    `unhex(${parts((digits, value) => `printf('%0${digits}x', ${value})`, ms, kind, n).join(' || ')})`,
  rows: (count) =>
    `(WITH RECURSIVE n (seq) AS (SELECT 0 UNION ALL SELECT seq + 1 FROM n WHERE seq < ${count - 1}) SELECT seq FROM n) AS s`,
  div: '/',
};

/** The kinds of what has an id, as they are told apart in it. */
const kind = {
  company: 1,
  resource: 2,
  branch: 3,
  service: 4,
  customer: 5,
  appointment: 6,
  call: 7,
  hold: 8,
  session: 9,
  event: 10,
} as const;
type Kind = keyof typeof kind;

const companies = 6;
/** How many rows each company has in the tables of its history: with fewer, MariaDB takes other ways. */
export const each = 3000;

/** When the first rows were made, and how long it is to the next one of the company: all of them are of three years. */
const firstMs = Date.UTC(new Date().getUTCFullYear() - 1, 0, 2);
const stepMs = Math.floor((3 * 365 * 86_400_000) / each);

/** The id of a row by its number among its company's. */
export function idOf<I extends string>(of: Kind, nth: number, ofCompany = 0): I {
  const [ms, n] =
    of === 'company' || of === 'resource' || of === 'branch' || of === 'service'
      ? [firstMs, nth]
      : [firstMs + nth * stepMs, nth];
  const number = n * companies + ofCompany;
  const hex = `${ms.toString(16).padStart(12, '0')}7${kind[of].toString(16).padStart(3, '0')}8${number.toString(16).padStart(15, '0')}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as I;
}

/** A text that is told apart by the number of its row among its company's. */
export const keyOf = (prefix: string, nth: number, ofCompany = 0): string => `${prefix}${nth * companies + ofCompany}`;

/** The id of a company. */
export const companyId = (nth = 0): CompanyId => idOf('company', 0, nth);

/** When a row of the history is. */
export const atMs = (nth: number): number => firstMs + nth * stepMs;

/** The storage's time: most of the history is over. */
export const nowMs = atMs(Math.floor((each * 3) / 4));

/** Statements that fill the tables with the history of all companies, of which one row comes after the other. */
export function history({ id, rows, div }: Series): readonly string[] {
  const of = `s.seq % ${companies}`;
  const nth = `(s.seq ${div} ${companies})`;
  const ms = `(${firstMs} + ${nth} * ${stepMs})`;
  const fixed = (which: Kind, n: string): string => id(String(firstMs), kind[which], `(${n}) * ${companies} + ${of}`);
  const made = (which: Kind, n = nth): string => id(`(${firstMs} + ${n} * ${stepMs})`, kind[which], `${n} * ${companies} + ${of}`);
  const company = fixed('company', '0');
  const some = (which: Kind, count: number): string => fixed(which, `${nth} % ${count}`);
  const status = (known: readonly string[]): string =>
    `CASE ${known.slice(1).map((text, index) => `WHEN ${nth} % ${known.length + 6} = ${index} THEN '${text}'`).join(' ')} ELSE '${known[0] ?? ''}' END`;
  const insert = (table: string, columns: Readonly<Record<string, string>>, count = each, where = ''): string =>
    `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) SELECT ${Object.values(columns).join(', ')} FROM ${rows(count * companies)}${where}`;
  const company_id = company;
  const start_ms = ms;
  const text = (prefix: string, n: string): string => (div === 'DIV' ? `CONCAT('${prefix}', ${n})` : `'${prefix}' || (${n})`);
  const owner = `CASE WHEN ${nth} % 10 = 0 THEN ${made('hold')} ELSE ${made('appointment')} END`;
  return [
    insert('companies', { company_id, company_key: text('c', of), name: "'n'", time_zone: "'Europe/Berlin'", locale: "'de'", country: "'DE'", grain_minutes: '5', policies: "'{}'", active: '1', revision: '1' }, 1),
    insert('branches', { company_id, id: some('branch', 4), branch_key: text('b', nth), name: "'n'", time_zone: "'Europe/Berlin'", active: '1', position: '0' }, 4),
    insert('phone_numbers', { company_id, id: made('event'), e164: text('+49', 's.seq'), active: '1', position: '0' }, 40),
    insert('agents', { company_id, agent_id: text('a', 's.seq'), active: '1', position: '0' }, 40),
    insert('api_keys', { company_id, id: made('event'), name: "'n'", prefix: "'p'", hash: text('h', 's.seq'), managed: '1', active: '1', position: '0' }, 40),
    insert('schedules', { company_id, id: made('event'), schedule_key: text('k', nth), weekly: "'[]'", overrides: "'[]'", active: '1', position: '0' }, 40),
    insert('resources', { company_id, id: fixed('resource', nth), resource_key: text('r', nth), name: "'n'", kind: "'staff'", branch_id: some('branch', 4), time_off: "'[]'", capacity: '1', active: '1', position: '0' }, 40),
    insert('services', { company_id, id: fixed('service', nth), service_key: text('s', nth), name: "'n'", duration_minutes: '30', step_minutes: '15', buffer_before_minutes: '0', buffer_after_minutes: '0', buffers_within_hours: '1', grid: "'auto'", active: '1', position: '0' }, 40),
    insert('service_resources', { company_id, service_id: fixed('service', nth), position: '0', resource_id: some('resource', 4) }, 40),
    insert('customers', { company_id, id: made('customer'), phone: text('+49', 's.seq'), name: text('Name ', nth), name_key: text('name ', nth), no_shows: '0' }),
    insert('appointments', {
      company_id, id: made('appointment'), branch_id: some('branch', 4), service_id: some('service', 4), resource_ids: "'[]'", start_ms, end_ms: `${ms} + 1800000`, spans: "'[]'",
      customer_id: made('customer', `(${nth} - ${nth} % 8)`), status: status(['confirmed', 'cancelled', 'no-show']), version: '1', source: "'s'", call_id: made('call'), metadata: "'{}'", created_ms: ms, updated_ms: ms,
      group_id: `CASE WHEN ${nth} % 8 < 4 THEN ${made('event', `(${nth} - ${nth} % 8)`)} END`, staff_id: some('resource', 4),
    }),
    insert('appointment_resources', { company_id, resource_id: fixed('resource', `(${nth} + 1) % 4`), start_ms, appointment_id: made('appointment') }, each, ` WHERE ${nth} % 4 = 0`),
    insert('calls', {
      company_id, id: made('call'), provider: "'acme'", provider_call_id: text('p', 's.seq'), from_number: text('+49', `(s.seq - (${nth} % 8) * ${companies})`), to_number: "'+4930'", status: status(['analyzed', 'ongoing', 'inbound', 'completed']),
      customer_id: made('customer', `(${nth} - ${nth} % 8)`), appointment_id: made('appointment'), transcript: "'t'", offers: "'{}'", version: '1', updated_ms: ms, time_ms: ms,
    }),
    insert('spans', { company_id, resource_id: some('resource', 4), start_ms, owner_id: owner, end_ms: `${ms} + 1800000`, first_cell: `${nth} * 100`, end_cell: `${nth} * 100 + 6` }),
    insert('claims', { company_id, subject: some('resource', 4), cell: `${nth} * 100`, ordinal: '0', owner_id: owner }),
    insert('units', { company_id, owner_id: made('appointment'), subject: some('service', 4), cell: nth, ordinal: '0', seat: '0', expires_ms: `CASE WHEN ${nth} = 0 OR ${nth} = 10 THEN ${ms} END`, end_ms: ms }, each, ` WHERE ${nth} % 2 = 0`),
    insert('sessions', { company_id, id: made('session'), service_id: some('service', 4), start_ms, end_ms: `${ms} + 1800000`, resource_ids: "'[]'", expires_ms: `CASE WHEN ${nth} = 0 OR ${nth} = 10 THEN ${ms} END`, changes: '0' }),
    insert('holds', { company_id, id: made('hold'), branch_id: some('branch', 4), service_id: some('service', 4), resource_ids: "'[]'", start_ms, end_ms: `${ms} + 1800000`, spans: "'[]'", owner: "'web'", expires_ms: ms }, each, ` WHERE ${nth} % 10 = 0`),
    insert('idempotency', { company_id, idempotency_key: text('k', 's.seq'), fingerprint: "'f'", result_id: made('appointment'), created_ms: ms }),
    insert('outbox', {
      company_id, aggregate: text('x', 's.seq'), sequence: '1', id: made('event'), name: "'appointment.booked'", occurred_ms: ms, payload: "'{}'", attempts: '0', due_ms: ms, delivered: "'[]'",
      sent_ms: `CASE WHEN ${nth} % 20 > 0 THEN ${ms} END`,
    }),
    insert('documents', { company_id, collection: "'notes'", id: text('d', nth), content: "'{}'", version: '1' }),
    insert('document_indexes', { company_id, collection: "'notes'", name: "'slot'", content: text('v', `(${nth} % 20)`), document_id: text('d', nth) }),
  ];
} // prettier-ignore
