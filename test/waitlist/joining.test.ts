import { afterEach, expect, test } from 'vitest';
import { waitlist, type JoinOptions } from '../../src/plugins/waitlist/index.ts';
import { granted, refusedWith } from '../engine/salon.ts';
import { FIVE, HOUR, lineBench, NINE, person, type LineBench } from './line.ts';

const opened: LineBench[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});
const start = async (options = {}): Promise<LineBench> => {
  const made = await lineBench(options);
  opened.push(made);
  return made;
};
const anna = { service: 'anna-only', start: NINE };
const erika = person('Erika');

/** The fields that a refusal names. */
const fieldsOf = (answer: unknown): readonly string[] =>
  (answer as { refusal: { errors: readonly { path: string }[] } }).refusal.errors.map(({ path }) => path);

test('nobody waits for what is free: he is told what he can book', async () => {
  const { list, company, fill } = await start();
  expect(await list.join(company, anna, erika)).toMatchObject({
    refusal: { code: 'SLOT_FREE', slots: [{ startMs: NINE }] },
  });
  await fill(7);
  expect(await list.join(company, { service: 'anna-only', from: NINE, to: FIVE }, erika)).toMatchObject({
    refusal: { code: 'SLOT_FREE', slots: [{ startMs: NINE + 7 * HOUR }] },
  });
  // What is free is not in the part of the day that he wishes.
  const morning = { service: 'anna-only', from: NINE, to: FIVE, partOfDay: 'morning' } as const;
  expect(granted(await list.join(company, morning, erika)).entry.status).toBe('waiting');
});

test('nobody waits for what never becomes free', async () => {
  const { list, company, clock } = await start();
  const at = async (startMs: number): Promise<string> =>
    refusedWith(await list.join(company, { ...anna, start: startMs }, erika));
  expect(await at(NINE - 2 * HOUR)).toBe('OUTSIDE_HOURS');
  expect(await at(NINE + 60_000)).toBe('OFF_GRID');
  expect(await at(NINE + 3_000 * 24 * HOUR)).toBe('BEYOND_HORIZON');
  expect(fieldsOf(await list.join(company, { ...anna, start: clock.now() }, erika))).toEqual(['start']);
  expect(
    fieldsOf(await list.join(company, { service: 'anna-only', from: NINE - 90 * HOUR, to: clock.now() }, erika)),
  ).toEqual(['to']);
});

test('what is wrong is named by field', async () => {
  const { list, company } = await start();
  const wrong = async (wish: object, options: JoinOptions = erika): Promise<readonly string[]> =>
    fieldsOf(await list.join(company, { service: 'anna-only', ...wish } as never, options));
  expect(await wrong({})).toEqual(['to']);
  expect(await wrong({ start: 'tomorrow' })).toEqual(['start']);
  expect(await wrong({ start: NINE, to: FIVE, weekdays: ['mo'] })).toEqual(['to', 'weekdays']);
  expect(await wrong({ from: FIVE, to: NINE })).toEqual(['to']);
  expect(await wrong({ from: NINE, to: NINE + 63 * 24 * HOUR })).toEqual(['to']);
  expect(await wrong({ from: NINE, to: FIVE, weekdays: [] })).toEqual(['weekdays']);
  expect(await wrong({ from: NINE, to: FIVE, weekdays: ['monday'], partOfDay: 'noon' })).toEqual([
    'weekdays',
    'partOfDay',
  ]);
  expect(await wrong(anna, { customer: { phone: 'twelve', email: 'at' } })).toEqual([
    'customer.email',
    'customer.phone',
  ]);
  expect(await wrong(anna, { contact: { phone: '12', email: 'x' } })).toEqual(['contact.email', 'contact.phone']);
  expect(await wrong(anna, { ...erika, notes: 'x'.repeat(1_001), idempotencyKey: '' })).toEqual([
    'notes',
    'idempotencyKey',
  ]);
  expect(refusedWith(await list.join(company, { ...anna, service: 'none' }, erika))).toBe('SERVICE_UNKNOWN');
  expect(refusedWith(await list.join(company, { ...anna, branch: 'none' }, erika))).toBe('BRANCH_UNKNOWN');
  expect(refusedWith(await list.join(company, { ...anna, resource: 'none' }, erika))).toBe('RESOURCE_UNKNOWN');
  const nobody = { customer: { id: '01a20734-5580-7483-9389-5022d3ca9ba6' as never } };
  expect(refusedWith(await list.join(company, anna, nobody))).toBe('CUSTOMER_UNKNOWN');
  expect(refusedWith(await list.join('01a20734-5580-7483-9389-5022d3ca9ba6' as never, anna, erika))).toBe(
    'COMPANY_UNKNOWN',
  );
});

test('an anonymous caller waits where he can be told, and is never taken for a customer', async () => {
  const { list, company, fill, door } = await start();
  const [nine] = await fill(8);
  const anonymous = { phone: 'anonymous', name: 'Somebody' };
  expect(fieldsOf(await list.join(company, anna, { customer: anonymous }))).toEqual(['contact']);
  const contact = { email: 'somebody@example.org' };
  const { entry } = granted(await list.join(company, anna, { customer: anonymous, contact }));
  expect(entry).toMatchObject({ customer: { phone: null }, contact: { phone: null, email: contact.email } });
  granted(await door.cancel(nine?.id as never));
  await expect.poll(async () => (await list.offeredTo(company, contact)).length).toBe(1);
  const { appointment } = granted(await list.accept(company, entry.id));
  expect(granted(await door.getCustomer(appointment.customerId as never)).customer).toMatchObject({ phone: null });
});

test('so many may wait for one start, so many times the same, and so many at all', async () => {
  const { list, company, fill, join } = await start({ maxPerSlot: 2, maxPerCustomer: 2, maxWaiting: 5 });
  await fill(8);
  const full = async (name: string, startMs: number): Promise<unknown> =>
    list.join(company, { ...anna, start: startMs }, person(name));
  await join('Erika');
  const max = await join('Max');
  expect(await full('Anton', NINE)).toMatchObject({ refusal: { code: 'WAITLIST_FULL', limit: 'maxPerSlot', most: 2 } });
  await join('Erika', { start: NINE + HOUR });
  expect(await full('Erika', NINE + 2 * HOUR)).toMatchObject({ refusal: { limit: 'maxPerCustomer' } });
  await join('Anton', { start: NINE + 2 * HOUR });
  await join('Otto', { start: NINE + 3 * HOUR });
  expect(await full('Konrad', NINE + 4 * HOUR)).toMatchObject({ refusal: { limit: 'maxWaiting', most: 5 } });
  granted(await list.leave(company, max.id));
  granted((await full('Konrad', NINE)) as never);
});

test('the same key joins once, and another request under it is refused', async () => {
  const { list, company, fill, door } = await start();
  const [nine] = await fill(8);
  const keyed = { ...erika, idempotencyKey: 'call 1' };
  const first = granted(await list.join(company, anna, keyed));
  const again = granted(await list.join(company, { ...anna }, { idempotencyKey: 'call 1', ...erika }));
  expect([first.replayed, again.replayed, again.entry.id]).toEqual([false, true, first.entry.id]);
  expect(refusedWith(await list.join(company, { ...anna, start: NINE + HOUR }, keyed))).toBe('KEY_REUSED');
  granted(await door.cancel(nine?.id as never));
  // Free meanwhile, and held for him: the first answer in its current state, no refusal.
  await expect.poll(async () => granted(await list.join(company, anna, keyed)).entry.status).toBe('offered');
});

test('entries are listed by service and by status, page by page', async () => {
  const { list, company, door, fill, join } = await start();
  await fill(8);
  await door.book({ service: 'cut', start: NINE });
  const entries = [await join('Erika'), await join('Max'), await join('Anton', { service: 'cut' })];
  granted(await list.leave(company, entries[1]?.id ?? ''));
  const ids = async (filter: object): Promise<readonly (number | string | null)[]> => {
    const { items, next } = granted(await list.list(company, filter)).page;
    return [...items.map(({ id }) => entries.findIndex((entry) => entry.id === id)), next === null ? 'end' : 'more'];
  };
  expect(await ids({})).toEqual([0, 1, 2, 'end']);
  expect(await ids({ limit: 2 })).toEqual([0, 1, 'more']);
  expect(await ids({ limit: 2, cursor: entries[1]?.id })).toEqual([2, 'end']);
  const serviceId = entries[0]?.wish.serviceId;
  expect(await ids({ serviceId })).toEqual([0, 1, 'end']);
  expect(await ids({ serviceId, status: 'waiting' })).toEqual([0, 'end']);
  expect(await ids({ status: 'left' })).toEqual([1, 'end']);
  expect(fieldsOf(await list.list(company, { limit: 0, status: 'gone' as never, cursor: '' }))).toEqual([
    'limit',
    'status',
    'cursor',
  ]);
});

test('options that cannot be used are named', () => {
  for (const field of ['maxPerSlot', 'maxPerCustomer', 'maxWaiting', 'offerMinutes', 'maxOffers', 'recheckMinutes'])
    for (const value of [0, 1.5, 100_000, '3', false])
      expect(() => waitlist({ [field]: value })).toThrow(`Option ${field} of waitlist()`);
});
