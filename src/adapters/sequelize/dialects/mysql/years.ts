import { EARLIER, firstIdOf, LATER, partOf, yearsFrom } from '../../years.ts';
import type { YearDialect } from '../../schema.ts';

const before = (part: string, year: number): string => `PARTITION ${part} VALUES LESS THAN (X'${firstIdOf(year)}')`;
const rest = `PARTITION ${LATER} VALUES LESS THAN (MAXVALUE)`;

/** Ranges of the id, which is a column of the key: so the key is as unique as it was. */
export const mysqlYears: YearDialect = {
  split: ({ name }, firstYear, lastYear) => {
    const years = yearsFrom(firstYear, lastYear).map((year) => before(partOf(year), year + 1));
    const parts = [before(EARLIER, firstYear), ...years, rest];
    return [`ALTER TABLE ${name} PARTITION BY RANGE COLUMNS(id) (${parts.join(', ')})`];
  },
  join: ({ name }) => [`ALTER TABLE ${name} REMOVE PARTITIONING`],
  list: (table) =>
    'SELECT PARTITION_NAME AS name, TABLE_ROWS AS estimate FROM information_schema.PARTITIONS' +
    ` WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '${table}' AND PARTITION_NAME IS NOT NULL` +
    ' ORDER BY PARTITION_ORDINAL_POSITION',
  // The last part is empty as long as years are added in time, so that there is nothing to move.
  add: (table, year) => [
    `ALTER TABLE ${table} REORGANIZE PARTITION ${LATER} INTO (${before(partOf(year), year + 1)}, ${rest})`,
  ],
};
