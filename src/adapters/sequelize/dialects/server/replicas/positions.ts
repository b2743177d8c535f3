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
  /** Asks a copy which server it is: an address may lead to another one later, or to several. */
  readonly server: string;
  readonly covers: Covers;
}

/** Asks for a position, or for a server. */
export function* position(sql: string): Program<string> {
  const [row] = yield* rows(sql, []);
  return text(row?.[0] ?? '');
}

/** The last transaction in a replication domain: which server made it, and its number there. */
interface Last {
  readonly server: string;
  readonly number: bigint;
}

/** What stands in `0-1-42,1-1-7`, by domain: domain, server and number. */
const byDomain = (position: string): ReadonlyMap<string, Last> =>
  new Map(
    position
      .split(',')
      .filter((part) => part !== '')
      .map((part) => {
        const [domain = '', server = '', number = '0'] = part.trim().split('-');
        return [domain, { server, number: BigInt(number) }];
      }),
  );

/**
 * MariaDB's global transaction ids. A server that does not replicate keeps the position that it had, so it is asked for
 * that as well. Numbers of two servers tell nothing of one another: after a failover the copy of a primary that is gone may
 * have a higher number than the new one, and nothing of what that one wrote. And where no position is told, as by a
 * primary without a binary log, nothing is known.
 */
export const mariadbPositions: Positions = {
  isTold: 'SELECT CAST(@@GLOBAL.log_bin AS CHAR)',
  primary: 'SELECT @@GLOBAL.gtid_binlog_pos',
  replica:
    "SELECT CASE VARIABLE_VALUE WHEN 'ON' THEN @@GLOBAL.gtid_slave_pos ELSE '' END" +
    " FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'SLAVE_RUNNING'",
  server: "SELECT CONCAT(@@hostname, ' ', @@port, ' ', @@server_id)",
  covers(applied, wanted) {
    const has = byDomain(applied);
    const asked = [...byDomain(wanted)];
    return (
      asked.length > 0 &&
      asked.every(([domain, { server, number }]) => {
        const last = has.get(domain);
        return last !== undefined && last.server === server && last.number >= number;
      })
    );
  },
};

/** A place in the write-ahead log, `16/B374D848`, behind the number of the cluster whose log it is and of its timeline. */
function place(position: string): { readonly log: string; readonly at: bigint } | undefined {
  const [, log = '', high = '', low = ''] = /^(\d+ [1-9A-F][\dA-F]*) ([\dA-F]+)\/([\dA-F]+)$/i.exec(position) ?? [];
  return log === '' ? undefined : { log: log.toUpperCase(), at: (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`) };
}

/**
 * PostgreSQL's write-ahead log. Where it is written is asked for, not where it is flushed: with `synchronous_commit = off`
 * a transaction counts as committed before the latter. A server that was promoted copies nobody any more, and begins a
 * timeline: who is still on the one before may be further in it than the new primary ever was. Who may not ask what is
 * received (`pg_read_all_stats`) learns of a timeline from the control file, which has it later.
 */
export const postgresPositions: Positions = {
  isTold: "SELECT '1'",
  primary:
    "SELECT system_identifier || ' ' || LTRIM(SUBSTR(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8), '0')" +
    " || ' ' || pg_current_wal_insert_lsn() FROM pg_control_system()",
  replica:
    "SELECT CASE WHEN pg_is_in_recovery() THEN system_identifier || ' ' || TO_HEX(GREATEST(timeline_id," +
    ' min_recovery_end_timeline, (SELECT MAX(received_tli) FROM pg_stat_wal_receiver)))' +
    " || ' ' || pg_last_wal_replay_lsn() ELSE '' END" +
    ' FROM pg_control_system(), pg_control_checkpoint(), pg_control_recovery()',
  server:
    "SELECT COALESCE(HOST(inet_server_addr()), '') || ' ' || inet_server_port() || ' ' || pg_postmaster_start_time()",
  covers(applied, wanted) {
    const [has, asked] = [place(applied), place(wanted)];
    return has !== undefined && asked !== undefined && has.log === asked.log && has.at >= asked.at;
  },
};
