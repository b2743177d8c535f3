import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Appointment, GroupId } from '../../src/index.ts';
import { Ledger } from './ledger.ts';
import { racing } from './processes.ts';
import { bench, granted, MONDAY, salon, type Bench } from './salon.ts';
import type { Deed, Done } from './seriesRacer.ts';

const DAYS = 3;

let at: Bench;
let ledger: Ledger;
beforeEach(async () => {
  at = await bench({ relay: false, companies: [salon()] });
  ledger = new Ledger(at.file, 300_000);
});
afterEach(async () => {
  ledger.close();
  await at.close();
});

async function booked(time: string): Promise<GroupId> {
  const target = { service: 'anna-only', start: `2026-11-24T${time}:00+01:00` };
  const { groupId } = granted(await at.door.bookSeries({ target, rule: `FREQ=DAILY;COUNT=${DAYS}` }));
  if (groupId === null) throw new Error('nothing was booked');
  return groupId;
}

/** Three series of one who is open for eight hours are moved, and one is cancelled, while others want single hours. */
const deedsOn = (groups: readonly GroupId[], lost: GroupId): readonly Deed[] =>
  Array.from({ length: 48 }, (_, nth): Deed => {
    if (nth % 3 === 0) {
      const half = (nth * 7) % 15;
      const time = `${String(9 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
      return { book: `2026-11-${24 + (nth % DAYS)}T${time}:00+01:00` };
    }
    const group = groups[nth % groups.length] ?? lost;
    const shiftMinutes = [30, -30, 60, -60, 90, -90][Math.floor(nth / 4) % 6];
    const move = { scope: 'all', change: { shiftMinutes } } as const;
    if (nth % 12 === 7) return { group: lost, cancel: { scope: 'all', by: 'company' } };
    if (nth % 12 === 11) return { group: lost, move: { ...move, conflicts: 'shift' } };
    return { group, move: { ...move, conflicts: nth % 4 === 1 ? 'fail' : nth % 4 === 2 ? 'skip' : 'shift' } };
  });

const inFourProcesses = (deeds: readonly Deed[]): Promise<readonly Done[]> =>
  racing(new URL('./seriesRacer.ts', import.meta.url), at, deeds);

const rows = async (groupId: GroupId): Promise<readonly Appointment[]> =>
  granted(await at.door.listAppointments({ groupId, limit: 200 })).page.items;

async function race(): Promise<{ readonly groups: readonly GroupId[]; readonly lost: GroupId }> {
  const groups = [await booked('09:30'), await booked('11:30'), await booked('13:30')];
  const lost = await booked('15:30');
  const done = await inFourProcesses(deedsOn(groups, lost));
  expect(done).toHaveLength(48);
  expect(done.filter((count) => count > 0).length).toBeGreaterThan(5);
  return { groups, lost };
}

test('series that four processes move, cancel and book between lose no occurrence and meet nothing twice', async () => {
  const { groups, lost } = await race();
  expect(ledger.contradictions(MONDAY)).toEqual([]);
  for (const group of groups) {
    const all = await rows(group);
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 'confirmed'));
    expect(new Set(all.map(({ recurrence }) => recurrence?.startMs)).size).toBe(DAYS);
  }
  expect((await rows(lost)).map(({ status }) => status)).toEqual(Array.from({ length: DAYS }, () => 'cancelled'));
}, 120_000);

test('control: without the key on claims the same deeds overlap', async () => {
  ledger.dropClaimsKey();
  await race();
  expect(ledger.contradictions(MONDAY).length).toBeGreaterThan(0);
}, 120_000);
