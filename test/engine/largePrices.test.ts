import { expect, test } from 'vitest';
import { bench, granted, refusalOf, salon } from './salon.ts';

const TEN = '2026-11-24T10:00:00+01:00';
const yoga = (amountMinor: number) =>
  salon({
    services: [
      {
        key: 'yoga',
        name: 'Yoga',
        durationMinutes: 60,
        seats: 1000,
        price: { amountMinor, currency: 'IDR' },
        policies: { noShowFee: { percent: 99 } },
      },
    ],
  });

test('the highest price for the largest party is exact, and so is a percentage of it', async () => {
  const at = await bench({ companies: [yoga(9_999_999_999)] });
  const booked = granted(await at.door.book({ service: 'yoga', start: TEN, partySize: 1000 })).appointment;
  const { appointment } = granted(await at.door.noShow(booked.id));
  expect([appointment.price?.amountMinor, appointment.fee?.price.amountMinor]).toEqual([
    9_999_999_999_000, 9_899_999_999_010,
  ]);
  expect(granted(await at.door.listAppointments()).page.items).toEqual([appointment]);
  await at.close();
});

test('a price that would be stored but never read again for a party is refused by its field', async () => {
  const at = await bench();
  const refused = await at.engine.setup.apply({ companies: [yoga(Number.MAX_SAFE_INTEGER)] });
  expect(refusalOf(refused, 'INPUT_INVALID').errors.map(({ path }) => path)).toEqual([
    'companies[0].services[0].price.amountMinor',
  ]);
  await at.close();
});
