import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyAppointments } from '../../benchmarks/storage/manyAppointments.ts';
import { Storage } from '../../src/core/contracts/storage.ts';
import { companyExport } from '../../src/core/company/export/companyExport.ts';
import type { Appointment } from '../../src/core/model/appointment.ts';
import type { AppointmentId } from '../../src/core/model/ids.ts';
import { bench, granted, type Bench } from './salon.ts';

const ROWS = 20_000;
const PAGE = 500;

let at: Bench;
let first: Appointment;
beforeAll(async () => {
  at = await bench();
  const customer = { name: '=HYPERLINK("x")', phone: '+49301234567', email: 'eva@example.org' };
  const options = { customer, notes: 'Mit „Kaffee“,\n"schwarz"', metadata: { room: '2' } };
  const start = '2026-11-24T10:00:00+01:00';
  first = granted(await at.door.book({ service: 'colour', resource: 'anna', start }, options)).appointment;
  copyAppointments(at.file, ROWS - 1);
});
afterAll(() => at.close());

/** The storage, and how many rows it has given so far. */
function counted(): { readonly storage: Storage; readonly read: () => number } {
  const real = at.engine.get(Storage);
  let rows = 0;
  const count = <T>(page: readonly T[]): readonly T[] => {
    rows += page.length;
    return page;
  };
  const storage = {
    config: real.config.bind(real),
    walk: async (...input: Parameters<Storage['walk']>) => count(await real.walk(...input)),
    appointments: async (...input: Parameters<Storage['appointments']>) => count(await real.appointments(...input)),
  } as Storage;
  return { storage, read: () => rows };
}

/** The most rows that were read and not yet handed over. */
async function mostAhead(rows: AsyncIterable<unknown>, read: () => number): Promise<{ most: number; met: number }> {
  let [most, met] = [0, 0];
  for await (const _ of rows) {
    most = Math.max(most, read() - met);
    met++;
  }
  return { most, met };
}

test('an export is never more than one page ahead of whoever takes it, and comes to every row', async () => {
  const { storage, read } = counted();
  const rows = companyExport(storage, at.door.company.id).appointments();
  expect(await mostAhead(rows, read)).toEqual({ most: PAGE, met: ROWS });
});

test('neither is one of a range', async () => {
  const { storage, read } = counted();
  const rows = companyExport(storage, at.door.company.id).appointments({ fromMs: 0 });
  expect(await mostAhead(rows, read)).toEqual({ most: PAGE, met: ROWS });
});

test('control: an export that collects first is seen to be far ahead', async () => {
  const { storage, read } = counted();
  async function* collected(): AsyncGenerator<Appointment> {
    const all: Appointment[] = [];
    for await (const row of companyExport(storage, at.door.company.id).appointments()) all.push(row);
    yield* all;
  }
  expect((await mostAhead(collected(), read)).most).toBe(ROWS);
});

test('whoever stops early reads no further', async () => {
  const { storage, read } = counted();
  for await (const row of companyExport(storage, at.door.company.id).appointments()) if (row.id !== first.id) break;
  expect(read()).toBe(PAGE);
});

test('others have their turn between two pages', async () => {
  let turns = 0;
  let running = true;
  const others = (): void => {
    turns++;
    if (running) setImmediate(others);
  };
  setImmediate(others);
  for await (const _ of at.door.export.text('appointments', 'ndjson'));
  running = false;
  expect(turns).toBeGreaterThanOrEqual(ROWS / PAGE);
});

test('every row comes once although appointments are moved while the export runs', async () => {
  const storage = at.engine.get(Storage);
  const { id } = at.door.company;
  const met = new Map<AppointmentId, number>();
  let count = 0;
  for await (const row of at.door.export.appointments()) {
    met.set(row.id, (met.get(row.id) ?? 0) + 1);
    if (count++ % 1000 !== 0) continue;
    // What was met goes to the end of time, and what is still to come to its beginning.
    const last = await storage.appointment(id, first.id);
    for (const [each, shiftMs] of [
      [row, 1e11],
      [last, -1e9],
    ] as const)
      if (each !== undefined) {
        const moved = {
          ...each,
          startMs: each.startMs + shiftMs,
          endMs: each.endMs + shiftMs,
          version: each.version + 1,
        };
        await storage.write(id, { appointments: [{ row: moved, expectedVersion: each.version }], events: [] });
      }
  }
  expect([met.size, Math.max(...met.values())]).toEqual([ROWS, 1]);
});
