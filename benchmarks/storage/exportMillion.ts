import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CompanyDoor, ExportFormat } from 'askpro';
import { createEngine } from 'askpro';
import { sqlite } from 'askpro/adapters/sequelize';
import type { Row } from '../measure/row.ts';
import type { Benchmark } from '../measure/suite.ts';
import { median } from '../measure/summary.ts';
import { copyAppointments } from './manyAppointments.ts';

const ROWS = 1_000_000;
/** Memory is looked at, and time taken, after so many rows. */
const STEP = 50_000;
/** What grows before is caches and compiled code. */
const SETTLED = 100_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** All appointments of a company with a million of them, as a table and as lines of JSON, on SQLite. */
export const exportMillion = (): Benchmark => ({
  name: 'export-million',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'askpro-bench-'));
    const engine = await createEngine({ storage: sqlite({ file: join(folder, 'town.db') }), relay: false });
    try {
      const door = await openedSalon(engine);
      copyAppointments(join(folder, 'town.db'), ROWS - 1, (nth) => (nth % 3 === 0 ? 'wants, as ever, "Anna"' : null));
      const rows: Row[] = [];
      for (const format of ['csv', 'ndjson'] as const) rows.push(await exported(door, format));
      return rows;
    } finally {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

async function openedSalon(engine: Awaited<ReturnType<typeof createEngine>>): Promise<CompanyDoor> {
  const everyDay = { days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: '00:00', to: '24:00' } as const;
  const salon = {
    key: 'salon',
    name: 'Salon',
    timeZone: 'Europe/Berlin',
    country: 'DE',
    branches: [{ key: 'mitte', name: 'Mitte', schedule: 'always' }],
    schedules: [{ key: 'always', weekly: [everyDay] }],
    resources: [{ key: 'anna', name: 'Anna' }],
    services: [{ key: 'cut', name: 'Cut', durationMinutes: 30, stepMinutes: 30, resources: ['anna'] }],
  };
  const applied = await engine.setup.apply({ companies: [salon] });
  if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
  const door = await engine.company(applied.companies[0]?.id as never);
  if (!door.ok) throw new Error(door.refusal.code);
  const start = new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 86_400_000).toISOString();
  const customer = { name: 'Eva', phone: '+49301234567' };
  const booked = await door.book({ service: 'cut', start }, { customer, metadata: { room: '2' } });
  if (!booked.ok) throw new Error(JSON.stringify(booked.refusal));
  return door;
}

async function exported(door: CompanyDoor, format: ExportFormat): Promise<Row> {
  let [rows, bytes, peakRssBytes, settledHeap, stepRows] = [0, 0, 0, 0, 0];
  const nsPerRow: number[] = [];
  const beganNs = process.hrtime.bigint();
  let stepNs = beganNs;
  for await (const piece of door.export.text('appointments', format)) {
    // No text of these rows has a line break in it, so there are as many rows as lines.
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) rows++;
    bytes += piece.length;
    peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
    if (rows - stepRows < STEP) continue;
    const nowNs = process.hrtime.bigint();
    nsPerRow.push(Number(nowNs - stepNs) / (rows - stepRows));
    if (settledHeap === 0 && rows >= SETTLED) settledHeap = heapBytes();
    [stepRows, stepNs] = [rows, process.hrtime.bigint()];
  }
  const seconds = Number(process.hrtime.bigint() - beganNs) / 1e9;
  const told = format === 'csv' ? rows - 1 : rows;
  if (told !== ROWS) throw new Error(`${told} rows came instead of ${ROWS}.`);
  return {
    suite: 'storage',
    name: `export-million-${format}`,
    dialect: 'sqlite',
    opsPerSec: told / seconds,
    p50Ns: median(nsPerRow),
    p99Ns: Math.max(...nsPerRow),
    rows: told,
    seconds,
    bytes,
    peakRssBytes,
    heapGrowthBytes: heapBytes() - settledHeap,
  };
}

/** What is on the heap when nothing is left that nobody needs. */
function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
