import type {
  AgentEntry,
  CompanyFace,
  CompanyId,
  CompanyQuery,
  CredentialEntry,
  Directory,
  NumberEntry,
} from '../../adapter.ts';
import { flag, idOf, idOrNull, int, text } from './cell.ts';
import type { Database } from './dialect.ts';
import { rows } from './program.ts';
import type { Program, Row, SqlValue } from './program.ts';

const faceColumns = 'c.company_id, c.company_key, c.name, c.time_zone, c.locale, c.country';
const branchOf = (table: string): string =>
  `JOIN companies c ON c.company_id = ${table}.company_id` +
  ` LEFT JOIN branches b ON b.company_id = ${table}.company_id AND b.id = ${table}.branch_id`;
const activeOf = (table: string): string =>
  `CASE WHEN ${table}.active = 1 AND c.active = 1 AND (${table}.branch_id IS NULL OR b.active = 1) THEN 1 ELSE 0 END`;

const numberSql =
  `SELECT ${faceColumns}, ${activeOf('n')}, n.id, n.e164, n.branch_id, n.default_service_id, n.default_resource_id` +
  ` FROM phone_numbers n ${branchOf('n')} WHERE n.e164 = ? ORDER BY n.active DESC LIMIT 1`;
const agentSql = `SELECT ${faceColumns}, ${activeOf('a')}, a.agent_id, a.branch_id FROM agents a ${branchOf('a')} WHERE a.agent_id = ?`;
const credentialSql =
  'SELECT k.id, k.company_id, c.revision FROM api_keys k JOIN companies c ON c.company_id = k.company_id' +
  ' WHERE k.hash = ? AND k.active = 1 AND c.active = 1';
const providerCallSql = 'SELECT company_id FROM calls WHERE provider = ? AND provider_call_id = ?';
const companyByKeySql = 'SELECT company_id FROM companies WHERE company_key = ?';

const face = (row: Row): CompanyFace => ({
  id: idOf(row[0]),
  key: text(row[1]),
  name: text(row[2]),
  timeZone: text(row[3]),
  locale: text(row[4]),
  country: text(row[5]),
});

function* numberEntry(e164: string): Program<NumberEntry | undefined> {
  const [row] = yield* rows(numberSql, [e164]);
  if (row === undefined) return undefined;
  return {
    id: idOf(row[7]),
    e164: text(row[8]),
    active: flag(row[6]),
    company: face(row),
    branchId: idOrNull(row[9]),
    defaultServiceId: idOrNull(row[10]),
    defaultResourceId: idOrNull(row[11]),
  };
}

function* agentEntry(agentId: string): Program<AgentEntry | undefined> {
  const [row] = yield* rows(agentSql, [agentId]);
  if (row === undefined) return undefined;
  return { agentId: text(row[7]), active: flag(row[6]), company: face(row), branchId: idOrNull(row[8]) };
}

function* credentialEntry(hash: string): Program<CredentialEntry | undefined> {
  const [row] = yield* rows(credentialSql, [hash]);
  if (row === undefined) return undefined;
  return { keyId: idOf(row[0]), companyId: idOf(row[1]), revision: int(row[2]) };
}

function* companyOf(sql: string, values: readonly SqlValue[]): Program<CompanyId | undefined> {
  const [row] = yield* rows(sql, values);
  return row === undefined ? undefined : idOf<CompanyId>(row[0]);
}

function* faces({ after, limit }: CompanyQuery = {}): Program<readonly CompanyFace[]> {
  const sql =
    `SELECT ${faceColumns} FROM companies c${after === undefined ? '' : ' WHERE c.company_key > ?'}` +
    ` ORDER BY c.company_key${limit === undefined ? '' : ' LIMIT ?'}`;
  const values = [after, limit].filter((value) => value !== undefined);
  return (yield* rows(sql, values)).map(face);
}

/** What the directory asks, one statement for each question. */
export const directoryPrograms = {
  number: numberEntry,
  agent: agentEntry,
  credential: credentialEntry,
  providerCall: (provider: string, callId: string) => companyOf(providerCallSql, [provider, callId]),
  companyByKey: (key: string) => companyOf(companyByKeySql, [key]),
  companies: faces,
} as const;

/** The directory of an opened database. */
export const directoryReads = (database: () => Database): Directory => ({
  number: async (e164) => database().read(() => directoryPrograms.number(e164)),
  agent: async (agentId) => database().read(() => directoryPrograms.agent(agentId)),
  credential: async (hash) => database().read(() => directoryPrograms.credential(hash)),
  providerCall: async (provider, callId) => database().read(() => directoryPrograms.providerCall(provider, callId)),
  companyByKey: async (key) => database().read(() => directoryPrograms.companyByKey(key)),
  companies: async (query) => database().read(() => directoryPrograms.companies(query)),
});
