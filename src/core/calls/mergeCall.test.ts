import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../model/call.ts';
import type { AppointmentId, BranchId, CallId, CompanyId, CustomerId } from '../model/ids.ts';
import { mergeCall } from './mergeCall.ts';
import { REAPED, type CallUpdate } from './sessions.ts';

const blank: Call = {
  id: 'call' as CallId,
  companyId: 'company' as CompanyId,
  branchId: null,
  provider: 'acme',
  providerCallId: 'c1',
  from: null,
  to: null,
  status: 'inbound',
  customerId: null,
  appointmentId: null,
  startedMs: null,
  endedMs: null,
  transcript: null,
  summary: null,
  outcome: null,
  offers: { '1': 'token' },
  version: 3,
  updatedMs: 5,
};

const merged = (updates: readonly CallUpdate[], call = blank): Call => updates.reduce(mergeCall, call);

/** Few values for each field, so that updates contradict, repeat and tie all the time. */
const some = <T>(...values: readonly T[]): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, ...values);
const updates = fc.array(
  fc.record<CallUpdate>({
    status: some('inbound', 'ongoing', 'completed', 'analyzed'),
    branchId: some('b1' as BranchId, 'b2' as BranchId),
    from: some('+491701111111', '+491702222222'),
    to: some('+49301234567', '+49301234568'),
    customerId: some('c1' as CustomerId, 'c2' as CustomerId),
    appointmentId: some('a1' as AppointmentId, 'a2' as AppointmentId),
    startedMs: some(1, 2, 3),
    endedMs: some(1, 2, 3),
    transcript: some('', 'hello', 'world', 'hello there'),
    summary: some('', 'booked', 'asked'),
    outcome: some('', REAPED, 'error', 'user_hangup', 'agent_hangup'),
  }),
  { maxLength: 8 },
);

const shuffles = updates.chain((list) =>
  fc.tuple(
    fc.constant(list),
    fc.shuffledSubarray([...list, ...list, ...list], { minLength: list.length * 3, maxLength: list.length * 3 }),
  ),
);

type Merge = typeof mergeCall;

/** Once each in order, and thrice each in any order, come to the same state, in every field. */
const orderIndependent = (merge: Merge): void =>
  fc.assert(
    fc.property(shuffles, ([once, shuffled]) => {
      expect(shuffled.reduce(merge, blank)).toEqual(once.reduce(merge, blank));
    }),
    { numRuns: 1000 },
  );

test('updates come to the same state in any order and however often each is repeated', () => {
  orderIndependent(mergeCall);
});

test.each<[name: string, merge: Merge]>([
  [
    'lets the last summary win',
    (call, update) => ({ ...mergeCall(call, update), summary: update.summary ?? call.summary }),
  ],
  [
    'lets the first caller win',
    (call, update) => ({ ...mergeCall(call, update), from: call.from ?? update.from ?? null }),
  ],
  [
    'does not break ties between texts',
    (call, update) => {
      const next = mergeCall(call, update);
      return next.transcript?.length === call.transcript?.length ? { ...next, transcript: call.transcript } : next;
    },
  ],
  [
    'takes being reaped for an outcome like any other',
    (call, update) =>
      call.outcome === REAPED && update.outcome === 'error'
        ? mergeCall({ ...call, outcome: 'x' }, {})
        : mergeCall(call, update),
  ],
])('control: a merge that %s depends on the order', (_, merge) => {
  expect(() => orderIndependent(merge)).toThrow('Property failed');
});

test('what is unknown erases nothing, and nothing new gives the same object back', () => {
  fc.assert(
    fc.property(updates, (list) => {
      const call = merged(list);
      expect(mergeCall(call, {})).toBe(call);
      for (const update of list) expect(mergeCall(call, update)).toBe(call);
      const nothing = Object.fromEntries(Object.keys(blank).map((field) => [field, undefined]));
      expect(mergeCall(call, nothing)).toBe(call);
    }),
  );
});

test('each field only ever rises in its own order', () => {
  const stages = ['inbound', 'ongoing', 'completed', 'analyzed'] as const;
  for (const [i, before] of stages.entries())
    for (const [j, status] of stages.entries())
      expect(merged([{ status: before }, { status }]).status).toBe(stages[Math.max(i, j)]);
  expect(merged([{ startedMs: 2000 }, { startedMs: 1000 }]).startedMs).toBe(1000);
  expect(merged([{ endedMs: 2000 }, { endedMs: 1000 }]).endedMs).toBe(2000);
  expect(merged([{ startedMs: 0 }]).startedMs).toBe(0);
  expect(merged([{ transcript: 'hello there' }, { transcript: 'hello' }, { transcript: '' }]).transcript).toBe(
    'hello there',
  );
});

test('the appointment made last stands, although an event of an earlier one comes again', () => {
  const first = { appointmentId: '0199f1a2-3b4c-7d5e-8f60-718293a4b5c6' as AppointmentId };
  const second = { appointmentId: '0199f1a2-3b4d-7000-8000-000000000000' as AppointmentId };
  expect(merged([first, second, first]).appointmentId).toBe(second.appointmentId);
});

test('a call that was reaped ends when and how it is told to have ended, whichever comes first', () => {
  const reaped: CallUpdate = { status: 'completed', outcome: REAPED };
  const late: readonly CallUpdate[] = [
    { status: 'ongoing', startedMs: 2 },
    { status: 'completed', endedMs: 9, outcome: 'error' },
    { status: 'analyzed', summary: 'Booked' },
  ];
  expect(merged([reaped])).toMatchObject({ status: 'completed', outcome: REAPED, endedMs: null });
  expect(merged([reaped, { status: 'ongoing' }])).toMatchObject({ status: 'completed', outcome: REAPED });
  const told = { status: 'analyzed', outcome: 'error', startedMs: 2, endedMs: 9, summary: 'Booked' };
  for (const sequence of [
    [reaped, ...late],
    [...late, reaped],
  ])
    expect(merged(sequence)).toMatchObject(told);
});

test('no provider event takes away the appointment that was booked during the call', () => {
  const booked: CallUpdate = { appointmentId: 'a1' as AppointmentId, customerId: 'c1' as CustomerId };
  const ended: CallUpdate = { status: 'analyzed', endedMs: 9, transcript: 'Goodbye', outcome: 'user_hangup' };
  for (const sequence of [
    [booked, ended],
    [ended, booked],
  ])
    expect(merged(sequence)).toMatchObject({ ...booked, ...ended });
});

test("identity, offers, version and time of change are not an update's to change", () => {
  const forged = { id: 'x', companyId: 'other', provider: 'x', offers: {}, version: 99, updatedMs: 99 } as CallUpdate;
  expect(merged([forged])).toBe(blank);
});
