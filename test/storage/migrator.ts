// A migrator in a process of its own, to be stopped and killed: PLACE LEASE_MS CUT [unfenced]
import { MigrationLease } from '../../src/adapters/sequelize/dialects/server/migrationLease.ts';
import { migrations } from '../../src/adapters/sequelize/migrations/list.ts';
import { changeSchema } from '../../src/adapters/sequelize/migrator.ts';
import { dialectAt } from './migrationGrounds.ts';

const [place = '', leaseMs = '', cut = '', unfenced] = process.argv.slice(2);
const { keep } = MigrationLease.prototype;
if (unfenced !== undefined)
  // What is begun is still noted; whether the lease is still his, nobody asks.
  MigrationLease.prototype.keep = function (transaction, unfinished) {
    return unfinished === undefined ? Promise.resolve() : keep.call(this, transaction, unfinished);
  };
const dialect = dialectAt(place);
const database = await dialect.open(undefined);
let statements = 0;
try {
  await changeSchema(database, dialect.name, 'up', migrations, {
    leaseMs: Number(leaseMs),
    waitMs: 10_000,
    afterStatement: async () => {
      console.log(++statements);
      // There it waits to be told to go on, and may be killed or stopped meanwhile.
      if (statements === Number(cut)) await new Promise((resolve) => process.stdin.once('data', resolve));
    },
  });
  console.log('migrated');
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
}
process.exit();
