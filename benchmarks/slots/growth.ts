import { findSlots, type FindQuestion } from 'askpro/slots';
import { bytesPerOp } from '../measure/allocations.ts';
import { alone, type Effort } from '../measure/race.ts';
import type { Row } from '../measure/row.ts';
import { seeded } from '../measure/seeded.ts';
import type { Benchmark } from '../measure/suite.ts';
import { busyOn, resource, rotating, serviceOf, VARIANTS, weeksOf } from './calendars.ts';

const HOSTS = [1, 10, 100, 1_000] as const;
const WEEKS = [1, 4, 12, 52] as const;
const MOST_ROUNDS = 5;

/** Questions about any of so many hosts, each beginning with another one of a row of hosts. */
function questions(hosts: number, weeks: number): readonly FindQuestion[] {
  const random = seeded(hosts * 100 + weeks);
  const { range, days } = weeksOf(0, weeks);
  const row = Array.from({ length: hosts + VARIANTS }, (_, host) => resource('staff', host, busyOn(days, random)));
  const service = serviceOf('any');
  return Array.from({ length: VARIANTS }, (_, variant) => ({
    service,
    range,
    resources: row.slice(variant, variant + hosts),
  }));
}

async function cell(hosts: number, weeks: number, effort: Effort): Promise<Row> {
  const all = questions(hosts, weeks);
  const next = rotating(all);
  const find = (): unknown => findSlots(next());
  const timing = await alone({ async: false, run: find }, { ...effort, rounds: Math.min(effort.rounds, MOST_ROUNDS) });
  const slots = all.reduce((sum, question) => sum + findSlots(question).count, 0) / all.length;
  return {
    suite: 'slots',
    name: `grow-${hosts}x${weeks}w`,
    ...timing,
    bytesPerOp: await bytesPerOp(find, hosts === 1_000 ? 20 : 200),
    slots,
    nsPerBusy: timing.p50Ns / (hosts * weeks * 40),
  };
}

/** How time and memory grow with hosts and weeks: near linear in the calendars that have to be looked at. */
export const growth: Benchmark = {
  name: 'growth',
  async measure(effort) {
    const rows: Row[] = [];
    for (const hosts of HOSTS) for (const weeks of WEEKS) rows.push(await cell(hosts, weeks, effort));
    return rows;
  },
};
