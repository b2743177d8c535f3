import { mariadbPositions } from '../server/replicas/positions.ts';
import type { Positions } from '../server/replicas/positions.ts';

/** What MySQL and MariaDB, which speak one protocol, do differently here. */
export interface Flavour {
  /** Compares byte by byte, spaces at the end included, as SQLite does. */
  readonly collation: string;
  /** How far a server and its replicas are. */
  readonly positions: Positions | undefined;
}

/** MySQL 8.0 and later. */
const mysql: Flavour = { collation: 'utf8mb4_0900_bin', positions: undefined };

/** MariaDB. */
const mariadb: Flavour = { collation: 'utf8mb4_nopad_bin', positions: mariadbPositions };

/** @param version - what the server tells as `VERSION()`: each of the two takes the other's place, whatever its address says */
export const flavourOf = (version: string): Flavour => (/mariadb/i.test(version) ? mariadb : mysql);
