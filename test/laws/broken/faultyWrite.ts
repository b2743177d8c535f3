import type { BookingWrite, WriteOutcome } from '../../../src/core/contracts/bookingWrite.ts';
import type { Storage } from '../../../src/core/contracts/storage.ts';
import type { CompanyId } from '../../../src/core/model/ids.ts';
import { broken, replaced, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

/** What a faulty write is given: what was asked for, and the real way to write. */
export interface FaultyWrite extends Ground {
  readonly company: CompanyId;
  readonly write: BookingWrite;
  readonly really: (write: BookingWrite) => Promise<WriteOutcome>;
}

/** An adapter whose only fault is in `write`. */
export const brokenWrite = (
  fault: string,
  aim: string,
  faulty: (asked: FaultyWrite) => Promise<WriteOutcome>,
): BrokenAdapter =>
  broken(fault, aim, (ground) => {
    const write: Storage['write'] = (company, asked) =>
      faulty({ ...ground, company, write: asked, really: (instead) => ground.real.write(company, instead) });
    return replaced(ground.real, { write });
  });

/** An adapter that writes something else than what was asked for. */
export const brokenInput = (
  fault: string,
  aim: string,
  change: (write: BookingWrite, ground: Ground) => BookingWrite,
): BrokenAdapter => brokenWrite(fault, aim, (asked) => asked.really(change(asked.write, asked)));

/** An adapter that does something more after it has committed. */
export const brokenAfter = (
  fault: string,
  aim: string,
  spoil: (asked: FaultyWrite) => Promise<void> | void,
): BrokenAdapter =>
  brokenWrite(fault, aim, async (asked) => {
    const outcome = await asked.really(asked.write);
    if (outcome.kind === 'committed') await spoil(asked);
    return outcome;
  });

/** Whether any of the spans to be claimed is busy by a look at the committed state, `slackMs` around them. */
export async function looksTaken({ real, company, write }: FaultyWrite, slackMs = 0): Promise<boolean> {
  for (const { resourceId, startMs, endMs } of (write.claims ?? []).flatMap(({ spans }) => spans)) {
    const query = { resourceIds: [resourceId], fromMs: startMs - slackMs, toMs: endMs + slackMs };
    for (const except of write.release?.length ? write.release : [undefined]) {
      if ((await real.busy(company, { ...query, except })).busy.some((pairs) => pairs.length > 0)) return true;
    }
  }
  return false;
}
