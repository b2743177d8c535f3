import { createEngine } from 'askpro';
import { sqlite } from 'askpro/adapters/sequelize';
const engine = await createEngine({ storage: sqlite(process.argv[2] ?? 'quickstart.db') });
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
      resources: [{ key: 'anna', name: 'Anna', schedule: 'week' }],
      services: [{ key: 'haircut', name: 'Haircut', durationMinutes: 45 }],
    },
  ],
});
if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
const line = await engine.phone.resolve({ to: '+493023125200' });
if (!line.ok) throw new Error(line.refusal.code);
const salon = await engine.company(line.company.id);
if (!salon.ok) throw new Error(salon.refusal.code);
const found = await salon.find({ service: 'haircut', count: 3 });
if (!found.ok) throw new Error(found.refusal.code);
const held = await salon.hold(salon.offer(found.slots[0]), { owner: 'session-1' });
if (!held.ok) throw new Error(held.refusal.code);
const booked = await salon.book(held.hold, { customer: { name: 'Erika' } });
console.log(booked.ok ? `Booked ${found.slots[0].start}` : booked.refusal);
await engine.stop();
