import { EARLIER, firstIdOf, LATER, partOf, yearsFrom } from '../../years.ts';
import type { YearDialect, YearTable } from '../../schema.ts';
import { postgresIndexSql } from './indexSql.ts';

/** The least id of a year, as PostgreSQL writes ids. */
const from = (year: number): string =>
  `'${firstIdOf(year).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')}'`;

const part = (table: string, of: string, name: string, bounds: string): string =>
  `CREATE TABLE ${table}_${name} PARTITION OF ${of} ${bounds}`;

/** Makes a table of the same columns anew, fills it, and puts it in the place of the other one. */
const replaced = ({ name, primaryKey, indexes }: YearTable, tail: string, parts: (of: string) => readonly string[]) => [
  `CREATE TABLE ${name}_new (LIKE ${name} INCLUDING DEFAULTS)${tail}`,
  ...parts(`${name}_new`),
  `INSERT INTO ${name}_new SELECT * FROM ${name}`,
  `DROP TABLE ${name}`,
  `ALTER TABLE ${name}_new RENAME TO ${name}`,
  `ALTER TABLE ${name} ADD CONSTRAINT ${name}_pkey PRIMARY KEY (${primaryKey.join(', ')})`,
  ...indexes.map((index) => postgresIndexSql(name, index)),
];

/** Ranges of the id, which is a column of the key: so the key is as unique as it was. */
export const postgresYears: YearDialect = {
  split: (table, firstYear, lastYear) =>
    replaced(table, ' PARTITION BY RANGE (id)', (of) => [
      part(table.name, of, EARLIER, `FOR VALUES FROM (MINVALUE) TO (${from(firstYear)})`),
      ...yearsFrom(firstYear, lastYear).map((year) =>
        part(table.name, of, partOf(year), `FOR VALUES FROM (${from(year)}) TO (${from(year + 1)})`),
      ),
      part(table.name, of, LATER, 'DEFAULT'),
    ]),
  join: (table) => replaced(table, '', () => []),
  list: (table) =>
    `SELECT SUBSTR(c.relname, ${table.length + 2}) AS name, GREATEST(c.reltuples, 0)::BIGINT AS estimate` +
    ` FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = to_regclass('${table}') ORDER BY` +
    ` CASE c.relname WHEN '${table}_${EARLIER}' THEN 0 WHEN '${table}_${LATER}' THEN 2 ELSE 1 END, c.relname`,
  // Nobody puts a row of that year into the last part while those that are there are moved.
  add: (table, year) => {
    const [name, range] = [`${table}_${partOf(year)}`, `id >= ${from(year)} AND id < ${from(year + 1)}`];
    return [
      `LOCK TABLE ${table}_${LATER} IN ACCESS EXCLUSIVE MODE`,
      `CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS)`,
      `WITH moved AS (DELETE FROM ${table}_${LATER} WHERE ${range} RETURNING *) INSERT INTO ${name} SELECT * FROM moved`,
      `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM (${from(year)}) TO (${from(year + 1)})`,
    ];
  },
};
