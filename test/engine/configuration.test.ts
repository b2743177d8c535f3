import { afterEach, beforeEach, expect, test } from 'vitest';
import { BookingRule, definePlugin, type RuleRequest } from '../../src/plugin.ts';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

const TEN = '2026-11-24T10:00:00+01:00';
const DAY = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' };

let at: Bench;
beforeEach(async () => {
  at = await bench();
});
afterEach(() => at.close());

test('what another engine on the same file has changed is seen by the very next question', async () => {
  const other = await bench({ file: at.file });
  granted(await at.door.find({ service: 'cut', ...DAY }));
  granted(
    await other.engine.setup.apply({
      companies: [salon({ schedules: [{ key: 'week', weekly: [{ days: ['tu'], from: '09:00', to: '10:00' }] }] })],
    }),
  );
  expect(granted(await at.door.find({ service: 'cut', ...DAY })).slots).toHaveLength(1);
  await other.close();
});

test('a new service is known to another engine at once, and a company switched off is closed there', async () => {
  const other = await bench({ file: at.file });
  const services = [
    ...(salon().services ?? []),
    { key: 'beard', name: 'Beard', durationMinutes: 30, resources: ['anna'] },
  ];
  granted(await other.engine.setup.apply({ companies: [salon({ services })] }));
  granted(await at.door.find({ service: 'beard', ...DAY }));
  granted(await other.engine.setup.apply({ companies: [salon({ services, active: false })] }));
  expect(refusedWith(await at.door.find({ service: 'beard', ...DAY }))).toBe('COMPANY_UNKNOWN');
  expect(refusedWith(await at.engine.company(at.door.company.id))).toBe('COMPANY_UNKNOWN');
  await other.close();
});

test('notice and horizon of the service go before those of the company', async () => {
  const policies = { noticeMinutes: 120, horizonDays: 7 };
  const services = [
    { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30 },
    { key: 'soon', name: 'Soon', durationMinutes: 60, stepMinutes: 30, noticeMinutes: 0, horizonDays: 30 },
  ];
  granted(await at.engine.setup.apply({ companies: [salon({ policies, services })] }));
  expect(refusedWith(await at.door.check({ service: 'cut', start: '2026-11-23T09:30:00+01:00' }))).toBe(
    'NOTICE_TOO_SHORT',
  );
  granted(await at.door.check({ service: 'cut', start: '2026-11-23T10:00:00+01:00' }));
  granted(await at.door.check({ service: 'soon', start: '2026-11-23T09:00:00+01:00' }));
  expect(refusedWith(await at.door.check({ service: 'cut', start: '2026-12-01T10:00:00+01:00' }))).toBe(
    'BEYOND_HORIZON',
  );
  granted(await at.door.check({ service: 'soon', start: '2026-12-01T10:00:00+01:00' }));
});

test('customers are held to the notice for cancelling and moving; the company is not', async () => {
  const policies = { cancelNoticeMinutes: 24 * 60, rescheduleNoticeMinutes: 12 * 60 };
  granted(await at.engine.setup.apply({ companies: [salon({ policies })] }));
  const { appointment } = granted(await at.door.book({ service: 'cut', start: TEN }));
  at.clock.advance(2 * 3_600_000);
  granted(await at.door.reschedule(appointment.id, { start: '2026-11-24T11:00:00+01:00' }));
  at.clock.advance(3 * 3_600_000);
  const late = await at.door.cancel(appointment.id);
  expect(late).toMatchObject({ refusal: { code: 'CANCEL_TOO_LATE', latest: '2026-11-23T10:00:00.000Z' } });
  at.clock.advance(11 * 3_600_000);
  expect(refusedWith(await at.door.reschedule(appointment.id, { start: '2026-11-25T11:00:00+01:00' }))).toBe(
    'RESCHEDULE_TOO_LATE',
  );
  granted(await at.door.cancel(appointment.id, { by: 'company' }));
});

test('reasons say why a start is refused', async () => {
  const code = async (start: string): Promise<string> => refusedWith(await at.door.check({ service: 'cut', start }));
  expect(await code('2026-11-24T10:10:00+01:00')).toBe('OFF_GRID');
  expect(await code('2026-11-24T18:00:00+01:00')).toBe('OUTSIDE_HOURS');
  expect(await code('2026-11-20T10:00:00+01:00')).toBe('NOTICE_TOO_SHORT');
  expect(await code('2028-11-20T10:00:00+01:00')).toBe('BEYOND_HORIZON');
});

test('an empty range is refused with reasons and with alternatives outside of it', async () => {
  const sunday = { from: '2026-11-29T00:00:00+01:00', to: '2026-11-30T00:00:00+01:00' };
  const answer = await at.door.find({ service: 'cut', ...sunday });
  if (answer.ok || answer.refusal.code !== 'NO_SLOT') throw new Error('expected NO_SLOT');
  expect(answer.refusal.reasons).not.toHaveLength(0);
  expect(answer.refusal.alternatives.length).toBeGreaterThan(0);
});

test('a rule of a plugin strikes starts out of lists and refuses them when held or booked, all alike', async () => {
  const asked: number[] = [];
  const noon = definePlugin({
    name: 'no-noon',
    apiVersion: 1,
    setup({ contribute }) {
      contribute(BookingRule, {
        name: 'no-noon',
        check(_, requests: readonly RuleRequest[]) {
          asked.push(requests.length);
          return requests.map(({ startMs }) =>
            new Date(startMs).toISOString().includes('T11:') ? { message: 'We do not start at noon.' } : undefined,
          );
        },
      });
    },
  });
  const ruled = await bench({ plugins: [noon] });
  const found = granted(await ruled.door.find({ service: 'cut', ...DAY }));
  expect(found.slots.filter(({ start }) => start.includes('T12:'))).toEqual([]);
  expect(asked).toEqual([15]);
  const start = '2026-11-24T12:00:00+01:00';
  for (const answer of [
    await ruled.door.check({ service: 'cut', start }),
    await ruled.door.hold({ service: 'cut', start }, { owner: 'c' }),
    await ruled.door.book({ service: 'cut', start }),
  ])
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'RULE_REFUSED', rule: 'no-noon' } });
  expect(granted(await ruled.door.find({ service: 'cut', from: start, count: 1 })).slots[0].start).toContain('T13:00');
  await ruled.close();
});

test('durable handlers are given what was committed, and observers are told in process', async () => {
  const handled: string[] = [];
  const observed: string[] = [];
  let done: () => void = () => undefined;
  const both = new Promise<void>((resolve) => (done = resolve));
  const audit = definePlugin({
    name: 'audit',
    apiVersion: 1,
    setup({ handle }) {
      handle('appointment.booked', 'audit.write', ({ appointment }) => void handled.push(appointment.id));
      handle('appointment.cancelled', 'audit.erase', ({ appointment }) => {
        handled.push(`-${appointment.id}`);
        done();
      });
    },
  });
  const audited = await bench({ plugins: [audit] });
  audited.engine.on('appointment.booked', ({ appointment }) => void observed.push(appointment.id));
  const { appointment } = granted(await audited.door.book({ service: 'cut', start: TEN }));
  granted(await audited.door.cancel(appointment.id));
  await both;
  expect(handled).toEqual([appointment.id, `-${appointment.id}`]);
  expect(observed).toEqual([appointment.id]);
  await audited.close();
});

test('observers are told of a changed configuration with its revision', async () => {
  const seen: number[] = [];
  at.engine.on('company.changed', ({ revision }) => void seen.push(revision));
  granted(await at.engine.setup.apply({ companies: [salon({ name: 'Salon am Eck' })] }));
  granted(await at.engine.setup.apply({ companies: [salon({ name: 'Salon am Eck' })] }));
  expect(seen).toEqual([2]);
});

test('two engines in one process share nothing', async () => {
  const other = await bench({ companies: [salon({ key: 'elsewhere' })] });
  const seen: string[] = [];
  other.engine.on('appointment.booked', ({ appointment }) => void seen.push(appointment.id));
  granted(await at.door.book({ service: 'cut', start: TEN }));
  expect(seen).toEqual([]);
  expect(refusedWith(await other.engine.company(at.door.company.id))).toBe('COMPANY_UNKNOWN');
  await other.close();
  granted(await at.door.find({ service: 'cut', count: 1 }));
});

test('a healthy engine says so, and a stopping one does not', async () => {
  expect(await at.engine.health()).toEqual({ ready: true, checks: [{ name: 'storage', ok: true }] });
  const other = await bench();
  await other.close();
  expect((await other.engine.health()).ready).toBe(false);
});
