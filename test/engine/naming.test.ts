import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkStorage, sqlite } from '../../src/adapters/sequelize/index.ts';
import type { BranchId, CallId, CompanyDoor, CustomerId } from '../../src/index.ts';
import { bench, granted, refusalOf, salon, type Bench } from './salon.ts';

const NOBODY = '01900000-0000-7000-8000-0000000000ff' as never;
const day = (count: number): string => `2026-11-${24 + count}T10:00:00+01:00`;

let at: Bench;
let theirs: Names;
beforeAll(async () => {
  at = await bench({ companies: [salon(), salon({ key: 'other', numbers: [] })] });
  theirs = await namesIn(await at.open('other'), 'theirs');
});
afterAll(() => at.close());

interface Names {
  readonly branchId: BranchId;
  readonly customerId: CustomerId;
  readonly appointmentId: never;
  readonly callId: CallId;
}

/** What a company has that others might name. */
async function namesIn(door: CompanyDoor, call: string): Promise<Names> {
  const options = { customer: { phone: '+493012345678' } };
  const { appointment } = granted(await door.book({ service: 'cut', start: day(0) }, options));
  const recorded = granted(await door.calls.record('acme', call, { status: 'ongoing' }));
  const { branchId, customerId, id } = appointment;
  if (customerId === null) throw new Error('no customer');
  return { branchId, customerId, appointmentId: id as never, callId: recorded.call.id };
}

/** What is stored and names what is not there. */
async function dangling(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { code, message } of checkStorage(sqlite(at.file), { nowMs: at.clock.now() }))
    if (code === 'REFERENCE_MISSING') found.push(message);
  return found;
}

test.each([
  ['BRANCH_UNKNOWN', 'branchId'],
  ['CUSTOMER_UNKNOWN', 'customerId'],
  ['APPOINTMENT_UNKNOWN', 'appointmentId'],
] as const)('%s: a call is not recorded with the %s of another company or of nobody', async (code, field) => {
  for (const id of [theirs[field], NOBODY])
    refusalOf(await at.door.calls.record('acme', `with ${field}`, { status: 'ongoing', [field]: id }), code);
  expect(await at.door.calls.get('acme', `with ${field}`)).toBeUndefined();
  expect(await dangling()).toEqual([]);
});

test('a call is recorded with what the company has', async () => {
  const { callId, ...names } = await namesIn(at.door, 'ours');
  const { call } = granted(await at.door.calls.record('acme', 'ours', names));
  expect(call).toMatchObject({ id: callId, ...names, version: 2 });
  expect(await dangling()).toEqual([]);
});

test('nothing is booked in a call of another company or of nobody', async () => {
  const { hold } = granted(await at.door.hold({ service: 'cut', start: day(1) }, { owner: 'me' }));
  const start = { service: 'cut', start: day(2) };
  for (const callId of [theirs.callId, NOBODY]) {
    refusalOf(await at.door.book(start, { callId }), 'CALL_UNKNOWN');
    refusalOf(await at.door.book(hold, { callId }), 'CALL_UNKNOWN');
    refusalOf(await at.door.bookSeries({ target: start, rule: 'FREQ=DAILY;COUNT=2' }, { callId }), 'CALL_UNKNOWN');
    const all = await at.door.bookMany([{ ...start, callId }], { mode: 'all' });
    expect(refusalOf(all, 'BATCH_REFUSED').items).toMatchObject([{ index: 0, refusal: { code: 'CALL_UNKNOWN' } }]);
    const each = granted(await at.door.bookMany([{ ...start, callId }, start], { mode: 'each' }));
    expect(each.items.map(({ ok }) => ok)).toEqual([false, true]);
  }
  const { errors } = refusalOf(await at.door.book(start, { callId: 'a call' as CallId }), 'INPUT_INVALID');
  expect(errors).toEqual([{ path: 'callId', message: 'must be an id' }]);
  expect(await dangling()).toEqual([]);
});
