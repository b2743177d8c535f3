import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine, type CompanyDoor } from 'askpro';
import { sqlite } from 'askpro/adapters/sequelize';
import { run } from './run.ts';
import type { ExitCode } from './terminal.ts';

const PHONE = '+49301234567';
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-customer-'));
  const setup = join(folder, 'setup.json');
  const always = { days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: '00:00', to: '24:00' };
  const salon = {
    ...{ key: 'salon', name: 'Salon', timeZone: 'Europe/Berlin', country: 'DE' },
    branches: [{ key: 'mitte', name: 'Mitte', schedule: 'always' }],
    schedules: [{ key: 'always', weekly: [always] }],
    resources: [{ key: 'anna', name: 'Anna' }],
    services: [{ key: 'cut', name: 'Cut', durationMinutes: 30, stepMinutes: 30, resources: ['anna'] }],
  };
  writeFileSync(setup, JSON.stringify({ companies: [salon] }));
  await askpro('apply', setup);
  const engine = await createEngine({ storage: sqlite(join(folder, 'askpro.db')), relay: false });
  const line = await engine.setup.apply({ companies: [salon] } as never);
  const door = line.ok ? await engine.company(line.companies[0]?.id as never) : line;
  if (!door.ok) throw new Error(door.refusal.code);
  const start = new Date(Math.ceil(Date.now() / 86_400_000 + 2) * 86_400_000).toISOString();
  const booked = await (door satisfies CompanyDoor).book(
    { service: 'cut', start },
    { customer: { name: 'Eva', phone: PHONE } },
  );
  if (!booked.ok) throw new Error(booked.refusal.code);
  await engine.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function askpro(...args: string[]): Promise<{ code: ExitCode; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run([...args, '--db', join(folder, 'askpro.db')], {
    stdin: () => Promise.resolve(''),
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: {},
  });
  return { code, out, err };
}

test('a customer is told, kept while appointments are to come, and erased with them', async () => {
  const told = await askpro('customer', 'export', 'salon', PHONE);
  expect(JSON.parse(told.out)).toMatchObject({ customer: { name: 'Eva' }, plugins: { waitlist: [], callbacks: [] } });
  const kept = await askpro('customer', 'erase', 'salon', PHONE);
  expect([kept.code, kept.err]).toEqual([
    2,
    expect.stringMatching(/CUSTOMER: has appointments to come: .*--cancel-upcoming/),
  ]);
  const done = await askpro('customer', 'erase', 'salon', PHONE, '--cancel-upcoming');
  expect([done.code, JSON.parse(done.out)]).toEqual([0, { appointments: 1, calls: 0, others: 0 }]);
  const again = await askpro('customer', 'erase', 'salon', PHONE);
  expect([again.code, again.err]).toEqual([2, expect.stringContaining(`CUSTOMER: salon has no customer "${PHONE}"`)]);
});
