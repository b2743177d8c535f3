import { afterEach, expect, test } from 'vitest';
import { busySourceLaws } from '../../../core/contracts/busySourceLaws.ts';
import type { OutsideBusy } from '../../../plugin.ts';
import { servesCalendar } from '../fetch/calendarServer.scene.ts';
import {
  CALENDAR,
  calendarScene,
  COMPANY,
  judgedScene,
  MINUTE,
  MONDAY,
  resource,
  type CalendarScene,
} from './calendar.scene.ts';

test.each(busySourceLaws({ create: judgedScene, remote: true }))('calendars keep the law: $name', ({ run }) => run());

const scenes: CalendarScene[] = [];
const scene = async (...given: Parameters<typeof calendarScene>): Promise<CalendarScene> => {
  const made = await calendarScene(...given);
  scenes.push(made);
  return made;
};
afterEach(async () => {
  for (const each of scenes.splice(0)) await each.close();
});

const range = { fromMs: MONDAY, toMs: MONDAY + 7 * 24 * 60 * MINUTE };
const ask = async ({ source }: CalendarScene, timeZone?: string): Promise<OutsideBusy | undefined> =>
  (await source.read(COMPANY, { resources: [resource('anna', timeZone)], ...range }))[0];

test('until it is read for the first time a calendar refuses, or is free where that is wanted', async () => {
  expect(await ask(await scene())).toMatchObject({ state: 'unknown', asOfMs: null });
  expect(await ask(await scene({ beforeFirstRead: 'free' }))).toMatchObject({ state: 'stale', asOfMs: null });
});

test('a calendar that has not changed is not sent again, and is fresh', async () => {
  const made = await scene();
  await made.pass(6 * MINUTE);
  expect(made.server.seen.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"']);
  expect(await ask(made)).toMatchObject({ state: 'fresh', asOfMs: MONDAY + 6 * MINUTE });
});

test('what is known outlives the process', async () => {
  const first = await scene();
  await first.pass(0);
  const known = await ask(first);
  await first.refresher.stop();
  const { documents, clock, server } = first;
  const second = await scene({}, { documents, clock, server });
  expect(await ask(second)).toEqual(known);
  expect(known?.intervals).toHaveLength(4);
});

test('of two processes one fetches', async () => {
  const first = await scene();
  const { documents, clock, server } = first;
  const second = await scene({}, { documents, clock, server });
  for (let minute = 0; minute < 13; minute++) {
    clock.advance(minute === 0 ? 0 : MINUTE);
    await Promise.all([first.refresher.settled(), second.refresher.settled()]);
  }
  expect(server.seen).toHaveLength(3);
});

test('a server in trouble is asked ever less often, and as late as it wishes', async () => {
  const made = await scene();
  made.server.answer((_, response) => response.writeHead(500).end());
  await made.pass(60 * MINUTE);
  // At 0, then after 5, 10, 20 minutes.
  expect(made.server.seen).toHaveLength(4);
  expect(await made.state()).toMatchObject({ failures: 4, failure: 'STATUS', asOfMs: null });
  made.server.answer((_, response) => response.writeHead(429, { 'retry-after': '7200' }).end());
  await made.pass(60 * MINUTE);
  expect(made.server.seen).toHaveLength(5);
  await made.pass(90 * MINUTE);
  expect(made.server.seen).toHaveLength(6);
});

test.each([
  ['is no calendar', '<html>Log in</html>'],
  ['is cut', CALENDAR.slice(0, -40)],
  ['is empty', ''],
])('an answer that %s changes nothing but that the calendar is stale', async (_, text) => {
  const made = await scene();
  await made.pass(0);
  const known = await ask(made);
  made.server.answer(servesCalendar(text, '"2"'));
  await made.pass(6 * MINUTE);
  expect(await ask(made)).toEqual({ ...known, state: 'stale' });
  expect(await made.state()).toMatchObject({ failure: 'UNREADABLE' });
});

test('a subscription may have a limit of its own', async () => {
  const made = await scene();
  await made.pass(0);
  const [stored] = await made.documents.list(COMPANY, { collection: 'ical.subscriptions', limit: 1 });
  const value = { ...(await made.state()), staleLimitMs: 10 * MINUTE };
  await made.documents.put(COMPANY, {
    collection: 'ical.subscriptions',
    id: stored?.id ?? '',
    value: value as never,
    indexes: {},
  });
  made.server.answer((_, response) => response.writeHead(500).end());
  await made.pass(10 * MINUTE);
  expect(await ask(made)).toMatchObject({ state: 'stale' });
  await made.pass(MINUTE);
  expect(await ask(made)).toMatchObject({ state: 'unknown' });
});

test('further ahead than a calendar was read, it is occupied', async () => {
  const made = await scene({ horizonDays: 4 });
  await made.pass(0);
  const { intervals = [] } = (await ask(made)) ?? {};
  expect([...intervals].slice(-2)).toEqual([MONDAY + 4 * 24 * 60 * MINUTE, range.toMs]);
});

test('a calendar is read anew before it runs short, although it has not changed', async () => {
  const made = await scene({ refreshMinutes: 1_440, horizonDays: 30 });
  for (let day = 0; day < 20; day++) {
    made.clock.advance(24 * 60 * MINUTE);
    await made.refresher.settled();
  }
  const unconditional = made.server.seen.filter(({ headers }) => headers['if-none-match'] === undefined);
  expect(unconditional).toHaveLength(2);
});

test('whole days move with the zone of the resource', async () => {
  const made = await scene();
  const day = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261125\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
  made.server.answer(servesCalendar(day));
  await made.pass(0);
  expect([...((await ask(made))?.intervals ?? [])]).toEqual([Date.UTC(2026, 10, 24, 23), Date.UTC(2026, 10, 25, 23)]);
  await ask(made, 'Asia/Tokyo');
  await made.pass(MINUTE);
  expect([...((await ask(made, 'Asia/Tokyo'))?.intervals ?? [])]).toEqual([
    Date.UTC(2026, 10, 24, 15),
    Date.UTC(2026, 10, 25, 15),
  ]);
});
