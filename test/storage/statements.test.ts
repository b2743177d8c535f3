import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test, vi } from 'vitest';
import { createEngine } from '../../src/index.ts';
import type { CompanyDoor, Engine } from '../../src/index.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { serverPool } from '../../src/adapters/sequelize/dialects/server/pool.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The texts with marks that are prepared meanwhile, without those of models, which Sequelize sends by its own ways. */
function preparedTexts(): ReadonlySet<string> {
  const texts = new Set<string>();
  const prepare = Reflect.get(DatabaseSync.prototype, 'prepare') as DatabaseSync['prepare'];
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, sql: string) {
    if (sql.includes('?') && !sql.includes('`')) texts.add(sql);
    return prepare.call(this, sql);
  });
  return texts;
}

const services = [
  { key: 'cut', name: 'Cut', durationMinutes: 45 },
  { key: 'colour', name: 'Colour', durationMinutes: 120, bufferAfterMinutes: 10 },
  { key: 'wash', name: 'Wash', durationMinutes: 20 },
];

async function salon(engine: Engine): Promise<CompanyDoor> {
  const applied = await engine.setup.apply({
    companies: [
      {
        key: 'salon',
        name: 'Salon',
        timeZone: 'Europe/Berlin',
        country: 'DE',
        branches: [{ key: 'mitte', name: 'Mitte' }],
        numbers: [{ number: '+49 30 23125200', branch: 'mitte' }],
        schedules: [{ key: 'week', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }] }],
        resources: ['anna', 'ben', 'cem'].map((key) => ({ key, name: key, schedule: 'week' })),
        services,
      },
    ],
  });
  if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
  const line = await engine.phone.resolve({ to: '+493023125200', from: '+493011111111' });
  if (!line.ok) throw new Error(line.refusal.code);
  const door = await engine.company(line.company.id);
  if (!door.ok) throw new Error(door.refusal.code);
  return door;
}

/** What callers, the web app and the staff of a salon do all day. */
async function day(door: CompanyDoor): Promise<void> {
  for (const { key: service } of services) {
    const found = await door.find({ service, count: 3 });
    if (!found.ok) throw new Error(found.refusal.code);
    const held = await door.hold(door.offer(found.slots[0]), { owner: 'call-1' });
    if (!held.ok) throw new Error(held.refusal.code);
    const customer = { name: 'Erika', phone: '+493011111111' };
    const booked = await door.book(held.hold, { customer, idempotencyKey: `book-${service}` });
    if (!booked.ok) throw new Error(booked.refusal.code);
    const later = await door.find({ service, count: 1, replacing: { appointment: booked.appointment.id } });
    if (!later.ok) throw new Error(later.refusal.code);
    const moved = await door.reschedule(booked.appointment.id, door.offer(later.slots[0]));
    expect(moved.ok).toBe(true);
    await door.listAppointments({});
    await door.listAppointments({ customerId: booked.appointment.customerId ?? undefined });
    await door.listCustomers({});
    await door.getAppointment(booked.appointment.id);
    expect((await door.cancel(booked.appointment.id)).ok).toBe(true);
  }
}

test('what a salon does all day needs fewer statements than a connection keeps prepared', async () => {
  const texts = preparedTexts();
  const engine = await createEngine({ storage: sqlite(':memory:') });
  try {
    await day(await salon(engine));
  } finally {
    await engine.stop();
  }
  expect(texts.size).toBeGreaterThan(20);
  expect(texts.size).toBeLessThan(serverPool.preparedStatements);
});
