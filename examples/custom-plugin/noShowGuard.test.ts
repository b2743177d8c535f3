import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createEngine,
  type Answer,
  type Booking,
  type CompanyDoor,
  type Engine,
  type NonEmpty,
  type Slot,
} from 'askpro';
import { sqlite } from 'askpro/adapters/sequelize';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { noShowGuard } from './noShowGuard.ts';

const folder = mkdtempSync(join(tmpdir(), 'askpro-example-'));
const told: string[] = [];
let engine: Engine;
let salon: CompanyDoor;

beforeAll(async () => {
  const plugins = [noShowGuard({ tell: ({ name }) => void told.push(name ?? '') })];
  engine = await createEngine({ storage: sqlite(join(folder, 'example.db')), plugins });
  const applied = await engine.setup.apply({
    companies: [
      {
        key: 'salon',
        name: 'Salon',
        timeZone: 'Europe/Berlin',
        country: 'DE',
        branches: [{ key: 'mitte', name: 'Mitte', schedule: 'week' }],
        schedules: [{ key: 'week', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }] }],
        resources: [{ key: 'anna', name: 'Anna' }],
        services: [{ key: 'haircut', name: 'Haircut', durationMinutes: 30 }],
      },
    ],
  });
  const id = applied.ok ? applied.companies[0]?.id : undefined;
  const door = id === undefined ? undefined : await engine.company(id);
  salon = door?.ok === true ? door : expect.fail();
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true });
});

const slots = async (): Promise<NonEmpty<Slot>> => {
  const found = await salon.find({ service: 'haircut', count: 1 });
  return found.ok ? found.slots : expect.fail();
};
const bookAs = async (name: string, phone: string): Promise<Answer<Booking>> =>
  salon.book(salon.offer((await slots())[0]), { customer: { name, phone } });

test('who missed two appointments is asked to speak to somebody, and staff are told once', async () => {
  for (let time = 0; time < 2; time++) {
    const booked = await bookAs('Erika', '+493023125100');
    expect(booked.ok).toBe(true);
    if (booked.ok) await salon.noShow(booked.appointment.id);
  }
  expect(await bookAs('Erika', '+493023125100')).toMatchObject({
    ok: false,
    refusal: { code: 'RULE_REFUSED', rule: 'no-show-guard' },
  });
  await vi.waitFor(() => {
    expect(told).toEqual(['Erika']);
  });
});

test('others book as before', async () => {
  expect(await bookAs('Max', '+493023125101')).toMatchObject({ ok: true });
});
