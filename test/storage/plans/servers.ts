import { mariadbSeries, postgresSeries } from './history.ts';
import { mariadbJudge, postgresJudge } from './judged.ts';
import type { Explaining } from './planTests.ts';

/** On MariaDB, by what the server finds out about its tables. */
export const mariadbPlans: Explaining = {
  series: mariadbSeries,
  judge: mariadbJudge,
  settled: (_, tables) => [`ANALYZE TABLE ${tables.join(', ')}`],
};

/**
 * On PostgreSQL. What it does with a few thousand rows, and with parts that are empty, says nothing about millions: so it is
 * told to look through tables and to sort only where no index helps.
 */
export const postgresPlans: Explaining = {
  series: postgresSeries,
  judge: postgresJudge,
  settled: (place) => [
    'VACUUM ANALYZE',
    ...['enable_seqscan', 'enable_sort', 'jit'].map(
      (setting) => `ALTER DATABASE ${new URL(place).pathname.slice(1)} SET ${setting} = off`,
    ),
  ],
  partsOf:
    'SELECT c.relname AS part, p.relname AS whole FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid' +
    " JOIN pg_class p ON p.oid = i.inhparent WHERE c.relkind = 'i'",
};
