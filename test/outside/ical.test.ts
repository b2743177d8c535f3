import { afterEach, expect, test, vi } from 'vitest';
import { serve } from '../../src/adapters/http/index.ts';
import { MINUTE_MS, Route } from '../../src/plugin.ts';
import { Calendars, ical } from '../../src/plugins/ical/index.ts';
import {
  calendarServer,
  servesCalendar,
  type CalendarServer,
} from '../../src/plugins/ical/fetch/calendarServer.scene.ts';
import { bench, granted, MONDAY, refusedWith, salon, type Bench } from '../engine/salon.ts';

const HOUR = 60 * MINUTE_MS;
/** Tuesday, 9 o'clock in Berlin. */
const NINE = Date.parse('2026-11-24T08:00:00Z');
const OWN =
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Dentist\r\nDTSTART:20261124T090000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});
const start = async (file?: string): Promise<Bench> => {
  const plugins = [ical({ allowPrivateAddresses: ['127.0.0.1'], staleLimitMinutes: 60 })];
  const made = await bench({ plugins, ...(file === undefined ? {} : { file }) });
  opened.push(made);
  return made;
};
const listen = async (): Promise<CalendarServer> => {
  const server = await calendarServer(servesCalendar(OWN));
  opened.push(server);
  return server;
};
const anna = { service: 'anna-only', start: NINE + HOUR };

test('a calendar that a resource is subscribed to keeps it from being booked, also after a restart', async () => {
  const server = await listen();
  const first = await start();
  const calendars = first.engine.get(Calendars);
  const company = first.door.company.id;
  const { subscription } = granted(await calendars.subscribe(company, { resource: 'anna', url: server.url }));
  expect(refusedWith(await first.door.check(anna))).toBe('SOURCE_UNREACHABLE');
  expect(await calendars.refresh(company, subscription.id)).toMatchObject({ failure: null, asOfMs: MONDAY });
  expect(await first.door.check(anna)).toMatchObject({
    refusal: { code: 'SLOT_TAKEN', reasons: [{ message: 'The time is occupied (calendar).' }] },
  });
  granted(await first.door.check({ ...anna, start: NINE + 2 * HOUR }));

  const second = await start(first.file);
  expect(refusedWith(await second.door.check(anna))).toBe('SLOT_TAKEN');
  server.answer((_, response) => response.writeHead(500).end());
  await calendars.refresh(company, subscription.id);
  granted(await first.door.check({ ...anna, start: NINE + 2 * HOUR }));
  first.clock.advance(61 * MINUTE_MS);
  expect(refusedWith(await first.door.check({ ...anna, start: NINE + 2 * HOUR }))).toBe('SOURCE_UNREACHABLE');
  expect(await calendars.unsubscribe(company, subscription.id)).toBe(true);
  granted(await first.door.check(anna));
});

test('the company says for how long a calendar that cannot be reached is believed, a subscription may say otherwise', async () => {
  const server = await listen();
  const plugins = [ical({ allowPrivateAddresses: ['127.0.0.1'] })];
  const made = await bench({ plugins, companies: [salon({ policies: { outsideStaleMinutes: 30 } })] });
  opened.push(made);
  const { engine, door, clock } = made;
  const calendars = engine.get(Calendars);
  const url = server.url;
  const byCompany = granted(await calendars.subscribe(door.company.id, { resource: 'anna', url })).subscription;
  const own = { resource: 'ben', url, staleLimitMinutes: 45 };
  const bySubscription = granted(await calendars.subscribe(door.company.id, own)).subscription;
  for (const { id } of [byCompany, bySubscription]) await calendars.refresh(door.company.id, id);
  server.answer((_, response) => response.writeHead(500).end());
  const ben = { service: 'cut', resource: 'ben', start: NINE + 2 * HOUR };
  const later = { ...anna, start: NINE + 2 * HOUR };
  clock.advance(30 * MINUTE_MS);
  granted(await door.check(later));
  clock.advance(MINUTE_MS);
  expect(refusedWith(await door.check(later))).toBe('SOURCE_UNREACHABLE');
  granted(await door.check(ben));
  clock.advance(15 * MINUTE_MS);
  expect(refusedWith(await door.check(ben))).toBe('SOURCE_UNREACHABLE');
});

test('what is due is fetched by itself', async () => {
  const server = await listen();
  const { engine, door, clock } = await start();
  const calendars = engine.get(Calendars);
  granted(await calendars.subscribe(door.company.id, { resource: 'anna', url: server.url }));
  await vi.waitFor(async () => {
    clock.advance(MINUTE_MS);
    const [subscription] = await calendars.subscriptions(door.company.id);
    expect(subscription?.asOfMs).not.toBeNull();
  });
});

test('what cannot be subscribed to is refused by field, and an address is told to nobody', async () => {
  const { engine, door } = await start();
  const calendars = engine.get(Calendars);
  const { id } = door.company;
  const url = 'https://calendar.example/secret.ics';
  expect(refusedWith(await calendars.subscribe(id, { resource: 'zoe', url }))).toBe('RESOURCE_UNKNOWN');
  expect(await calendars.subscribe(id, { resource: 'anna', url: 'file:///etc/passwd' })).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'url' }] },
  });
  expect(await calendars.subscribe(id, { resource: 'anna', url, staleLimitMinutes: 0 })).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'staleLimitMinutes' }] },
  });
  const { subscription } = granted(await calendars.subscribe(id, { resource: 'anna', url }));
  expect(JSON.stringify([subscription, await calendars.subscriptions(id)])).not.toContain('secret');
});

test('appointments are published to who has the address, and to nobody else', async () => {
  const made = await start();
  const { engine, door } = made;
  const calendars = engine.get(Calendars);
  const { id } = door.company;
  granted(await door.book({ ...anna }, { customer: { name: 'Erika Muster' } }));
  granted(await door.book({ service: 'cut', start: NINE, resource: 'ben' }, { customer: { name: 'Max' } }));
  const { feed } = granted(await calendars.publish(id, { resource: 'anna' }));
  const server = await serve(engine, { port: 0, host: '127.0.0.1' });
  opened.push({ close: () => server.close() });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { headers });

  const response = await get(feed.path);
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(text).toContain(
    'DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\nSUMMARY:Anna only\r\nSTATUS:CONFIRMED\r\n',
  );
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  expect(text).not.toContain('Erika');
  const etag = response.headers.get('etag') ?? '';
  const again = await get(feed.path, { 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);

  const open = granted(await calendars.publish(id, { customers: true })).feed;
  expect(await (await get(open.path)).text()).toContain('SUMMARY:Cut: Max');

  // The last characters belong to the secret, the first ones to the company.
  const flip = (at: number): string => {
    const other = feed.path[at] === 'A' ? 'B' : 'A';
    return feed.path.slice(0, at) + other + feed.path.slice(at + 1);
  };
  for (const path of [flip(feed.path.length - 10), flip(11), flip(40), '/calendars/x.ics'])
    expect((await get(path)).status).toBe(404);
  expect(await calendars.revoke(id, feed.id)).toBe(true);
  expect((await get(feed.path, { 'if-none-match': etag })).status).toBe(404);
  expect(await calendars.feeds(id)).toMatchObject([{ id: open.id, customers: true }]);
  expect(engine.all(Route).map(({ path }) => path)).toContain('/calendars/:token');
});

test('a feed read back occupies what was booked', async () => {
  const { engine, door } = await start();
  const calendars = engine.get(Calendars);
  granted(await door.book({ ...anna }, { customer: { name: 'Erika' } }));
  const { feed } = granted(await calendars.publish(door.company.id, { resource: 'anna' }));
  const server = await serve(engine, { port: 0, host: '127.0.0.1' });
  opened.push({ close: () => server.close() });
  const url = `http://127.0.0.1:${server.port}${feed.path}`;
  const { subscription } = granted(await calendars.subscribe(door.company.id, { resource: 'ben', url }));
  await calendars.refresh(door.company.id, subscription.id);
  expect(refusedWith(await door.check({ service: 'cut', start: NINE + HOUR, resource: 'ben' }))).toBe('SLOT_TAKEN');
  granted(await door.check({ service: 'cut', start: NINE, resource: 'ben' }));
});

test('companies keep their calendars apart', async () => {
  const server = await listen();
  const plugins = [ical({ allowPrivateAddresses: true })];
  const made = await bench({ plugins, companies: [salon(), salon({ key: 'other', numbers: [] })] });
  opened.push(made);
  const calendars = made.engine.get(Calendars);
  const other = await made.open('other');
  const { subscription } = granted(
    await calendars.subscribe(made.door.company.id, { resource: 'anna', url: server.url }),
  );
  expect(await calendars.subscriptions(other.company.id)).toEqual([]);
  expect(await calendars.refresh(other.company.id, subscription.id)).toBeUndefined();
  expect(await calendars.unsubscribe(other.company.id, subscription.id)).toBe(false);
  granted(await other.check(anna));
});
