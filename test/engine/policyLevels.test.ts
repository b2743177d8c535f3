import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerCase, parseCase, type SlotsAnswer } from '../../src/case.ts';
import type { PolicyRules } from '../../src/index.ts';
import { book, on, openWith } from './policySalon.ts';
import { granted, MONDAY, refusalOf, refusedWith, salon, type Bench } from './salon.ts';

let at: Bench | undefined;
beforeEach(() => {
  at = undefined;
});
afterEach(() => at?.close());
const open: typeof openWith = async (levels) => (at = await openWith(levels));

describe('a policy is decided by whoever is nearest', () => {
  test('staff before service before branch before company, and the refusal names who decided', async () => {
    const hours = (cancelNoticeMinutes: number): PolicyRules => ({ cancelNoticeMinutes: cancelNoticeMinutes * 60 });
    const all = { company: hours(100), branch: hours(200), service: hours(300), anna: hours(400) };
    const decided: unknown[] = [];
    for (const levels of [
      all,
      { ...all, anna: {} },
      { company: all.company, branch: all.branch },
      { company: all.company },
    ]) {
      const here = await open(levels);
      const { id } = await book(here, on('10:00'), 'cut', 'anna');
      const refusal = refusalOf(await here.door.cancel(id), 'CANCEL_TOO_LATE');
      decided.push([
        refusal.decidedBy.level,
        refusal.decidedBy.key,
        (Date.parse(on('10:00')) - Date.parse(refusal.latest)) / 3_600_000,
      ]);
      await here.close();
    }
    at = undefined;
    expect(decided).toEqual([
      ['resource', 'anna', 400],
      ['service', 'cut', 300],
      ['branch', 'mitte', 200],
      ['company', 'salon', 100],
    ]);
  });

  test('of several who serve the strictest counts, and each without a word of his own goes by what is decided further out', async () => {
    const here = await open({
      company: { rescheduleNoticeMinutes: 60 },
      anna: { rescheduleNoticeMinutes: 2 * 24 * 60 },
      ben: { rescheduleNoticeMinutes: 0 },
    });
    const { id } = await book(here, on('10:00'), 'both');
    const refusal = refusalOf(await here.door.reschedule(id, { start: on('12:00') }), 'RESCHEDULE_TOO_LATE');
    expect(refusal.decidedBy).toEqual({ level: 'resource', key: 'anna' });
    const other = await book(here, on('14:00'), 'cut', 'ben');
    granted(await here.door.reschedule(other.id, { start: on('15:00') }));
  });

  test('null lifts what is decided further out, and a company binds its customers, not itself', async () => {
    const here = await open({ company: { maxReschedules: 0, cancelQuota: 0 }, anna: { maxReschedules: null } });
    const withAnna = await book(here, on('10:00'), 'cut', 'anna');
    const withBen = await book(here, on('10:00'), 'cut', 'ben');
    granted(await here.door.reschedule(withAnna.id, { start: on('11:00') }));
    expect(refusedWith(await here.door.reschedule(withBen.id, { start: on('11:00') }))).toBe('RESCHEDULE_LIMIT');
    granted(await here.door.reschedule(withBen.id, { start: on('11:00') }, { by: 'company' }));
    expect(refusedWith(await here.door.cancel(withBen.id))).toBe('CANCEL_LIMIT');
    granted(await here.door.cancel(withBen.id, { by: 'company' }));
  });

  test('a document may take policies back, and applying it again changes nothing', async () => {
    const here = await open({ anna: { maxReschedules: 0 } });
    const { id } = await book(here, on('10:00'), 'cut', 'anna');
    expect(refusedWith(await here.door.reschedule(id, { start: on('11:00') }))).toBe('RESCHEDULE_LIMIT');
    const applied = granted(await here.engine.setup.apply({ companies: [salon()] }));
    expect(applied.changes).toContainEqual({
      action: 'update',
      path: 'companies.salon.resources.anna',
      fields: ['policies'],
    });
    expect(granted(await here.engine.setup.apply({ companies: [salon()] })).changes).toEqual([]);
    granted(await here.door.reschedule(id, { start: on('11:00') }));
  });
});

describe('notice and horizon of staff and branch', () => {
  const WEEK = { from: on('00:00', '2026-11-23'), to: on('00:00', '2026-11-30') };

  test('hold in find, check, hold and book alike, and explain names who decided', async () => {
    const here = await open({
      service: { noticeMinutes: 60 },
      anna: { noticeMinutes: 24 * 60 },
      ben: { horizonDays: 1 },
    });
    const { door } = here;
    const found = granted(await door.find({ service: 'cut', ...WEEK }));
    const all: boolean[] = [];
    const starts = ['2026-11-23', '2026-11-24', '2026-11-25'].flatMap((date) =>
      ['08:30', '09:00', '09:30', '16:00'].map((time) => [date, time] as const),
    );
    for (const resource of ['anna', 'ben']) {
      const listed = granted(await door.find({ service: 'cut', resource, ...WEEK })).slots;
      for (const [date, time] of starts) {
        const wish = { service: 'cut', start: on(time, date), resource };
        const startMs = Date.parse(wish.start);
        const isListed = listed.some((slot) => slot.startMs === startMs);
        const isChecked = (await door.check(wish)).ok;
        const held = await door.hold(wish, { owner: 'call' });
        if (held.ok) granted(await door.release({ hold: held.hold.id, owner: 'call' }));
        const booked = await door.book(wish);
        if (booked.ok) granted(await door.cancel(booked.appointment.id, { by: 'company' }));
        const aheadMs = startMs - MONDAY;
        const inTerms = resource === 'anna' ? aheadMs >= 24 * 3_600_000 : aheadMs >= 3_600_000 && date <= '2026-11-24';
        const expected = inTerms && time >= '09:00';
        all.push(expected);
        expect([resource, date, time, isListed, isChecked, held.ok, booked.ok]).toEqual([
          ...[resource, date, time, expected, expected, expected, expected],
        ]);
      }
    }
    expect(new Set(all)).toEqual(new Set([true, false]));
    // Today only Ben is left, and Anna alone from the day after tomorrow on.
    const serving = (date: string): Set<string> =>
      new Set(found.slots.filter(({ start }) => start.startsWith(date)).flatMap(({ resourceIds }) => resourceIds));
    const [anna, ben] = await door.resources();
    expect([serving('2026-11-23'), serving('2026-11-25')]).toEqual([new Set([ben?.id]), new Set([anna?.id])]);
  });

  test('explain and refusals name the level of each policy in the way', async () => {
    const here = await open({
      branch: { noticeMinutes: 3 * 60 },
      anna: { noticeMinutes: 24 * 60 },
      service: { horizonDays: 5 },
    });
    const wish = { service: 'cut', start: on('09:30', '2026-11-23') };
    const explained = granted(await here.door.explain(wish));
    expect(explained.blockers.map(({ code, decidedBy }) => [code, decidedBy])).toEqual([
      ['NOTICE_TOO_SHORT', { level: 'resource', key: 'anna' }],
      ['NOTICE_TOO_SHORT', { level: 'branch', key: 'mitte' }],
    ]);
    const { reasons } = refusalOf(await here.door.book(wish), 'NOTICE_TOO_SHORT');
    expect(reasons.map(({ nearest, decidedBy }) => [nearest, decidedBy?.key])).toEqual([
      ['2026-11-24T07:00:00.000Z', 'anna'],
      ['2026-11-23T10:00:00.000Z', 'mitte'],
    ]);
    const far = refusalOf(await here.door.check({ ...wish, start: on('09:30', '2026-11-30') }), 'BEYOND_HORIZON');
    expect(far.reasons).toMatchObject([{ code: 'BEYOND_HORIZON', decidedBy: { level: 'service', key: 'cut' } }]);
    const common = { service: 'free', start: on('08:30', '2026-11-23'), resource: 'ben' };
    expect(refusedWith(await here.door.check(common))).toBe('NOTICE_TOO_SHORT');
  });

  test('one who is occupied leaves the start taken, though another would have it too soon', async () => {
    const here = await open({ anna: { noticeMinutes: 24 * 60 } });
    await book(here, on('12:00', '2026-11-23'), 'cut', 'ben');
    expect(refusedWith(await here.door.check({ service: 'cut', start: on('12:00', '2026-11-23') }))).toBe('SLOT_TAKEN');
  });

  test('a live question written down as a case has them, and is answered the same', async () => {
    const here = await open({ service: { horizonDays: 3 }, anna: { noticeMinutes: 26 * 60, horizonDays: null } });
    const { file } = granted(await here.door.caseFile({ service: 'cut', ...WEEK }));
    expect(file.resources[0]).toMatchObject({ id: 'anna', noticeMinutes: 26 * 60, horizonDays: 36_500 });
    const parsed = parseCase(JSON.parse(JSON.stringify(file)));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const answer = answerCase(parsed.case) as SlotsAnswer;
    const found = granted(await here.door.find({ service: 'cut', ...WEEK }));
    expect(answer.slots.map(({ start }) => Date.parse(start))).toEqual(found.slots.map(({ startMs }) => startMs));
  });
});
