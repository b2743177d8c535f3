import { expect, test } from 'vitest';
import type { Call } from '../model/call.ts';
import type { AppointmentId, BranchId, CompanyId, CustomerId } from '../model/ids.ts';
import { noJournal } from './journal.ts';
import { StoredCallSessions } from './storedSessions.ts';

const salon = 'salon' as CompanyId;
const garage = 'garage' as CompanyId;
const visit = '01900000-0000-7000-8000-0000000000a1' as AppointmentId;
const eva = '01900000-0000-7000-8000-0000000000c1' as CustomerId;
const nobody = '01900000-0000-7000-8000-0000000000ff';

const there = new Set<string>([visit, eva]);
const found = async (_: CompanyId, id: string): Promise<never> => (there.has(id) ? {} : undefined) as never;

/** Calls in memory, with compare-and-set as the storage's contract has it. `guarded: false` takes the guard away. */
function calls({ guarded = true, beforeSave = async (): Promise<void> => {} } = {}) {
  const rows = new Map<string, Call>();
  const saves: boolean[] = [];
  const key = (provider: string, providerCallId: string): string => `${provider} ${providerCallId}`;
  const storage: ConstructorParameters<typeof StoredCallSessions>[1]['storage'] = {
    async call(company, provider, providerCallId) {
      const row = rows.get(key(provider, providerCallId));
      return row?.companyId === company ? row : undefined;
    },
    async saveCall(company, call, expectedVersion, names = {}) {
      await beforeSave();
      const stored = rows.get(key(call.provider, call.providerCallId));
      const isExpected =
        stored === undefined
          ? expectedVersion === 0
          : stored.companyId === company && stored.version === expectedVersion;
      const holds =
        isExpected && Object.values(names).every((id: string | undefined) => id === undefined || there.has(id));
      if (holds || !guarded) rows.set(key(call.provider, call.providerCallId), call);
      saves.push(holds || !guarded);
      return holds || !guarded;
    },
    config: async () => undefined,
    customer: found,
    appointment: found,
    directory: { providerCall: async (provider, id) => rows.get(key(provider, id))?.companyId },
  };
  let ids = 0;
  let nowMs = 1000;
  const sessions = (company: CompanyId): StoredCallSessions =>
    new StoredCallSessions(company, { storage, journal: noJournal, newId: () => `call-${++ids}`, now: () => nowMs++ });
  return { rows, saves, sessions };
}

test('a call is made by the first thing that is known of it, whatever that is', async () => {
  const { sessions } = calls();
  const salons = sessions(salon);
  expect(await salons.get('acme', 'c1')).toBeUndefined();
  const made = await salons.record('acme', 'c1', { status: 'analyzed', summary: 'booked' });
  const call = { companyId: salon, status: 'analyzed', summary: 'booked', version: 1, updatedMs: 1000 };
  expect(made).toMatchObject({ ok: true, call });
  expect({ ok: true, call: await salons.get('acme', 'c1') }).toEqual(made);
});

test('what is known already is not written again', async () => {
  const { sessions, saves } = calls();
  const first = await sessions(salon).record('acme', 'c1', { status: 'ongoing' });
  expect(await sessions(salon).record('acme', 'c1', { status: 'inbound' })).toEqual(first);
  expect(await sessions(salon).addOffers('acme', 'c1', [])).toEqual([]);
  expect(saves).toEqual([true]);
});

test('the same id of two providers is two calls', async () => {
  const { sessions } = calls();
  await sessions(salon).record('acme', 'c1', { outcome: 'one' });
  await sessions(salon).record('other', 'c1', { outcome: 'two' });
  expect((await sessions(salon).get('acme', 'c1'))?.outcome).toBe('one');
  expect((await sessions(salon).get('other', 'c1'))?.outcome).toBe('two');
});

test('five deliveries of each event, at once and shuffled, come to the state of one delivery in order', async () => {
  const updates = [
    { status: 'inbound', from: '+491701111111' },
    { status: 'ongoing', startedMs: 10, transcript: 'Hello' },
    { appointmentId: visit },
    { status: 'completed', endedMs: 90, transcript: 'Hello, bye' },
    { status: 'analyzed', summary: 'Booked a haircut' },
  ] as const;
  const inOrder = calls();
  for (const update of updates) await inOrder.sessions(salon).record('acme', 'c1', update);
  const atOnce = calls();
  const fiveTimes = [0, 1, 2, 3, 4].flatMap((shift) => updates.map((_, i) => updates[(i * 3 + shift) % 5] ?? {}));
  await Promise.all(fiveTimes.map((update) => atOnce.sessions(salon).record('acme', 'c1', update)));
  const known = async (scene: typeof inOrder): Promise<Partial<Call>> => {
    const {
      id: _,
      version: __,
      updatedMs: ___,
      ...rest
    } = (await scene.sessions(salon).get('acme', 'c1')) ?? ({} as Call);
    return rest;
  };
  expect(await known(atOnce)).toEqual(await known(inOrder));
  expect(atOnce.saves).toContain(false);
});

const unknown = (code: string) => ({ ok: false, refusal: { code } });

test.each([
  ['BRANCH_UNKNOWN', { branchId: nobody as BranchId }],
  ['CUSTOMER_UNKNOWN', { customerId: nobody as CustomerId }],
  ['APPOINTMENT_UNKNOWN', { appointmentId: nobody as AppointmentId }],
] as const)('%s: a call names nothing that is not there, whether it is new or known', async (code, names) => {
  const { sessions, rows } = calls();
  expect(await sessions(salon).record('acme', 'c1', { status: 'ongoing', ...names })).toMatchObject(unknown(code));
  expect(rows.size).toBe(0);
  const known = await sessions(salon).record('acme', 'c1', { status: 'ongoing', customerId: eva });
  expect(await sessions(salon).record('acme', 'c1', { outcome: 'over', ...names })).toMatchObject(unknown(code));
  expect({ ok: true, call: await sessions(salon).get('acme', 'c1') }).toEqual(known);
});

test.each([
  ['provider', '', 'c1', {}],
  ['provider', 'a\0b', 'c1', {}],
  ['providerCallId', 'acme', 'x'.repeat(192), {}],
  ['providerCallId', 'acme', 7, {}],
  ['status', 'acme', 'c1', { status: 'over' }],
  ['branchId', 'acme', 'c1', { branchId: 'north' }],
  ['customerId', 'acme', 'c1', { customerId: null }],
  ['appointmentId', 'acme', 'c1', { appointmentId: [visit] }],
  ['from', 'acme', 'c1', { from: '+49'.repeat(30) }],
  ['startedMs', 'acme', 'c1', { startedMs: NaN }],
  ['endedMs', 'acme', 'c1', { endedMs: '2026' }],
  ['transcript', 'acme', 'c1', { transcript: 'half \ud800' }],
] as const)('what cannot be stored is refused by its field: %s', async (path, provider, id, update) => {
  const { sessions, rows } = calls();
  const answer = await sessions(salon).record(provider, id as string, update as never);
  expect(answer).toMatchObject({ ok: false, refusal: { code: 'INPUT_INVALID', errors: [{ path }] } });
  expect(rows.size).toBe(0);
});

const offered = async (
  scene: ReturnType<typeof calls>,
): Promise<{ told: number[]; stored: Record<string, string> }> => {
  const batches = Array.from({ length: 10 }, (_, i) => [`${i}a`, `${i}b`]);
  const told = await Promise.all(batches.map((tokens) => scene.sessions(salon).addOffers('acme', 'c1', tokens)));
  const call = await scene.sessions(salon).get('acme', 'c1');
  told.forEach((numbers, i) => {
    const kept = numbers.map((number) => call?.offers[number]);
    if (kept.join() !== batches[i]?.join()) throw new Error(`offer ${numbers.join()} became ${kept.join()}`);
  });
  return { told: told.flat(), stored: { ...call?.offers } };
};

test('offers made at the same time get different numbers, without gaps, and each number keeps its token', async () => {
  const { told, stored } = await offered(calls());
  expect(told.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(Object.keys(stored)).toHaveLength(20);
});

test('control: without compare-and-set one offer takes the number of another', async () => {
  await expect(offered(calls({ guarded: false }))).rejects.toThrow('became');
});

test('numbers go on over the whole call, and other knowledge leaves them alone', async () => {
  const { sessions } = calls();
  expect(await sessions(salon).addOffers('acme', 'c1', ['a', 'b'])).toEqual([1, 2]);
  await sessions(salon).record('acme', 'c1', { status: 'ongoing' });
  expect(await sessions(salon).addOffers('acme', 'c1', ['c'])).toEqual([3]);
  expect((await sessions(salon).get('acme', 'c1'))?.offers).toEqual({ '1': 'a', '2': 'b', '3': 'c' });
});

test('the call of another company is neither seen nor changed, and no number is promised for it', async () => {
  const { sessions, rows } = calls();
  const theirs = await sessions(garage).record('acme', 'c1', { status: 'ongoing', transcript: 'secret' });
  expect(await sessions(salon).get('acme', 'c1')).toBeUndefined();
  expect(await sessions(salon).record('acme', 'c1', { status: 'completed' })).toEqual(unknown('CALL_UNKNOWN'));
  expect(await sessions(salon).addOffers('acme', 'c1', ['a'])).toEqual([]);
  expect([...rows.values()]).toEqual([theirs.ok ? theirs.call : undefined]);
});

test('two companies that learn of one call at once: one has it, the other is told', async () => {
  const { sessions, rows } = calls();
  const [one, other] = await Promise.all([salon, garage].map((company) => sessions(company).record('acme', 'c1', {})));
  expect([one?.ok, other?.ok].toSorted()).toEqual([false, true]);
  expect(rows.size).toBe(1);
});

test('a writer that loses again and again gives up with a fault that may be retried', async () => {
  const { sessions, rows, saves } = calls({
    beforeSave: async () => {
      for (const [key, row] of rows) rows.set(key, { ...row, version: row.version + 1 });
    },
  });
  await sessions(salon).record('acme', 'c1', {});
  await expect(sessions(salon).record('acme', 'c1', { status: 'ongoing' })).rejects.toMatchObject({
    code: 'STORAGE_BUSY',
    retryable: true,
  });
  expect(saves.length).toBeLessThan(100);
});
