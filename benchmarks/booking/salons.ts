import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type CompanyDefinition, type CompanyDoor, type Engine } from 'askpro';
import { Storage } from 'askpro/adapter';
import { sqlite } from 'askpro/adapters/sequelize';
import { fakeClock } from 'askpro/testing';
import { below, seeded } from '../measure/seeded.ts';

/** Monday, 8 o'clock in Berlin. */
const NOW_MS = Date.parse('2026-11-23T07:00:00Z');
/** The Monday (midnight in Berlin) on which all weeks begin. */
export const FIRST_MS = Date.parse('2026-11-22T23:00:00Z');
export const DAY_MS = 86_400_000;
const HALF_HOUR_MS = 1_800_000;

const SALONS = 4;
const STAFF = 50;
const ROOMS = 10;
/** Weeks with appointments in them; beyond these everything is free. */
export const BUSY_WEEKS = 6;
const BUSY_A_DAY = 8;

/** Large salons in one database, each with fifty staff whose weeks are half full. */
export interface Salons {
  readonly doors: readonly CompanyDoor[];
  close(): Promise<void>;
}

function definition(index: number): CompanyDefinition {
  const keys = (kind: string, count: number): string[] => Array.from({ length: count }, (_, nth) => `${kind}-${nth}`);
  return {
    key: `salon-${index}`,
    name: `Salon ${index}`,
    timeZone: 'Europe/Berlin',
    country: 'DE',
    policies: { horizonDays: 3_650 },
    branches: [{ key: 'mitte', name: 'Mitte', schedule: 'week' }],
    schedules: [{ key: 'week', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }] }],
    resources: [
      ...keys('staff', STAFF).map((key) => ({ key, name: key })),
      ...keys('room', ROOMS).map((key) => ({ key, name: key, kind: 'room' as const })),
    ],
    services: [
      { key: 'cut', name: 'Cut', durationMinutes: 30 },
      {
        key: 'perm',
        name: 'Perm',
        segments: [
          { key: 'wrap', durationMinutes: 50, gapAfterMinutes: 15, assign: { staff: 1 } },
          { key: 'rinse', durationMinutes: 5, gapAfterMinutes: 10, assign: { staff: 1, room: 1 } },
          { key: 'neutralise', durationMinutes: 15, assign: { staff: 1, room: 1 } },
          { key: 'style', durationMinutes: 40, assign: { staff: 1 } },
        ],
      },
    ],
  };
}

/** Builds them through the engine's own setup and storage. */
export async function openSalons(): Promise<Salons> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-bench-'));
  const storage = sqlite({ file: join(folder, 'salons.db'), synchronous: 'NORMAL' });
  const engine = await createEngine({ storage, clock: fakeClock(NOW_MS), relay: false });
  const applied = await engine.setup.apply({
    companies: Array.from({ length: SALONS }, (_, index) => definition(index)),
  });
  if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
  const doors: CompanyDoor[] = [];
  for (const { id } of applied.companies) {
    const door = await engine.company(id);
    if (!door.ok) throw new Error(door.refusal.code);
    await occupy(engine, door, doors.length);
    doors.push(door);
  }
  return {
    doors,
    async close() {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Eight half hours each weekday, one in each hour of opening, as appointments would, without their rows. */
async function occupy(engine: Engine, { company, resources }: CompanyDoor, salon: number): Promise<void> {
  const random = seeded(salon + 1);
  let serial = salon * 1_000;
  for (const { id: resourceId } of (await resources()).filter(({ kind }) => kind === 'staff')) {
    const days = Array.from({ length: BUSY_WEEKS * 5 }, (_, nth) => Math.floor(nth / 5) * 7 + (nth % 5));
    const spans = days.flatMap((day) =>
      Array.from({ length: BUSY_A_DAY }, (_, hour) => {
        const startMs = FIRST_MS + day * DAY_MS + (9 + hour) * 2 * HALF_HOUR_MS + below(random, 3) * (HALF_HOUR_MS / 2);
        return { resourceId, startMs, endMs: startMs + HALF_HOUR_MS };
      }),
    );
    // Half hours that begin late in one hour and early in the next must not meet.
    const apart = spans.filter(({ startMs }, index) => index === 0 || startMs >= (spans[index - 1]?.endMs ?? 0));
    const owner = `00000000-0000-7000-8000-${(serial++).toString(16).padStart(12, '0')}`;
    const outcome = await engine.get(Storage).write(company.id, {
      claims: [{ owner: owner as never, spans: apart, grainMs: 300_000, expiresMs: null }],
      events: [],
    });
    if (outcome.kind !== 'committed') throw new Error(`could not occupy: ${outcome.kind}`);
  }
}
