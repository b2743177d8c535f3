import { afterEach, beforeEach, expect, test } from 'vitest';
import { bench, granted, refusedWith, type Bench } from './salon.ts';

const TEN = '2026-11-24T10:00:00+01:00';

let at: Bench;
beforeEach(async () => {
  at = await bench();
});
afterEach(() => at.close());

test('the same key and body give the first answer in its current state; another body is refused', async () => {
  const book = (start: string): ReturnType<typeof at.door.book> =>
    at.door.book({ service: 'cut', start }, { idempotencyKey: 'k1' });
  const first = granted(await book(TEN));
  const moved = granted(await at.door.reschedule(first.appointment.id, { start: '2026-11-24T15:00:00+01:00' }));
  expect(granted(await book(TEN))).toEqual({ ok: true, appointment: moved.appointment, replayed: true });
  expect(refusedWith(await book('2026-11-24T12:00:00+01:00'))).toBe('KEY_REUSED');
});

test('a refused attempt does not use up its key', async () => {
  const key = { idempotencyKey: 'k1' };
  const { appointment } = granted(await at.door.book({ service: 'anna-only', start: TEN }));
  expect(refusedWith(await at.door.book({ service: 'anna-only', start: TEN }, key))).toBe('SLOT_TAKEN');
  granted(await at.door.cancel(appointment.id));
  expect(granted(await at.door.book({ service: 'anna-only', start: TEN }, key)).replayed).toBe(false);
});

test('one key used a hundred times at once has one effect and one answer', async () => {
  const all = await Promise.all(
    Array.from({ length: 100 }, () => at.door.book({ service: 'cut', start: TEN }, { idempotencyKey: 'once' })),
  );
  const ids = new Set(all.map((answer) => granted(answer).appointment.id));
  expect(ids.size).toBe(1);
  expect(all.filter((answer) => answer.ok && !answer.replayed)).toHaveLength(1);
});

test('holds, changes and cancellations are idempotent by key too', async () => {
  const hold = (): ReturnType<typeof at.door.hold> =>
    at.door.hold({ service: 'cut', start: TEN }, { owner: 'c', idempotencyKey: 'h' });
  expect(granted(await hold()).hold).toEqual(granted(await hold()).hold);
  const { appointment } = granted(await at.door.book({ service: 'anna-only', start: '2026-11-24T13:00:00+01:00' }));
  const move = (): ReturnType<typeof at.door.book> =>
    at.door.reschedule(appointment.id, { start: '2026-11-24T14:00:00+01:00' }, { idempotencyKey: 'm' });
  expect(granted(await move()).replayed).toBe(false);
  expect(granted(await move())).toMatchObject({ replayed: true, appointment: { version: 2 } });
  const cancel = (): ReturnType<typeof at.door.book> => at.door.cancel(appointment.id, { idempotencyKey: 'x' });
  granted(await cancel());
  expect(granted(await cancel()).replayed).toBe(true);
});
