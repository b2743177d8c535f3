import { afterEach, beforeEach, expect, test } from 'vitest';
import { bench, granted, refusalOf, salon, type Bench } from './salon.ts';

const TEN = '2026-11-24T10:00:00+01:00';

const services = [
  {
    key: 'yoga',
    name: 'Yoga',
    durationMinutes: 60,
    stepMinutes: 60,
    seats: 4,
    price: { amountMinor: 900, currency: 'EUR' },
  },
  { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30 },
];

let at: Bench;
beforeEach(async () => {
  at = await bench({ companies: [salon({ services })] });
});
afterEach(() => at.close());

test('a series for several people has a seat for each of them on every date, and each is paid for', async () => {
  const target = { service: 'yoga', start: TEN, partySize: 3 };
  const { occurrences } = granted(await at.door.bookSeries({ target, rule: 'FREQ=DAILY;COUNT=2' }));
  expect(occurrences.map((each) => granted(each).appointment)).toMatchObject([
    { partySize: 3, price: { amountMinor: 2700 } },
    { partySize: 3, price: { amountMinor: 2700 } },
  ]);
  const { slot } = granted(await at.door.check({ service: 'yoga', start: TEN }));
  expect(slot.seatsLeft).toBe(1);
});

test('a series is judged by how many people it is for', async () => {
  const checked = granted(
    await at.door.checkSeries({ target: { service: 'yoga', start: TEN, partySize: 5 }, rule: 'FREQ=DAILY;COUNT=2' }),
  );
  expect(checked.occurrences.map(({ ok }) => ok)).toEqual([false, false]);
  for (const partySize of [0, -1, 1.5, 1e9, NaN, '3' as unknown as number]) {
    const target = { service: 'yoga', start: TEN, partySize };
    const refused = await at.door.bookSeries({ target, rule: 'FREQ=DAILY;COUNT=2' });
    expect(refusalOf(refused, 'INPUT_INVALID').errors.map(({ path }) => path)).toEqual(['target.partySize']);
  }
});

test('whoever is preferred serves a series and a batch', async () => {
  const ben = (await at.door.resources()).find(({ key }) => key === 'ben')?.id;
  const target = { service: 'cut', start: TEN, prefer: ['ben'] };
  const { occurrences } = granted(await at.door.bookSeries({ target, rule: 'FREQ=DAILY;COUNT=2' }));
  expect(occurrences.map((each) => granted(each).appointment.resourceIds)).toEqual([[ben], [ben]]);
  const items = [{ ...target, start: '2026-11-24T12:00:00+01:00' }];
  const batch = granted(await at.door.bookMany(items, { mode: 'all' }));
  expect(batch.items.map((each) => granted(each).appointment.resourceIds)).toEqual([[ben]]);
});

test('a series tells under its key what it booked when its service is not there any more', async () => {
  const wish = { target: { service: 'cut', start: TEN }, rule: 'FREQ=DAILY;COUNT=2' };
  const first = granted(await at.door.bookSeries(wish, { idempotencyKey: 'again' }));
  granted(await at.engine.setup.apply({ companies: [salon({ services: services.slice(0, 1) })] }));
  expect(await at.door.bookSeries(wish, { idempotencyKey: 'again' })).toEqual({ ...first, replayed: true });
  expect((await at.door.bookSeries(wish, { idempotencyKey: 'other' })).ok).toBe(false);
});
