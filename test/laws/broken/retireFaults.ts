import type { Retired, Retiring } from '../../../src/core/contracts/retiring.ts';
import { broken, replaced, stored, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

/** An adapter that retires otherwise. */
const brokenRetire = (
  fault: string,
  aim: string,
  change: (retiring: Retiring) => Retiring,
  spoil: (ground: Ground, retired: Retired, retiring: Retiring) => Retired = (_, retired) => retired,
): BrokenAdapter =>
  broken(fault, aim, (ground) =>
    replaced(ground.real, {
      retire: async (company, retiring) => spoil(ground, await ground.real.retire(company, change(retiring)), retiring),
    }),
  );

/** An adapter that changes the database before it retires, so that more goes or less. */
const unguarded = (fault: string, aim: string, sql: string): BrokenAdapter =>
  broken(fault, aim, ({ real, raw }) =>
    replaced(real, {
      retire: (company, retiring) => {
        raw.exec(sql);
        return real.retire(company, retiring);
      },
    }),
  );

/** What is put back after a piece that took something: it was not taken with the rest. */
const keeps = (fault: string, aim: string, table: string): BrokenAdapter =>
  broken(fault, aim, ({ real, raw }) =>
    replaced(real, {
      retire: async (company, retiring) => {
        raw.exec(`DROP TABLE IF EXISTS temp.kept; CREATE TEMP TABLE kept AS SELECT * FROM ${table}`);
        const retired = await real.retire(company, retiring);
        if (retired.taken > 0) raw.exec(`INSERT OR IGNORE INTO ${table} SELECT * FROM kept`);
        return retired;
      },
    }),
  );

const whole = 'an appointment that is over for long enough goes with all that was stored beside it, and no other one';
const waiting = 'an appointment stays while one of its events waits, and while it was changed of late';
const pieces =
  'what is old goes in pieces, each after the last row of the one before, and whoever begins anew takes the rest';
const ended = 'a call that has ended goes with its events, and appointments name it no more';
const said = 'what was said in a call goes, and the call stays in its next version';
const same = (retiring: Retiring): Retiring => retiring;

/** Faults in what is taken away when it was kept for long enough. */
export const retireFaults: readonly BrokenAdapter[] = [
  brokenRetire('retires appointments that are still to come', whole, (retiring) => ({
    ...retiring,
    beforeMs: retiring.beforeMs + 3_600_000,
  })),
  unguarded('retires appointments by their start', whole, 'UPDATE appointments SET end_ms = start_ms'),
  keeps('retires appointments and keeps their time', whole, 'spans'),
  keeps('retires appointments and keeps their events', whole, 'outbox'),
  keeps('retires appointments and keeps what they took of limits', whole, 'claims'),
  brokenRetire('retires appointments that calls still name', whole, same, ({ raw }, retired, { kind }) => {
    if (kind === 'appointments' && retired.taken > 0) raw.exec('UPDATE calls SET appointment_id = id');
    return retired;
  }),
  unguarded('retires appointments of which events wait', waiting, 'UPDATE outbox SET sent_ms = 1'),
  brokenRetire('retires what was changed of late', waiting, (retiring) => ({
    ...retiring,
    unchangedSinceMs: Number.MAX_SAFE_INTEGER,
  })),
  brokenRetire('retires everything at once', pieces, (retiring) => ({ ...retiring, limit: 1000 })),
  brokenRetire('retires from the beginning again with each piece', pieces, (retiring) => ({
    ...retiring,
    after: undefined,
  })),
  unguarded('retires calls that go on', ended, "UPDATE calls SET status = 'analyzed'"),
  brokenRetire('retires calls that appointments still name', ended, same, ({ raw }, retired, { kind }) => {
    if (kind === 'calls' && retired.taken > 0) raw.exec('UPDATE appointments SET call_id = id');
    return retired;
  }),
  brokenRetire('keeps what calls came to', said, same, ({ raw }, retired) => {
    raw.exec("UPDATE calls SET outcome = 'c'");
    return retired;
  }),
  brokenRetire('retires without counting versions up', said, same, ({ raw }, retired) => {
    if (retired.taken > 0) raw.exec('UPDATE calls SET version = version - 1');
    return retired;
  }),
  brokenRetire('takes what it shall only count', 'who only counts what would go takes nothing', (retiring) => ({
    ...retiring,
    dryRun: false,
  })),
  broken(
    'takes customers who have called by their number for idle',
    'customers who have neither come nor called since then are told page by page',
    ({ real, raw }) =>
      replaced(real, {
        idleCustomers: (company, query) => {
          raw.exec('UPDATE calls SET from_number = NULL');
          return real.idleCustomers(company, query);
        },
      }),
  ),
  broken(
    'tells only the first page of idle customers',
    'customers who have neither come nor called since then are told page by page',
    ({ real }) =>
      replaced(real, {
        idleCustomers: async (company, query) => ({ ...(await real.idleCustomers(company, query)), next: null }),
      }),
  ),
  broken(
    'retires rows of other companies with the same ids',
    'retire neither reads nor changes a row of another company',
    ({ real, raw }) =>
      replaced(real, {
        retire: async (company, retiring) => {
          const before = raw.prepare('SELECT id FROM appointments WHERE company_id = ?').all(stored(company));
          const retired = await real.retire(company, retiring);
          const here = raw.prepare('SELECT 1 FROM appointments WHERE company_id = ? AND id = ?');
          for (const row of before) {
            const id = row['id'] as Uint8Array;
            if (here.get(stored(company), id) === undefined)
              raw.prepare('DELETE FROM appointments WHERE id = ?').run(id);
          }
          return retired;
        },
      }),
  ),
  broken(
    'looks for idle customers in all companies',
    'idleCustomers neither reads nor changes a row of another company',
    ({ real, raw }) =>
      replaced(real, {
        idleCustomers: async (company, query) => {
          const page = await real.idleCustomers(company, query);
          const seen = raw.prepare('SELECT 1 FROM appointments WHERE customer_id = ? AND start_ms > ?');
          return { ...page, ids: page.ids.filter((id) => seen.get(stored(id), query.beforeMs) === undefined) };
        },
      }),
  ),
];
