import { text } from '../../../cell.ts';
import { rows } from '../../../program.ts';
import type { Program } from '../../../program.ts';
import type { Covers } from './freshness.ts';

/** How a kind of server tells how far it is. */
export interface Positions {
  /** Asks a primary whether it tells its position: 0 or 1. */
  readonly isTold: string;
  /** Asks the primary for the position of all that is committed. */
  readonly primary: string;
  /** Asks a copy for what it has applied; an empty text where it copies nobody. */
  readonly replica: string;
  readonly covers: Covers;
}

/** Asks for a position. */
export function* position(sql: string): Program<string> {
  const [row] = yield* rows(sql, []);
  return text(row?.[0] ?? '');
}

/** Sequence numbers by replication domain, from `0-1-42,1-1-7`: domain, server and number. */
const byDomain = (position: string): ReadonlyMap<string, bigint> =>
  new Map(
    position
      .split(',')
      .filter((part) => part !== '')
      .map((part) => {
        const [domain = '', , number = '0'] = part.trim().split('-');
        return [domain, BigInt(number)];
      }),
  );

/** MariaDB's global transaction ids, whose numbers only rise within a domain. */
export const mariadbPositions: Positions = {
  isTold: 'SELECT CAST(@@GLOBAL.log_bin AS CHAR)',
  primary: 'SELECT @@GLOBAL.gtid_binlog_pos',
  replica: 'SELECT @@GLOBAL.gtid_slave_pos',
  covers(applied, wanted) {
    const has = byDomain(applied);
    for (const [domain, number] of byDomain(wanted)) {
      if ((has.get(domain) ?? -1n) < number) return false;
    }
    return true;
  },
};

/** A place in the write-ahead log, `16/B374D848`, behind the number of the cluster whose log it is. */
function place(position: string): { readonly cluster: string; readonly at: bigint } | undefined {
  const [, cluster = '', high = '', low = ''] = /^(\d+) ([\dA-F]+)\/([\dA-F]+)$/i.exec(position) ?? [];
  return cluster === '' ? undefined : { cluster, at: (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`) };
}

/**
 * PostgreSQL's write-ahead log. Where it is written is asked for, not where it is flushed: with `synchronous_commit = off`
 * a transaction counts as committed before the latter. A server that was promoted copies nobody any more.
 */
export const postgresPositions: Positions = {
  isTold: "SELECT '1'",
  primary: "SELECT system_identifier || ' ' || pg_current_wal_insert_lsn() FROM pg_control_system()",
  replica:
    "SELECT CASE WHEN pg_is_in_recovery() THEN system_identifier || ' ' || pg_last_wal_replay_lsn() ELSE '' END" +
    ' FROM pg_control_system()',
  covers(applied, wanted) {
    const [has, asked] = [place(applied), place(wanted)];
    return has !== undefined && asked !== undefined && has.cluster === asked.cluster && has.at >= asked.at;
  },
};
