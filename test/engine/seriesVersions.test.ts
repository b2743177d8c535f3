import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BookingWrite, Storage, StorageFactory } from '../../src/adapter.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import type { Appointment, CompanyId, GroupId } from '../../src/index.ts';
import { bench, granted, salon, type Bench } from './salon.ts';

const AT_ONCE = 8;
const DAYS = 3;

/** Writes each row whatever version it has: the compare-and-set taken away. */
function whateverVersion(factory: StorageFactory): StorageFactory {
  const write = async (storage: Storage, company: CompanyId, wanted: BookingWrite) => {
    const appointments: { readonly row: Appointment; readonly expectedVersion: number }[] = [];
    for (const each of wanted.appointments ?? []) {
      const stored = await storage.appointment(company, each.row.id);
      appointments.push({ ...each, expectedVersion: stored?.version ?? 0 });
    }
    return storage.write(company, { ...wanted, appointments });
  };
  // One at a time, so that what was read is what is written over.
  let last: Promise<unknown> = Promise.resolve();
  return {
    name: factory.name,
    create: async (options) => {
      const storage = await factory.create(options);
      return new Proxy(storage, {
        get: (target, name: keyof Storage) => {
          if (name === 'write')
            return (company: CompanyId, wanted: BookingWrite) => {
              const written = last.then(() => write(target, company, wanted));
              last = written.catch(() => undefined);
              return written;
            };
          const member = target[name];
          return typeof member === 'function' ? member.bind(target) : member;
        },
      });
    },
  };
}

async function opened(isGuarded: boolean): Promise<{ readonly at: Bench; readonly group: GroupId }> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-versions-'));
  const own = sqlite({ file: join(folder, 'versions.db'), synchronous: 'NORMAL' });
  const at = await bench({
    relay: false,
    storage: isGuarded ? own : whateverVersion(own),
    companies: [
      salon({
        services: [{ key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 15, resources: ['anna', 'ben'] }],
      }),
    ],
  });
  onTestFinished(async () => {
    await at.close();
    rmSync(folder, { recursive: true });
  });
  const target = { service: 'cut', start: '2026-11-24T10:00:00+01:00', resource: 'anna' };
  const { groupId } = granted(await at.door.bookSeries({ target, rule: `FREQ=DAILY;COUNT=${DAYS}` }));
  if (groupId === null) throw new Error('nothing was booked');
  return { at, group: groupId };
}

/** By how many quarters of an hour each occurrence was moved, when so many at once moved it by one. */
async function movedByMany(isGuarded: boolean): Promise<readonly number[]> {
  const { at, group } = await opened(isGuarded);
  const move = { scope: 'all', change: { shiftMinutes: 15 } } as const;
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => at.door.rescheduleSeries(group, move)));
  for (const answer of answers) granted(answer);
  const { items } = granted(await at.door.listAppointments({ groupId: group })).page;
  return items.map(({ startMs, recurrence }) => (startMs - (recurrence?.startMs ?? NaN)) / 900_000);
}

/** How many cancellations were told, when so many at once cancelled all. */
async function cancelledByMany(isGuarded: boolean): Promise<number> {
  const { at, group } = await opened(isGuarded);
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () => at.door.cancelSeries(group, { scope: 'all', by: 'company' })),
  );
  return answers.flatMap((answer) => granted(answer).occurrences).filter(({ ok }) => ok).length;
}

test('of many moves at once each counts, from where the one before has put it', async () => {
  expect(await movedByMany(true)).toEqual(Array.from({ length: DAYS }, () => AT_ONCE));
});

test('control: where versions are not compared, moves are lost', async () => {
  expect(Math.max(...(await movedByMany(false)))).toBeLessThan(AT_ONCE);
});

test('of many cancellations at once each occurrence is told once', async () => {
  expect(await cancelledByMany(true)).toBe(DAYS);
});

test('control: where versions are not compared, cancellations are told twice', async () => {
  expect(await cancelledByMany(false)).toBeGreaterThan(DAYS);
});
