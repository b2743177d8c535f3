import { describe, expect, test } from 'vitest';
import { migrate, storageAt } from '../../src/adapters/sequelize/index.ts';
import { migrations } from '../../src/adapters/sequelize/migrations/list.ts';
import { usualPace, type MigrationPace } from '../../src/adapters/sequelize/migrationTurn.ts';
import type { SchemaStatus } from '../../src/adapters/sequelize/migrator.ts';

const names = migrations.map(({ name }) => name);

type Change = (
  action: 'up' | 'down',
  pace?: MigrationPace,
  known?: typeof migrations,
  mayLose?: boolean,
) => Promise<SchemaStatus>;

/** What a migration taken back would lose is asked for when it is one's turn. */
export function downTests(fresh: () => Promise<string>, change: (place: string) => Promise<Change>): void {
  describe('two who take back at once, when only the first of two migrations loses nothing', () => {
    const ends = names.indexOf('0004-lists') + 1;
    const known = migrations.slice(0, ends);

    /** While the first one is at work, the second one looks at what he would lose, and then waits for his turn. */
    const twoDown = async (second: (to: Change, looked: SchemaStatus) => Promise<SchemaStatus>) => {
      const place = await fresh();
      const [one, other] = [await change(place), await change(place)];
      await one('up', usualPace, known);
      const looked = await migrate(storageAt(place), 'status');
      let waits: Promise<SchemaStatus> | undefined;
      const afterStatement = (): void => void (waits ??= second(other, looked));
      await one('down', { ...usualPace, afterStatement }, known);
      const told = await waits;
      return { looked, told, left: (await migrate(storageAt(place), 'status')).applied };
    };

    test('the second one is asked about the migration that he would take back, and leaves it', async () => {
      const { looked, told, left } = await twoDown((to) => to('down', usualPace, known, false));
      expect(looked.downLoses).toBeUndefined();
      expect(told?.refused).toEqual({ name: '0003-composite', loses: known[2]?.loses });
      expect(left).toEqual(names.slice(0, ends - 1));
    });

    test('control: who asks before it is his turn takes back what he never asked about', async () => {
      const { told, left } = await twoDown((to, { downLoses }) =>
        to('down', usualPace, known, downLoses === undefined),
      );
      expect(told?.refused).toBeUndefined();
      expect(left).toEqual(names.slice(0, ends - 2));
    });
  });
}
