import { firstSchema } from './0001-first.ts';
import { scarceSchema } from './0002-scarce.ts';
import { compositeSchema } from './0003-composite.ts';
import { listSchema } from './0004-lists.ts';
import { bookAtOnceSchema } from './0005-book-at-once.ts';
import { yearSchema } from './0006-years.ts';
import { retentionSchema } from './0007-retention.ts';
import { knownCustomersSchema } from './0008-known-customers.ts';
import type { Migration } from './migration.ts';

/** All migrations in their order. The schema's version is how many of them have run. */
export const migrations: readonly Migration[] = [
  firstSchema,
  scarceSchema,
  compositeSchema,
  listSchema,
  bookAtOnceSchema,
  yearSchema,
  retentionSchema,
  knownCustomersSchema,
];
