import type { BusySource, OutsideBusy, OutsideResource } from '../../src/core/contracts/busySource.ts';
import type { BusySourceSubject } from '../../src/core/contracts/busySourceLaws.ts';
import { fakeClock } from '../../src/core/contracts/fakeClock.ts';
import type { BranchId, CompanyId, ResourceId } from '../../src/core/model/ids.ts';

const HOUR = 3_600_000;
const LIMIT_MS = 6 * HOUR;
const company = 'company' as CompanyId;
const START = Date.UTC(2026, 10, 23, 8);
const occupied = [
  { startMs: START + HOUR, endMs: START + 2 * HOUR, title: 'Dentist' },
  { startMs: START + 3 * HOUR, endMs: START + 4 * HOUR + 90_000, title: 'Interview with Max' },
];
const range = { fromMs: START, toMs: START + 12 * HOUR };

const resource = (key: string): OutsideResource => ({
  id: key as ResourceId,
  key,
  branchId: 'branch' as BranchId,
  branchKey: 'branch',
  timeZone: 'Europe/Berlin',
});

/** What goes wrong in a source. */
export interface Fault {
  readonly answers?: (answers: readonly (OutsideBusy | undefined)[]) => readonly (OutsideBusy | undefined)[];
  readonly forgetsWhenCut?: boolean;
  readonly neverGivesUp?: boolean;
  readonly staysCut?: boolean;
  readonly forAnyone?: boolean;
  readonly closedRange?: boolean;
}

/** One way to break each law, by the name of the law. */
export const faults: Readonly<Record<string, Fault>> = {
  'there is one answer for each resource, in the order asked': { answers: (answers) => [...answers].reverse() },
  'what is occupied outside is occupied here, to the millisecond': {
    answers: (answers) =>
      answers.map(
        (answer) => answer && { ...answer, intervals: answer.intervals.map((ms) => Math.floor(ms / HOUR) * HOUR) },
      ),
  },
  'a range is half-open: what ends at its start or starts at its end is not in it': { closedRange: true },
  'a kind is one word, and nothing of what the outside calls its times is told': {
    answers: (answers) => answers.map((answer) => answer && { ...answer, titles: occupied.map(({ title }) => title) }),
  },
  'what is known says since when, and not since a time to come': {
    answers: (answers) => answers.map((answer) => answer && { ...answer, asOfMs: START + 100 * HOUR }),
  },
  'one company hears nothing of another': { forAnyone: true },
  'cut off, a source tells what it last knew, and that it is stale': { forgetsWhenCut: true },
  'cut off for longer than the limit, a source knows nothing': { neverGivesUp: true },
  'reached again, a source is fresh again': { staysCut: true },
};

/** A source in memory, right but for the fault it is given. */
export function memorySource(fault: Fault = {}): BusySourceSubject {
  const clock = fakeClock(START);
  let connected = true;
  let asOfMs = START;
  const busy = ({ id }: OutsideResource, fromMs: number, toMs: number): OutsideBusy => {
    if (connected) asOfMs = clock.now();
    const isTooOld = clock.now() - asOfMs > LIMIT_MS && fault.neverGivesUp !== true;
    const known = id === 'anna' && !(fault.forgetsWhenCut === true && !connected);
    const times = occupied.filter(({ startMs, endMs }) =>
      fault.closedRange === true ? startMs <= toMs && endMs >= fromMs : startMs < toMs && endMs > fromMs,
    );
    return {
      kind: 'calendar',
      intervals: Float64Array.from(known ? times.flatMap(({ startMs, endMs }) => [startMs, endMs]) : []),
      state: connected ? 'fresh' : isTooOld ? 'unknown' : 'stale',
      asOfMs,
    };
  };
  const source: BusySource = {
    name: 'memory',
    read(asking, { resources, fromMs, toMs }) {
      if (asking !== company && fault.forAnyone !== true) return resources.map(() => undefined);
      const answers = resources.map((each) => busy(each, fromMs, toMs));
      return fault.answers?.(answers) ?? answers;
    },
  };
  return {
    source,
    company,
    stranger: 'stranger' as CompanyId,
    resources: [resource('anna'), resource('ben')],
    occupied,
    range,
    secrets: occupied.map(({ title }) => title),
    now: () => clock.now(),
    outside: {
      limitMs: LIMIT_MS,
      cut: async () => void (connected = false),
      restore: async () => void (connected = fault.staysCut !== true),
      pass: async (byMs) => clock.advance(byMs),
    },
  };
}
