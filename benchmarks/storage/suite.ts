import type { Suite, Benchmark } from '../measure/suite.ts';
import { backupTown } from './backupTown.ts';
import { book, bookInGroups, bookInOneRoundTrip, holdAndBook } from './books.ts';
import { exportMillion } from './exportMillion.ts';
import { growth } from './growth.ts';
import type { Ground } from './ground.ts';
import { mariadbGround } from './mariadbGround.ts';
import { postgresGround } from './postgresGround.ts';
import { purge } from './purge.ts';
import { branchDay, busyRead } from './reads.ts';
import { StorageScene } from './scene.ts';
import { sqliteGround } from './sqliteGround.ts';

/** Appointments in the town: when rows are measured by hand, and when their ratios are checked. */
const sizes = { measure: 1_000_000, check: 10_000 } as const;

/** How large the larger town of the growth rows is; 10,000,000 is for a machine with 40 GB of room and an hour's time. */
const grown = Number(process.env['ASKPRO_BENCH_GROWTH'] ?? 1_000_000);

function rowsOn(
  ground: Ground,
  appointments: number,
): { readonly scene: StorageScene; readonly benchmarks: readonly Benchmark[] } {
  const scene = new StorageScene(ground, appointments);
  const isServer = ground.dialect !== 'sqlite';
  return {
    scene,
    benchmarks: [
      busyRead(scene, 'busy-read', 1, 1),
      busyRead(scene, 'busy-read-8', 8, 1),
      busyRead(scene, 'busy-read-50', 50, 4),
      branchDay(scene),
      ...[1, 16, 64].map((inFlight) => book(scene, inFlight)),
      ...(isServer ? [1, 16, 64].map((inFlight) => bookInOneRoundTrip(scene, inFlight)) : [bookInGroups(scene, 64)]),
      ...[1, 16].map((inFlight) => holdAndBook(scene, inFlight)),
      growth(scene, grown),
      purge(scene),
    ],
  };
}

/** The storage on its databases, as the engine calls it. */
export function storageSuite(purpose: keyof typeof sizes): Suite {
  const appointments = Number(process.env['ASKPRO_BENCH_APPOINTMENTS'] ?? sizes[purpose]);
  const all = [sqliteGround(), mariadbGround(), postgresGround()].map((ground) => rowsOn(ground, appointments));
  return {
    benchmarks: [...all.flatMap(({ benchmarks }) => benchmarks), exportMillion(), backupTown()],
    async close() {
      for (const { scene } of all) await scene.close();
    },
  };
}
