import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { backup, checkStorage, migrate, restore, sqlite } from 'askpro/adapters/sequelize';
import type { Row } from '../measure/row.ts';
import type { Benchmark } from '../measure/suite.ts';
import { fillTown } from './sqliteGround.ts';
import { NOW_MS } from './town.ts';

const APPOINTMENTS = 100_000;

/** A town of 100,000 appointments backed up, restored into another file and looked through by the doctor, on SQLite. */
export const backupTown = (): Benchmark => ({
  name: 'backup',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'askpro-bench-'));
    const [town, copy, file] = ['town.db', 'copy.db', 'town.backup'].map((name) => join(folder, name)) as [string, string, string]; // prettier-ignore
    try {
      await migrate(sqlite(town), 'up');
      fillTown(town, APPOINTMENTS);
      configure(town);
      const backedUp = await timed(() => pipeline(backup(sqlite(town)), createWriteStream(file)));
      let rows = 0;
      const restored = await timed(async () => {
        const all = await restore(sqlite(copy), () => createReadStream(file));
        rows = Object.values(all.rows).reduce((sum, count) => sum + count, 0);
      });
      const examined = await timed(() => mustBeInOrder(copy));
      const { size } = statSync(file);
      return [
        row('backup', rows, backedUp, size),
        row('restore', rows, restored, size),
        row('doctor', rows, examined, size),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** The town has bookings alone; what they name is made here, so that the doctor finds it. */
function configure(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(
    'INSERT INTO branches (company_id, id, branch_key, name, time_zone, active, position)' +
      " SELECT DISTINCT company_id, branch_id, 'main', 'Main', 'UTC', 1, 0 FROM appointments;" +
      'INSERT INTO services (company_id, id, service_key, name, duration_minutes, step_minutes, buffer_before_minutes,' +
      ' buffer_after_minutes, buffers_within_hours, grid, active, position)' +
      " SELECT DISTINCT company_id, service_id, 'cut', 'Cut', 30, 30, 0, 0, 1, 'auto', 1, 0 FROM appointments;" +
      'INSERT INTO resources (company_id, id, resource_key, name, kind, branch_id, time_off, capacity, active, position)' +
      " SELECT DISTINCT s.company_id, s.resource_id, 'r', 'R', 'staff', b.id, '[]', 1, 1, 0 FROM spans s" +
      ' JOIN branches b ON b.company_id = s.company_id WHERE NOT EXISTS (SELECT 1 FROM resources r' +
      ' WHERE r.company_id = s.company_id AND r.id = s.resource_id);' +
      'INSERT INTO customers (company_id, id, no_shows) SELECT DISTINCT company_id, customer_id, 0 FROM appointments' +
      ' WHERE customer_id IS NOT NULL ON CONFLICT DO NOTHING',
  );
  database.close();
}

async function mustBeInOrder(file: string): Promise<void> {
  for await (const { code, subject, message } of checkStorage(sqlite(file), { nowMs: NOW_MS }))
    throw new Error(`${code}: ${subject} ${message}`);
}

interface Timed {
  readonly seconds: number;
  readonly peakRssBytes: number;
}

async function timed(work: () => Promise<void>): Promise<Timed> {
  let peakRssBytes = 0;
  const watch = setInterval(() => (peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss())), 20);
  const beganNs = process.hrtime.bigint();
  await work();
  const seconds = Number(process.hrtime.bigint() - beganNs) / 1e9;
  clearInterval(watch);
  return { seconds, peakRssBytes: Math.max(peakRssBytes, process.memoryUsage.rss()) };
}

/** @param bytes - of the file; told by appointment as well */
function row(name: string, rows: number, { seconds, peakRssBytes }: Timed, bytes: number): Row {
  const nsPerRow = (seconds * 1e9) / rows;
  return {
    suite: 'storage',
    name,
    dialect: 'sqlite',
    opsPerSec: rows / seconds,
    p50Ns: nsPerRow,
    p99Ns: nsPerRow,
    rows,
    seconds,
    bytes,
    bytesPerAppointment: bytes / APPOINTMENTS,
    peakRssBytes,
  };
}
