import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompanyDoor } from '../../src/index.ts';
import { bench, refusalOf, type Bench } from './salon.ts';

let at: Bench;
beforeAll(async () => {
  at = await bench();
});
afterAll(() => at.close());

const ID = '01900000-0000-7000-8000-0000000000ff';
type Answering = Promise<{ readonly ok: boolean }>;
/** The door as a program without types sees it. */
const door = () => at.door as unknown as Record<string, (...given: unknown[]) => Answering>;

const noId = [null, 7, '', 'nobody', `${ID} `, `\0${ID}`, [ID], { id: ID }, NaN];
const noMoment = [null, '2026', NaN, Infinity, 1.5, 2 ** 60, [1], {}];
const noText = [null, 7, ['a'], {}];
const noCursor = [null, 7, '', '\0', 'nonsense', ['a'], {}, `${'z'.repeat(40)}_${ID}`];
const noLimit = [null, 0, -1, 201, 1.5, NaN, Infinity, '5', [5], 2 ** 60];
const noStatuses = [null, 'confirmed', ['over'], [null], [['confirmed']], { length: 1 }, Array(9).fill('pending')];
const noSort = [null, '', 'end', 'start; DROP TABLE', ['start'], 1, '__proto__', 'constructor'];

const lists: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  listAppointments: {
    ...{ branchId: noId, resourceId: noId, serviceId: noId, customerId: noId, groupId: noId },
    ...{ fromMs: noMoment, toMs: noMoment, updatedFromMs: noMoment, updatedToMs: noMoment },
    ...{ statuses: noStatuses, sort: noSort, cursor: noCursor, limit: noLimit, companyId: [ID], mayLag: [true] },
  },
  listCalls: {
    ...{ fromMs: noMoment, toMs: noMoment, statuses: noStatuses, sort: noSort, cursor: noCursor, limit: noLimit },
    ...{ caller: [...noText, '', '\0', '+'], after: [{}] },
  },
  listCustomers: {
    ...{ name: [...noText, '', '\0', 'a\ud800'], phone: [...noText, '', '49', '+4\0', '+%'], cursor: noCursor },
    ...{ limit: noLimit, prefix: ['a'] },
  },
  listHolds: { cursor: noCursor, limit: noLimit, owner: ['me'] },
  conflicts: { cursor: noCursor, limit: noLimit, branchId: [ID] },
  agenda: {
    ...{ branch: noText, date: [...noText, '', '2026-02-30', '\0'], statuses: noStatuses, cursor: noCursor },
    ...{ limit: [...noLimit.filter((limit) => limit !== 201), 501], fromMs: noMoment, toMs: noMoment, day: ['x'] },
  },
};

describe.each(Object.entries(lists))('%s', (list, fields) => {
  const around: object = list === 'agenda' ? { branch: 'mitte', date: '2026-11-24' } : {};

  test.each([null, 7, 'all', [], [ID]])('refuses %j for a filter', async (filter) => {
    const { errors } = refusalOf(await door()[list]?.(filter) ?? { ok: true }, 'INPUT_INVALID'); // prettier-ignore
    expect(errors.map(({ path }) => path)).toEqual(['filter']);
  });

  test.each(Object.entries(fields))('answers a wrong %s by its name', async (field, values) => {
    for (const value of values) {
      const answer = await door()[list]?.({ ...around, [field]: value });
      const { errors } = refusalOf(answer ?? { ok: true }, 'INPUT_INVALID');
      expect([String(JSON.stringify(value)), errors.map(({ path }) => path)]).toEqual([
        String(JSON.stringify(value)),
        [field],
      ]);
    }
  });
});

const start = { service: 'cut', start: '2026-11-24T10:00:00+01:00' };
const unknown = {
  getHold: 'HOLD_UNKNOWN',
  getAppointment: 'APPOINTMENT_UNKNOWN',
  getCustomer: 'CUSTOMER_UNKNOWN',
  cancel: 'APPOINTMENT_UNKNOWN',
  confirm: 'APPOINTMENT_UNKNOWN',
  complete: 'APPOINTMENT_UNKNOWN',
  noShow: 'APPOINTMENT_UNKNOWN',
} as const;

test.each(Object.entries(unknown))('%s knows nothing under what is no id: %s', async (lookup, code) => {
  for (const id of noId) refusalOf(await door()[lookup]?.(id) ?? { ok: true }, code); // prettier-ignore
});

test('nothing else is found by what is no id', async () => {
  for (const id of noId as unknown as readonly never[]) {
    const { door } = at;
    refusalOf(await door.reschedule(id, start), 'APPOINTMENT_UNKNOWN');
    refusalOf(await door.cancelSeries(id, { scope: 'all' }), 'APPOINTMENT_UNKNOWN');
    refusalOf(await door.rescheduleSeries(id, { scope: 'all', change: { shiftDays: 1 } }), 'APPOINTMENT_UNKNOWN');
    refusalOf(await door.release({ hold: id, owner: 'me' }), 'HOLD_UNKNOWN');
    refusalOf(await door.book({ hold: id, owner: 'me' }), 'HOLD_UNKNOWN');
    refusalOf(await door.trace({ call: id }), 'CALL_UNKNOWN');
    refusalOf(await door.trace({ appointment: id }), 'APPOINTMENT_UNKNOWN');
    refusalOf(await door.trace({ provider: id, providerCallId: 'c' }), 'CALL_UNKNOWN');
    refusalOf(await door.customers.exportData(id), 'CUSTOMER_UNKNOWN');
    refusalOf(await door.customers.erase(id), 'CUSTOMER_UNKNOWN');
    expect(await door.calls.get('acme', id === 'nobody' ? ('\0' as never) : id)).toBeUndefined();
    await expect(door.terms(id)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  }
  for (const from of noText as unknown as readonly never[]) expect(await at.door.recogniseCaller(from)).toBeUndefined();
});

test.each<readonly [string, unknown]>([
  ['replacing', null],
  ['replacing', 7],
  ['replacing', ID],
  ['replacing', {}],
  ...noId.slice(1).map((id) => ['replacing.appointment', { appointment: id }] as const),
  ...noId.slice(1).map((id) => ['replacing.hold', { hold: id, owner: 'me' }] as const),
  ['replacing.owner', { hold: ID }],
])('a wrong %s is answered by its name: %j', async (path, replacing) => {
  const given = { replacing } as { readonly replacing: never };
  const asks: readonly ((door: CompanyDoor) => Answering)[] = [
    (door) => door.find({ service: 'cut', count: 1, ...given }),
    (door) => door.check({ ...start, ...given }),
    (door) => door.explain({ ...start, ...given }),
    (door) => door.caseFile({ service: 'cut', count: 1, ...given }),
    (door) => door.hold(start, { owner: 'me', ...given }),
    (door) => door.book(start, given),
  ];
  for (const ask of asks)
    expect(refusalOf(await ask(at.door), 'INPUT_INVALID').errors.map((error) => error.path)).toEqual([path]);
});
