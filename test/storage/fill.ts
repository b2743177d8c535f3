import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { EngineError } from '../../src/adapter.ts';
import type { AppointmentId, CompanyConfig, FaultCode, ResourceId, Storage } from '../../src/adapter.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment } from './sample.ts';

/** What came of filling a disk. */
export interface FillReport {
  /** The appointments whose writes were answered as committed. */
  readonly committed: readonly AppointmentId[];
  /** Those whose writes failed. */
  readonly failed: readonly AppointmentId[];
  readonly codes: readonly (FaultCode | 'other')[];
  /** Of the first fault. */
  readonly message: string;
}

const resourceOf = (config: CompanyConfig): ResourceId => {
  const [resource] = config.resources;
  if (resource === undefined) throw new TypeError('the company needs a resource');
  return resource.id;
};

/** Books, several at once and each with a long note, until a write fails. Starts after the given number of half hours. */
export async function fillUntilFault(storage: Storage, config: CompanyConfig, from = 0): Promise<FillReport> {
  const committed: AppointmentId[] = [];
  const failed: AppointmentId[] = [];
  const faults: unknown[] = [];
  for (let next = from; faults.length === 0 && next < from + 5000; next += 8) {
    const group = Array.from({ length: 8 }, (_, index) =>
      sampleAppointment(config, resourceOf(config), mondayMs + minutes(30 * (next + index)), {
        notes: 'n'.repeat(2000),
      }),
    );
    const results = await Promise.allSettled(group.map((row) => storage.write(config.company.id, bookingOf(row))));
    for (const [index, result] of results.entries()) {
      const id = group[index]?.id;
      if (id === undefined) continue;
      if (result.status === 'rejected') {
        failed.push(id);
        faults.push(result.reason);
      } else if (result.value.kind === 'committed') committed.push(id);
    }
  }
  const [first] = faults;
  return {
    committed,
    failed,
    codes: [...new Set(faults.map((fault) => (fault instanceof EngineError ? fault.code : 'other')))],
    message: first instanceof Error ? first.message : String(first),
  };
}

// Run as a program of its own, so that a limit on the size of files can be set around it.
if (process.argv[2] === 'fill') {
  const [, , , file = '', config = ''] = process.argv;
  const storage = await sqlite(file).create({});
  await storage.start();
  const report = await fillUntilFault(storage, JSON.parse(config) as CompanyConfig);
  await storage.stop();
  console.log(JSON.stringify(report));
}
