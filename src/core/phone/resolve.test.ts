import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Line, LineQuery } from './resolve.ts';
import { callerNumber, createPhone } from './resolve.ts';
import { branchId, companyId, scene, type CompanyRow } from './resolve.scene.ts';

const salon: CompanyRow = {
  key: 'salon',
  country: 'DE',
  inactiveBranches: ['closed'],
  numbers: [
    { e164: '+49301234567', branch: 'mitte' },
    { e164: '+49301234568' },
    { e164: '+49301234569', inactive: true },
    { e164: '+49301234570', branch: 'closed' },
  ],
  agents: [
    { id: 'agent-salon', branch: 'mitte' },
    { id: 'agent-closed', branch: 'closed' },
    { id: 'agent-off', inactive: true },
  ],
  customers: ['+491701111111', '+491702222222'],
};
const garage: CompanyRow = {
  key: 'garage',
  country: 'AT',
  numbers: [{ e164: '+4312345678' }],
  agents: [{ id: 'agent-garage' }],
  customers: ['+491702222222', '+43660333333'],
};
const ghost: CompanyRow = {
  key: 'ghost',
  country: 'DE',
  inactive: true,
  numbers: [{ e164: '+49897654321' }],
  agents: [{ id: 'agent-ghost' }],
};

const at = (companies: readonly CompanyRow[] = [salon, garage, ghost]) => {
  const { directory, storage, askedForCustomer } = scene(companies);
  const phone = createPhone(directory, storage);
  return { phone, askedForCustomer, resolve: (query: LineQuery) => told(phone.resolve(query)) };
};

/** Company and branch of a line, or the code of the refusal. */
async function told(answer: ReturnType<ReturnType<typeof createPhone>['resolve']>): Promise<string> {
  const line = await answer;
  return line.ok ? `${line.company.key}/${line.branchId ?? ''}` : line.refusal.code;
}

test('an active number decides: its company, its branch, and nothing else', async () => {
  const { phone } = at();
  const line = await phone.resolve({ to: '+49 30 1234567' });
  expect(line).toMatchObject({ ok: true, branchId: branchId('mitte'), numberId: 'number:salon +49301234567' });
  expect(line).toMatchObject({ company: { key: 'salon' }, from: null, customer: null });
});

test('each query goes by the rule, to the letter', async () => {
  const { resolve } = at();
  const table: readonly [to: string, agentId: string | undefined, expected: string][] = [
    // The number, in any form that can be read without guessing.
    ['+49301234567', undefined, 'salon/branch:mitte'],
    ['sip:+49301234567@pbx.example', undefined, 'salon/branch:mitte'],
    ['+49301234568', undefined, 'salon/'],
    ['+4312345678', undefined, 'garage/'],
    ['030 1234567', undefined, 'NUMBER_INVALID'],
    // Switched off: the number, its branch, its company.
    ['+49301234569', undefined, 'NUMBER_INACTIVE'],
    ['+49301234570', undefined, 'NUMBER_INACTIVE'],
    ['+49897654321', undefined, 'NUMBER_INACTIVE'],
    // Unknown or no number at all.
    ['+49301234560', undefined, 'NUMBER_UNKNOWN'],
    ['', undefined, 'NUMBER_INVALID'],
    ['anonymous', undefined, 'NUMBER_INVALID'],
    // Number and agent of one company: the number decides on the branch.
    ['+49301234568', 'agent-salon', 'salon/'],
    ['+49301234568', 'agent-off', 'salon/'],
    // Else the agent, by its exact id.
    ['+49301234560', 'agent-salon', 'salon/branch:mitte'],
    ['+49301234569', 'agent-salon', 'salon/branch:mitte'],
    ['', 'agent-salon', 'salon/branch:mitte'],
    ['', 'agent-garage', 'garage/'],
    ['', 'Agent-Garage', 'NUMBER_INVALID'],
    ['', ' agent-garage', 'NUMBER_INVALID'],
    ['', '', 'NUMBER_INVALID'],
    ['+49301234560', 'agent-nobody', 'NUMBER_UNKNOWN'],
    ['+49301234560', 'agent-closed', 'NUMBER_UNKNOWN'],
    ['+49301234560', 'agent-off', 'NUMBER_UNKNOWN'],
    ['+49301234560', 'agent-ghost', 'NUMBER_UNKNOWN'],
    ['+49301234569', 'agent-off', 'NUMBER_INACTIVE'],
    // Both known, of two companies: refused, switched off or not.
    ['+49301234567', 'agent-garage', 'AGENT_MISMATCH'],
    ['+49301234569', 'agent-garage', 'AGENT_MISMATCH'],
    ['+4312345678', 'agent-off', 'AGENT_MISMATCH'],
    ['+49897654321', 'agent-salon', 'AGENT_MISMATCH'],
    // The agent's country reads a national form, and gives no right to a number of someone else.
    ['030 1234568', 'agent-salon', 'salon/'],
    ['01 2345678', 'agent-garage', 'garage/'],
    ['030 1234568', 'agent-garage', 'garage/'],
    ['030 1234560', 'agent-ghost', 'NUMBER_UNKNOWN'],
  ];
  for (const [to, agentId, expected] of table)
    expect(`${to} ${agentId} → ${await resolve({ to, agentId })}`).toBe(`${to} ${agentId} → ${expected}`);
});

test('an active entry of a number hides the one that another company has switched off', async () => {
  const before: CompanyRow = { key: 'before', country: 'DE', numbers: [{ e164: '+49301234567', inactive: true }] };
  for (const companies of [
    [before, salon],
    [salon, before],
  ])
    expect(await at(companies).resolve({ to: '+49301234567' })).toBe('salon/branch:mitte');
});

test('a caller is matched to a customer of the company that was called, and of no other', async () => {
  const { phone, askedForCustomer } = at();
  const customerOf = async (to: string, from: string): Promise<string | undefined> => {
    const line = await phone.resolve({ to, from });
    return line.ok ? line.customer?.id : line.refusal.code;
  };
  expect(await customerOf('+49301234567', '0170 1111111')).toBe('customer:company:salon +491701111111');
  expect(await customerOf('+4312345678', '+491701111111')).toBeUndefined();
  expect(await customerOf('+49301234567', '+491702222222')).toBe('customer:company:salon +491702222222');
  expect(await customerOf('+4312345678', '+491702222222')).toBe('customer:company:garage +491702222222');
  expect(askedForCustomer).toHaveLength(4);
  expect(await customerOf('+49301234560', '+491701111111')).toBe('NUMBER_UNKNOWN');
  expect(askedForCustomer).toHaveLength(4);
});

test('anonymous and unreadable callers are ordinary, and nobody is ever looked up for them', async () => {
  const { phone, askedForCustomer } = at([{ ...salon, customers: ['', 'anonymous', '+266696687'] }]);
  for (const from of [
    undefined,
    '',
    ' ',
    'anonymous',
    'Unknown',
    'BLOCKED',
    '+266696687',
    '<sip:anonymous@anonymous.invalid>',
    '???',
  ])
    expect(await phone.resolve({ to: '+49301234567', from })).toMatchObject({ ok: true, from: null, customer: null });
  expect(askedForCustomer).toEqual([]);
  expect(callerNumber('withheld', 'DE')).toBeUndefined();
  expect(callerNumber('0170 1111111', 'DE')).toBe('+491701111111');
});

const digit = (text: string, at: number, by: number): string =>
  text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1);

/** A number that looks like one that is known, and is another. */
const nearMiss = (known: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .tuple(fc.integer({ min: 2, max: known.length - 1 }), fc.integer({ min: 1, max: 9 }))
      .map(([i, by]) => digit(known, i, by)),
    fc.constantFrom('+1', '+43', '+44', '+4989', '+4940').map((prefix) => prefix + known.slice(-6)),
    fc.constantFrom('+1', '+33', '+43', '+972').map((country) => country + known.slice(3)),
    fc.constantFrom(
      known.slice(0, -1),
      `${known}0`,
      known.slice(-6),
      known.slice(1),
      known.slice(3),
      `0${known.slice(3)}`,
    ),
  );

const e164 = fc.integer({ min: 10 ** 6, max: 10 ** 7 - 1 }).map((rest) => `+4930${rest}`);

interface World {
  readonly companies: readonly CompanyRow[];
  readonly dialled: string;
}

/** Companies of which each part may be switched off, and a number that is one of theirs, or nearly. */
const worlds: fc.Arbitrary<World> = fc
  .uniqueArray(e164, { minLength: 2, maxLength: 8 })
  .chain((numbers) =>
    fc.record({
      flags: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: numbers.length, maxLength: numbers.length }),
      dialled: fc.constantFrom(...numbers).chain((known) => fc.oneof(fc.constant(known), nearMiss(known))),
      numbers: fc.constant(numbers),
    }),
  )
  .map(({ numbers, flags, dialled }) => ({
    dialled,
    companies: numbers.map((number, i) => ({
      key: `company-${i}`,
      country: 'DE',
      inactive: ((flags[i] ?? 0) & 1) > 0,
      inactiveBranches: ((flags[i] ?? 0) & 2) > 0 ? [`branch-${i}`] : [],
      numbers: [{ e164: number, branch: `branch-${i}`, inactive: ((flags[i] ?? 0) & 4) > 0 }],
    })),
  }));

type Resolver = (world: ReturnType<typeof scene>, to: string) => Promise<Line['company']['id'] | undefined>;

/** Who is answered: the company that has this very number, if number, branch and company are switched on; else nobody. */
const neverGuesses = (resolver: Resolver, numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(worlds, async ({ companies, dialled }) => {
      const owner = companies.find(
        ({ numbers, inactive, inactiveBranches }) =>
          numbers?.[0]?.e164 === dialled && !numbers[0].inactive && !inactive && inactiveBranches?.length === 0,
      );
      expect(await resolver(scene(companies), dialled)).toBe(owner && companyId(owner.key));
    }),
    { numRuns },
  ) as Promise<void>;

test('a digit off, the same last six, another country, anything switched off: nobody is ever guessed', () =>
  neverGuesses(async ({ directory, storage }, to) => {
    const line = await createPhone(directory, storage).resolve({ to });
    return line.ok ? line.company.id : undefined;
  }, 2000));

test.each<[name: string, resolver: Resolver]>([
  [
    'by the last six digits',
    async ({ entries }, to) => entries.find((entry) => entry.active && entry.e164.endsWith(to.slice(-6)))?.company.id,
  ],
  [
    'the first company where there is no match',
    async ({ entries }, to) =>
      (entries.find((entry) => entry.active && entry.e164 === to) ?? entries.find(({ active }) => active))?.company.id,
  ],
  [
    'without looking at what is switched off',
    async ({ entries }, to) => entries.find((entry) => entry.e164 === to)?.company.id,
  ],
])('control: a resolver that guesses %s is found out', async (_, resolver) => {
  await expect(neverGuesses(resolver, 2000)).rejects.toThrow('Property failed');
});
