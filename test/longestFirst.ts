import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that take long because they compute, the longest first. */
const computing = [
  'test/oracle/differential.first.test.ts',
  'test/oracle/differential.second.test.ts',
  'test/laws/broken.first.test.ts',
  'test/laws/broken.second.test.ts',
  'test/laws/broken.third.test.ts',
  'test/oracle/plantedFaults.test.ts',
  'examples/custom-adapter/timedStorage.test.ts',
];

/** Tests that take long because they wait for servers and other processes, the longest first. */
const waiting = [
  'test/storage/schemaChanges.test.ts',
  'test/chaos/race.test.ts',
  'test/storage/scarceRace.test.ts',
  'test/chaos/galeraNode.test.ts',
  'test/storage/replicas.test.ts',
  'test/loading/mariadb.test.ts',
  'test/call.test.ts',
  'test/chaos/killApp.test.ts',
  'test/storage/badCable.test.ts',
  'test/storage/doctor/servers.test.ts',
  'test/engine/race.test.ts',
  'test/storage/oneRoundTrip.test.ts',
  'test/chaos/cutCommit.test.ts',
  'test/chaos/killDb.test.ts',
  'test/storage/backup/servers.test.ts',
  'test/host/host.test.ts',
  'test/storage/mariadb.test.ts',
  'benchmarks/check.test.ts',
];

/** For each that computes two that wait: together they use the machine's cores best. */
const first: readonly string[] = [
  ...computing.flatMap((path, index) => [path, ...waiting.slice(2 * index, 2 * index + 2)]),
  ...waiting.slice(2 * computing.length),
].map((path) => {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${path} is said to take long, but is not there`);
  return file;
});

/** Begins with the tests that take longest, so that no long one is left over at the end, and then goes on as usual. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => first.indexOf(moduleId);
    const long = files.filter((file) => place(file) >= 0).sort((one, other) => place(one) - place(other));
    return [...long, ...(await super.sort(files.filter((file) => place(file) < 0)))];
  }
}
