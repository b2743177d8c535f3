/** What MySQL and MariaDB, which speak one protocol, do differently here. */
export interface Flavour {
  /** Compares byte by byte, spaces at the end included, as SQLite does. */
  readonly collation: string;
}

/** MySQL 8. */
const mysql: Flavour = { collation: 'utf8mb4_0900_bin' };

/** MariaDB. */
const mariadb: Flavour = { collation: 'utf8mb4_nopad_bin' };

/** @param version - what the server tells as `VERSION()`: each of the two takes the other's place, whatever its address says */
export const flavourOf = (version: string): Flavour => (/mariadb/i.test(version) ? mariadb : mysql);
