import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { definePlugin } from '../../src/plugin.ts';
import type {
  Answer,
  Appointment,
  BookingConflict,
  CompanyDefinition,
  CompanySetup,
  ConflictSummary,
  Edited,
} from '../../src/index.ts';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

const TEN = '2026-11-24T10:00:00+01:00';
const week = (from: string, to: string): NonNullable<CompanyDefinition['schedules']>[number] => ({
  key: 'week',
  weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from, to }],
});

let at: Bench;
let config: CompanySetup;
let booked: Appointment;
beforeEach(async () => {
  at = await bench({ relay: false });
  config = at.engine.setup.company(at.door.company.id);
  booked = granted(await at.door.book({ service: 'colour', start: TEN, resource: 'anna' })).appointment;
});
afterEach(() => at.close());

const coded = ({ items }: { readonly items: readonly BookingConflict[] }): readonly string[] =>
  items.map(({ conflicts, notes }) =>
    [...conflicts.map(({ code }) => code), ...notes.map((note) => `(${note})`)].join(' '),
  );

const current = async (): Promise<readonly string[]> => coded(granted(await at.door.conflicts()).page);

/** Makes a change, which must be answered with these conflicts, listed by the door too, and must leave the appointment alone. */
async function expectConflicts(change: Promise<Answer<Edited>>, ...codes: readonly string[]): Promise<void> {
  const { conflicts } = granted(await change);
  expect(coded(conflicts)).toEqual(codes);
  expect(await current()).toEqual(codes);
  expect(granted(await at.door.getAppointment(booked.id)).appointment).toEqual(booked);
}

const anna = { key: 'anna', name: 'Anna', schedule: 'week' };

test('what fits is no conflict, and neither is what a change does not touch', async () => {
  await expectConflicts(config.put('service', { key: 'beard', name: 'Beard', durationMinutes: 30 }));
});

test('hours that shrink leave the appointment where it is, and tell of it; buffers may lie outside', async () => {
  await expectConflicts(config.put('schedule', week('10:00', '11:30')));
  await expectConflicts(config.put('schedule', week('10:00', '11:00')), 'OUTSIDE_HOURS');
  await expectConflicts(
    config.put('schedule', { ...week('09:00', '17:00'), closedDates: ['2026-11-24'] }),
    'OUTSIDE_HOURS',
  );
  await expectConflicts(config.put('schedule', week('09:00', '17:00')));
});

test('buffers that have to lie in open hours are looked at too', async () => {
  const [colour] = (salon().services ?? []).filter(({ key }) => key === 'colour');
  if (colour === undefined) throw new Error('no colour');
  await expectConflicts(config.put('service', { ...colour, buffersWithinHours: true }));
  await expectConflicts(config.put('schedule', week('10:00', '11:30')), 'OUTSIDE_HOURS');
});

test('time off is told as such, and of the one whom it concerns', async () => {
  const timeOff = [{ start: '2026-11-24T11:00:00+01:00', end: '2026-11-24T12:00:00+01:00' }];
  await expectConflicts(config.put('resource', { ...anna, timeOff }), 'TIME_OFF');
  const [conflict] = granted(await at.door.conflicts()).page.items;
  expect(conflict).toMatchObject({
    appointment: { id: booked.id },
    conflicts: [{ resourceId: booked.resourceIds[0] }],
  });
  await expectConflicts(config.put('resource', { key: 'ben', name: 'Ben', schedule: 'week', timeOff }), 'TIME_OFF');
});

test('staff, a service, a branch and the company that are switched off are told, each by its code', async () => {
  await expectConflicts(config.deactivate('resource', 'anna'), 'RESOURCE_INACTIVE');
  await expectConflicts(config.activate('resource', 'anna'));
  await expectConflicts(config.deactivate('service', 'colour'), 'SERVICE_INACTIVE');
  await expectConflicts(config.activate('service', 'colour'));
  await expectConflicts(config.deactivate('branch', 'mitte'), 'BRANCH_INACTIVE');
  await expectConflicts(config.activate('branch', 'mitte'));
  await expectConflicts(config.deactivate('schedule', 'week'), 'OUTSIDE_HOURS');
  await expectConflicts(config.activate('schedule', 'week'));
  expect(coded(granted(await config.change({ active: false })).conflicts)).toEqual(['COMPANY_INACTIVE']);
});

test('who no longer does the service, lacks a skill for it or has moved is told', async () => {
  const [colour] = (salon().services ?? []).filter(({ key }) => key === 'colour');
  if (colour === undefined) throw new Error('no colour');
  await expectConflicts(config.put('service', { ...colour, resources: ['ben'] }), 'RESOURCE_NOT_QUALIFIED');
  await expectConflicts(config.put('service', { ...colour, skills: { staff: ['colours'] } }), 'RESOURCE_NOT_QUALIFIED');
  await expectConflicts(config.put('resource', { ...anna, skills: ['colours'] }));
  granted(await config.put('branch', { key: 'nord', name: 'Nord' }));
  await expectConflicts(config.put('resource', { ...anna, skills: ['colours'], branch: 'nord' }), 'RESOURCE_MOVED');
});

test('another length, other buffers and another price of the service change nothing that is booked, and are noted', async () => {
  const [colour] = (salon().services ?? []).filter(({ key }) => key === 'colour');
  if (colour === undefined) throw new Error('no colour');
  await expectConflicts(config.put('service', { ...colour, price: { amountMinor: 1, currency: 'EUR' } }));
  await expectConflicts(config.put('service', { ...colour, durationMinutes: 120 }), '(DURATION_DIFFERS)');
  await expectConflicts(config.put('service', { ...colour, bufferAfterMinutes: 60 }), '(BUFFERS_DIFFER)');
  await expectConflicts(config.put('service', { ...colour, minutesOf: { anna: 90, ben: 30 } }));
  await expectConflicts(config.put('service', { ...colour, minutesOf: { anna: 60 } }), '(DURATION_DIFFERS)');
  expect(booked).toMatchObject({ price: { amountMinor: 9000 }, endMs: booked.startMs + 90 * 60_000 });
  expect(booked.spans).toEqual([
    { resourceId: booked.resourceIds[0], startMs: booked.startMs - 900_000, endMs: booked.endMs + 900_000 },
  ]);
});

test('a setup document answers its conflicts as well, a dry run those that would come', async () => {
  const definition = { companies: [salon({ schedules: [week('12:00', '17:00')] })] };
  const dry = granted(await at.engine.setup.apply(definition, { dryRun: true }));
  expect(dry.companies.map(({ conflicts }) => coded(conflicts))).toEqual([['OUTSIDE_HOURS']]);
  expect(await current()).toEqual([]);
  const applied = granted(await at.engine.setup.apply(definition));
  expect(applied.companies.map(({ conflicts }) => coded(conflicts))).toEqual([['OUTSIDE_HOURS']]);
  expect(await current()).toEqual(['OUTSIDE_HOURS']);
});

test('an appointment in conflict can be moved to where it fits, to others, and cancelled; then it is none any more', async () => {
  granted(await config.deactivate('resource', 'anna'));
  const moved = granted(await at.door.reschedule(booked.id, { start: '2026-11-25T10:00:00+01:00' })).appointment;
  expect(moved).toMatchObject({ price: booked.price, version: booked.version + 1 });
  expect(moved.resourceIds).not.toEqual(booked.resourceIds);
  expect(await current()).toEqual([]);
  granted(await config.put('schedule', week('12:00', '17:00')));
  expect(await current()).toEqual(['OUTSIDE_HOURS']);
  const rebooked = await at.door.book(
    { service: 'colour', start: '2026-11-25T13:00:00+01:00' },
    { replacing: { appointment: booked.id, version: moved.version } },
  );
  granted(rebooked);
  expect(await current()).toEqual([]);
  granted(await config.deactivate('service', 'colour'));
  expect(await current()).toEqual(['SERVICE_INACTIVE']);
  const { id } = granted(rebooked).appointment;
  expect(refusedWith(await at.door.reschedule(id, { start: '2026-11-26T13:00:00+01:00' }))).toBe('SERVICE_UNKNOWN');
  granted(await at.door.reschedule(id, { start: '2026-11-26T13:00:00+01:00', service: 'cut' }));
  granted(await at.door.cancel(id));
  expect(await current()).toEqual([]);
});

test('what has begun, is over or is cancelled is no conflict', async () => {
  granted(await config.put('schedule', week('15:00', '17:00')));
  expect(await current()).toEqual(['OUTSIDE_HOURS']);
  at.clock.advance(booked.startMs - at.clock.now() + 60_000);
  expect(await current()).toEqual([]);
});

test('pages follow each other through many appointments without a gap or a double', async () => {
  const starts = ['09', '11', '13', '15'].flatMap((hour) =>
    ['25', '26', '27'].map((day) => `2026-11-${day}T${hour}:00:00+01:00`),
  );
  for (const start of starts)
    for (const resource of ['anna', 'ben']) granted(await at.door.book({ service: 'cut', start, resource }));
  granted(await config.deactivate('resource', 'anna'));
  const all = granted(await at.door.conflicts({ limit: 200 })).page;
  expect(all.items).toHaveLength(starts.length + 1);
  const paged: BookingConflict[] = [];
  let cursor: string | undefined;
  do {
    const { page } = granted(await at.door.conflicts({ limit: 5, cursor }));
    paged.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(paged).toEqual(all.items);
  expect(await at.door.conflicts({ cursor: 'nonsense' })).toMatchObject({ refusal: { errors: [{ path: 'cursor' }] } });
  expect(await at.door.conflicts({ limit: 0 })).toMatchObject({ refusal: { errors: [{ path: 'limit' }] } });
});

/** An engine on the same file that delivers, and what it has been told until all is delivered. */
async function delivered(file: string): Promise<readonly ConflictSummary[]> {
  const told: ConflictSummary[] = [];
  const listening = definePlugin({
    name: 'listening',
    apiVersion: 1,
    setup({ handle }) {
      handle('company.conflicts', 'listening.note', (summary) => void told.push(summary));
    },
  });
  const other = await bench({ file, companies: [salon({ key: 'last', numbers: [] })], plugins: [listening] });
  await expect.poll(() => openEvents(file), { timeout: 10_000, interval: 20 }).toBe(0);
  await other.close();
  return told;
}

const openEvents = (file: string): number => {
  const raw = new DatabaseSync(file, { readOnly: true });
  const { count } = raw.prepare('SELECT COUNT(*) AS count FROM outbox WHERE sent_ms IS NULL').get() ?? {};
  raw.close();
  return Number(count);
};

const writtenEvents = (file: string, name: string): number => {
  const raw = new DatabaseSync(file, { readOnly: true });
  const { count } = raw.prepare('SELECT COUNT(*) AS count FROM outbox WHERE name = ?').get(name) ?? {};
  raw.close();
  return Number(count);
};

test('a durable event tells of the conflicts of each revision, with the first of them', async () => {
  granted(await config.deactivate('resource', 'anna'));
  const { revision } = granted(await config.definition());
  const told = await delivered(at.file);
  expect(told.filter(({ count }) => count > 0)).toEqual([
    {
      revision,
      count: 1,
      noted: 0,
      complete: true,
      first: [{ appointmentId: booked.id, startMs: booked.startMs, codes: ['RESOURCE_INACTIVE'] }],
    },
  ]);
});

test('the event is written once for a revision, also when the process dies before its handler has ended', async () => {
  granted(await config.deactivate('resource', 'anna'));
  await delivered(at.file);
  const before = writtenEvents(at.file, 'company.conflicts');
  // As if the process had died after it had written and before it noted that it has: the events are due once more.
  const raw = new DatabaseSync(at.file);
  raw.prepare("UPDATE outbox SET sent_ms = NULL, due_ms = 0 WHERE name = 'company.changed'").run();
  raw.close();
  await delivered(at.file);
  // The engines that deliver make a company once.
  expect(writtenEvents(at.file, 'company.conflicts')).toBe(before);

  // The control: without the key under which it was written, the same event comes twice.
  const spoiled = new DatabaseSync(at.file);
  spoiled.prepare('DELETE FROM idempotency').run();
  spoiled.prepare("UPDATE outbox SET sent_ms = NULL, due_ms = 0 WHERE name = 'company.changed'").run();
  spoiled.close();
  await delivered(at.file);
  expect(writtenEvents(at.file, 'company.conflicts')).toBeGreaterThan(before);
});
