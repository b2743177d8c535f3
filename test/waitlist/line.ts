import type { Appointment, CompanyDoor, Engine } from '../../src/index.ts';
import { MINUTE_MS, Upkeep } from '../../src/plugin.ts';
import {
  Waitlist,
  waitlist,
  WaitlistOffered,
  type JoinOptions,
  type WaitlistEntry,
  type WaitlistOptions,
} from '../../src/plugins/waitlist/index.ts';
import { bench, granted, salon, type Bench } from '../engine/salon.ts';

export const HOUR = 60 * MINUTE_MS;
/** Tuesday, nine o'clock in Berlin, when the salon opens. */
export const NINE = Date.parse('2026-11-24T08:00:00Z');
/** Tuesday, five o'clock in Berlin, when it closes. */
export const FIVE = NINE + 8 * HOUR;

/** Somebody who can be told. */
export const person = (name: string): JoinOptions => ({
  customer: { name, phone: `+4917000000${name.length}${name.charCodeAt(0) % 10}` },
});

/** A salon with a waitlist, and what tests need to talk to it. */
export interface LineBench extends Bench {
  readonly list: Waitlist;
  readonly company: CompanyDoor['company']['id'];
  /** Ids of the entries that were offered something, in order, as observers of this process saw it. */
  readonly offered: readonly string[];
  /** Joins the line; a refusal fails the test. */
  join(name: string, wish?: object): Promise<WaitlistEntry>;
  entry(id: string): Promise<WaitlistEntry>;
  /** Books Anna's hours of Tuesday from nine on. */
  fill(hours: number, from?: number): Promise<readonly Appointment[]>;
  /** Does what is due now, once. */
  turn(): Promise<void>;
}

/** Starts one. */
export async function lineBench(
  options: WaitlistOptions = {},
  more: Parameters<typeof bench>[0] = {},
): Promise<LineBench> {
  const at = await bench({
    plugins: [waitlist(options)],
    upkeep: false,
    companies: [salon(), salon({ key: 'other', name: 'Other', numbers: [] })],
    ...more,
  });
  const { engine, door } = at;
  const company = door.company.id;
  const list = engine.get(Waitlist);
  const offered: string[] = [];
  engine.on(WaitlistOffered, ({ entry }) => offered.push(entry.id));
  return {
    ...at,
    list,
    company,
    offered,
    async join(name, wish = {}) {
      const asked = { service: 'anna-only', start: NINE, ...wish };
      return granted(await list.join(company, asked, person(name))).entry;
    },
    entry: async (id) => granted(await list.get(company, id)).entry,
    async fill(hours, from = NINE) {
      const booked: Appointment[] = [];
      for (let hour = 0; hour < hours; hour++)
        booked.push(granted(await door.book({ service: 'anna-only', start: from + hour * HOUR })).appointment);
      return booked;
    },
    turn: () => turn(engine),
  };
}

/** Does all that is due. */
async function turn(engine: Engine): Promise<void> {
  for (const task of engine.all(Upkeep)) if (task.name === 'waitlist') while (await task.turn());
}
