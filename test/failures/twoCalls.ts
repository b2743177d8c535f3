import { expect } from 'vitest';
import type { Scenario } from './guarded.ts';

/** What a caller who wants the one chair wishes. */
export const TUESDAY_AT_TEN = { date: '2026-11-24', time: '10:00', service: 'Anna only' };

/** Two who have no number say the very same words in two calls: one is booked, and only he hears it. */
export const sameWordsInTwoCalls: Scenario = async ({ call, rows }) => {
  const callers = ['first', 'second'].map((id) => call(id, { from_number: 'anonymous' }));
  for (const each of callers) expect(await each.ask('find_slots', TUESDAY_AT_TEN)).toMatchObject({ ok: true });
  const answers = [];
  for (const each of callers) answers.push(await each.ask('book', { offer: 1 }));
  expect(answers[0]).toMatchObject({ ok: true });
  expect(answers[1]).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
  expect(answers[1]?.say).not.toMatch(/ist gebucht/);
  const [appointment, ...others] = rows.appointments();
  expect(others).toEqual([]);
  const [first, second] = rows.calls();
  expect(first).toMatchObject({ provider: 'first', id: appointment?.call, appointment: appointment?.id });
  expect(second).toMatchObject({ provider: 'second', appointment: null });
};
