import { expect, test } from 'vitest';
import { BookingRule, definePlugin, type RuleRequest } from '../../src/plugin.ts';
import { answerCase, parseCase } from '../../src/case.ts';
import { bench, granted, refusalOf, refusedWith } from './salon.ts';
import { visitSalon } from './visitSalon.ts';

const DAY = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-26T00:00:00+01:00' };
const TEN = '2026-11-24T10:00:00+01:00';
const BOTH = { services: ['cut', 'colour'] };
const { services = [], resources = [] } = visitSalon();

test('the strictest notice and horizon of its services count, and who decided is named', async () => {
  const strict = services.map((each) =>
    each.key === 'colour' ? { ...each, noticeMinutes: 2 * 1_440, horizonDays: 3 } : each,
  );
  const on = await bench({ companies: [visitSalon({ services: strict })] });
  granted(await on.door.check({ service: 'cut', start: TEN }));
  const early = refusalOf(await on.door.check({ ...BOTH, start: TEN }), 'NOTICE_TOO_SHORT');
  expect(early.reasons).toMatchObject([{ decidedBy: { level: 'service', key: 'colour' } }]);
  const late = refusalOf(await on.door.check({ ...BOTH, start: '2026-11-27T10:00:00+01:00' }), 'BEYOND_HORIZON');
  expect(late.reasons).toMatchObject([{ decidedBy: { level: 'service', key: 'colour' } }]);
  await on.close();
});

test('rules of plugins are told all of the services', async () => {
  const seen: RuleRequest[] = [];
  const rule = definePlugin({
    name: 'test/rule',
    apiVersion: 1,
    requires: {},
    provides: [],
    setup({ contribute }) {
      contribute(BookingRule, {
        name: 'no-colour',
        check(_, requests) {
          seen.push(...requests);
          const colour = (request: RuleRequest): boolean => (request.visitIds ?? []).length === 2;
          return requests.map((request) => (colour(request) ? { message: 'No two services on one day.' } : undefined));
        },
      });
      return {};
    },
  });
  const on = await bench({ companies: [visitSalon()], plugins: [rule] });
  expect(refusedWith(await on.door.check({ ...BOTH, start: TEN }))).toBe('RULE_REFUSED');
  granted(await on.door.check({ service: 'cut', start: TEN }));
  const ids = new Map((await on.door.services()).map(({ id, key }) => [id, key]));
  expect(seen.find(({ visitIds }) => visitIds !== undefined)?.visitIds?.map((id) => ids.get(id))).toEqual(
    BOTH.services,
  );
  await on.close();
});

test('who does all parts of a service that must not change hands does the whole visit', async () => {
  const kept = services.map((each) =>
    each.key === 'perm' ? { ...each, keep: 'required' as const, resources: ['anna'] } : each,
  );
  const on = await bench({ companies: [visitSalon({ services: kept })] });
  const withCut = granted(await on.door.find({ services: ['perm', 'cut'], ...DAY }));
  expect(new Set(withCut.slots.map(({ resourceIds }) => resourceIds.length))).toEqual(new Set([1]));
  const none = refusalOf(await on.door.find({ services: ['perm', 'colour'], ...DAY }), 'NO_SLOT');
  expect(none.alternatives).toEqual([]);
  await on.close();
});

test('a branch in which nobody does one of the services is none for the visit', async () => {
  const apart = resources.map((each) => ({ ...each, branch: each.key === 'carla' ? 'west' : 'mitte' }));
  const branches = ['mitte', 'west'].map((key) => ({ key, name: key }));
  const on = await bench({ companies: [visitSalon({ branches, resources: apart })] });
  expect(refusalOf(await on.door.find({ ...BOTH, ...DAY }), 'RESOURCE_NOT_QUALIFIED')).toMatchObject({
    resource: 'anyone',
  });
  granted(await on.door.find({ services: ['cut', 'beard'], ...DAY }));
  expect(refusedWith(await on.door.find({ services: ['cut', 'beard'], branch: 'west', ...DAY }))).toBe(
    'RESOURCE_NOT_QUALIFIED',
  );
  await on.close();
});

test('a live question about a visit as a case file is answered as the engine answers it', async () => {
  const limited = services.map((each) => (each.key === 'cut' ? { ...each, limits: { perDay: 2 } } : each));
  const on = await bench({ companies: [visitSalon({ services: limited })] });
  const keys = new Map((await on.door.resources()).map(({ id, key }) => [id as string, key]));
  for (const start of ['10:00', '13:00'])
    granted(await on.door.book({ service: 'cut', start: `2026-11-24T${start}:00+01:00` }));
  granted(await on.door.book({ service: 'colour', start: '2026-11-25T10:00:00+01:00' }));
  const visits = [
    BOTH,
    { ...BOTH, order: 'any' as const, maxWaitMinutes: 30 },
    { services: ['perm', 'cut', 'colour'], order: 'any' as const },
    { services: ['perm', 'beard'], maxWaitMinutes: 10 },
    { services: ['bath', 'massage'], resource: 'ben' },
  ];
  for (const visit of visits) {
    const query = { ...visit, ...DAY };
    const parsed = parseCase(JSON.stringify(granted(await on.door.caseFile(query)).file));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const found = await on.door.find(query);
    const live = found.ok ? found.slots : [];
    expect(live.length).toBeGreaterThan(0);
    expect(answerCase(parsed.case)).toMatchObject({
      slots: live.map(({ startMs, endMs, resourceIds }) => ({
        start: new Date(startMs).toISOString(),
        end: new Date(endMs).toISOString(),
        resources: resourceIds.map((id) => keys.get(id)),
      })),
    });
  }
  await on.close();
});
