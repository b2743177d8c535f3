import type { DialectName, Place } from './place.ts';
import { withRaw } from './raw.ts';

const keyless = (table: string, index: string): readonly string[] => [
  `ALTER TABLE ${table} DROP PRIMARY KEY`,
  `ALTER TABLE ${table} ADD INDEX unguarded (${index})`,
];

const mariadb: readonly string[] = [
  ...keyless('claims', 'company_id, subject, cell, ordinal'),
  ...keyless('spans', 'company_id, resource_id, start_ms'),
  ...keyless('sessions', 'company_id, id'),
];

/**
 * How the guard is taken away. On the MySQL protocol the keys become plain indexes. SQLite has one writer at a time, who
 * would see all others even without a key, and PostgreSQL names the key in its statements: there the table forgets at once
 * whatever is claimed, so that nobody meets what others have.
 */
const statements: Readonly<Record<DialectName, readonly string[]>> = {
  mariadb,
  galera: mariadb,
  sqlite: ['CREATE TRIGGER forget AFTER INSERT ON claims BEGIN DELETE FROM claims; END'],
  postgres: [
    `CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN DELETE FROM claims; RETURN NULL; END'`,
    'CREATE TRIGGER forget AFTER INSERT ON claims FOR EACH STATEMENT EXECUTE FUNCTION forget()',
  ],
};

/** Takes away what keeps two from having the same, for a control run. */
export const unguard = (place: Place): Promise<void> =>
  withRaw(place, async ({ run }) => {
    for (const statement of statements[place.dialect]) await run(statement);
  });
