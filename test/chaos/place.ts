import type { StorageFactory } from 'askpro/adapter';
import { mariadb, postgres, sqlite } from 'askpro/adapters/sequelize';

/** The databases that scenarios run on; `galera` is a cluster of three MariaDB nodes. */
export const dialectNames = ['sqlite', 'mariadb', 'postgres', 'galera'] as const;
/** One of {@link dialectNames}. */
export type DialectName = (typeof dialectNames)[number];

/** A database: the path of a file, or the address of one on a server. */
export interface Place {
  readonly dialect: DialectName;
  readonly address: string;
}

/** A storage there, by the database's own clock, as patient as many who want the same need it. */
export function storageAt({ dialect, address }: Place, connections = 10): StorageFactory {
  if (dialect === 'sqlite') return sqlite({ file: address, synchronous: 'NORMAL', busyLimitMs: 30_000 });
  if (dialect === 'postgres') return postgres({ url: address, connections, busyLimitMs: 30_000 });
  return mariadb({ url: address, connections, busyLimitMs: 30_000 });
}
