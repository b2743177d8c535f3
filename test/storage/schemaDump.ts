import type { MigrationGround } from './migrationGrounds.ts';

/** What a schema consists of, by the catalogue of each dialect: the lock of migrators is no part of it. */
const catalogues = {
  sqlite: [
    "SELECT type, name, tbl_name, REPLACE(sql, '`', '') AS means FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
  ],
  mysql: [
    `SELECT 'table', TABLE_NAME, ENGINE, TABLE_COLLATION, CREATE_OPTIONS FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> 'schema_lock'`,
    `SELECT 'column', TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, COLLATION_NAME, EXTRA,
     GENERATION_EXPRESSION FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> 'schema_lock'`,
    `SELECT 'index', TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, NON_UNIQUE, SUB_PART
     FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> 'schema_lock'`,
    `SELECT 'partition', TABLE_NAME, PARTITION_NAME, PARTITION_METHOD, PARTITION_EXPRESSION, PARTITION_DESCRIPTION
     FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = DATABASE() AND PARTITION_NAME IS NOT NULL`,
    `SELECT 'routine', ROUTINE_NAME, ROUTINE_DEFINITION FROM information_schema.ROUTINES
     WHERE ROUTINE_SCHEMA = DATABASE()`,
    'SELECT name, version FROM schema_migrations',
  ],
  postgres: [
    `SELECT 'table', c.relname, c.relkind, pg_get_expr(c.relpartbound, c.oid) AS bound FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'schema_lock%'`,
    `SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, l.collname,
     a.attgenerated FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     LEFT JOIN pg_collation l ON l.oid = a.attcollation
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'schema_lock%' AND c.relkind IN ('r', 'p')
     AND a.attnum > 0 AND NOT a.attisdropped`,
    `SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_lock'`,
    `SELECT 'constraint', conname, pg_get_constraintdef(oid) AS means FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'schema_lock%'`,
    `SELECT 'routine', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
    'SELECT name, version FROM schema_migrations',
  ],
} as const;

/** Describes a schema line by line, so that two are equal exactly when their descriptions are. */
export async function dumpSchema(ground: MigrationGround, place: string): Promise<readonly string[]> {
  const kind = /^(mysql|postgres):/.exec(place)?.[1] ?? 'sqlite';
  const lines: string[] = [];
  for (const sql of catalogues[kind as keyof typeof catalogues])
    lines.push(...(await ground.run(place, [sql])).map((row) => JSON.stringify(Object.values(row))));
  return lines.sort();
}
