import { expect } from 'vitest';
import type { Scenario } from './guarded.ts';

const ended = { end_timestamp: Date.parse('2026-11-23T07:05:00Z'), disconnection_reason: 'user_hangup' };
const events = [
  ['call_started', {}],
  ['transcript_updated', { transcript: 'Agent: Hallo.' }],
  ['call_ended', { ...ended, transcript: 'Agent: Hallo.\nUser: Hallo.' }],
  ['call_analyzed', { ...ended, transcript: 'Agent: Hallo.\nUser: Hallo.', call_analysis: { call_summary: 'Hallo.' } }],
] as const;

/** Every order of four. */
const orders = [0, 1, 2, 3].flatMap((a) =>
  [0, 1, 2, 3]
    .flatMap((b) => [0, 1, 2, 3].map((c) => [a, b, c, 6 - a - b - c]))
    .filter((order) => new Set(order).size === 4),
);

/** The events of a call come in every order, twice and at once, and the row is the same each time. */
export const inAnyOrder: Scenario = async ({ call, rows, faults }) => {
  expect(orders).toHaveLength(24);
  for (const [index, order] of orders.entries()) {
    const caller = call(`order-${index}`);
    for (const at of [...order, order[1] ?? 0]) {
      const [event, more] = events[at] ?? events[0];
      expect(await caller.event(event, more)).toEqual({ status: 204 });
    }
  }
  const crowd = call('order-at-once');
  await Promise.all([...events, ...events].map(([event, more]) => crowd.event(event, more)));
  const columns = 'status, started_ms, ended_ms, transcript, summary, outcome, from_number, to_number';
  const stored = rows.all<Record<string, unknown>>(`SELECT ${columns} FROM calls`);
  expect(stored).toHaveLength(25);
  expect(stored[0]).toMatchObject({ status: 'analyzed', summary: 'Hallo.', outcome: 'user_hangup' });
  for (const row of stored) expect(row).toEqual(stored[0]);
  // An event that never comes leaves what the others told.
  await call('short').event('call_ended', ended);
  expect(rows.calls().find(({ provider }) => provider === 'short')).toMatchObject({ status: 'completed' });
  expect(faults).toEqual([]);
};
