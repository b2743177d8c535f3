import { describe, expect, test } from 'vitest';
import { bookingSql } from '../../src/adapters/sequelize/bookingSql.ts';
import { bookColumns } from '../../src/adapters/sequelize/migrations/0005-book-at-once.ts';
import { oneRoundTripTests } from './oneRoundTripTests.ts';
import { onMariadb, onPostgres } from './servedBy.ts';

for (const on of [onMariadb, onPostgres])
  describe.skipIf(!on.isHere())(`in one round trip on ${on.dialect}`, () => oneRoundTripTests(on));

test('the procedure writes the columns that the steps write; others need a procedure of another name, made by a migration', () => {
  for (const [table, columns] of Object.entries(bookColumns)) {
    const insert = { customers: bookingSql.insertCustomer, appointments: bookingSql.insertAppointment }[table];
    expect(insert).toContain(`INTO ${table} (${columns.join(', ')}) VALUES`);
  }
});
