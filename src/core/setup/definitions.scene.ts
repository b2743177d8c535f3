import fc from 'fast-check';
import type { CompanyDefinition, Definition } from './definition.ts';

/** A salon with everything a document can say. */
export const salon: CompanyDefinition = {
  key: 'salon',
  name: 'Salon',
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  country: 'DE',
  policies: { noticeMinutes: 60 },
  branches: [{ key: 'mitte', name: 'Mitte', schedule: 'open' }],
  numbers: [
    { number: '030 1234567', branch: 'mitte', agent: 'agent-1', defaultService: 'cut', defaultResource: 'anna' },
  ],
  agents: [{ id: 'agent-2', branch: 'mitte' }],
  schedules: [
    {
      key: 'open',
      weekly: [{ days: ['mo', 'tu'], from: '09:00', to: '17:00' }],
      overrides: [{ date: '2026-12-24', windows: [{ from: '09:00', to: '12:00' }] }],
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
    },
  ],
  resources: [
    {
      key: 'anna',
      name: 'Anna',
      branch: 'mitte',
      schedule: 'open',
      timeOff: [{ start: '2026-12-01T00:00:00+01:00', end: '2026-12-08T00:00:00+01:00' }],
    },
  ],
  services: [
    {
      key: 'cut',
      name: 'Haircut',
      durationMinutes: 30,
      price: { amountMinor: 3000, currency: 'EUR' },
      resources: ['anna'],
    },
  ],
  keys: [{ name: 'web', secret: 'salon-web-0123456789-0123456789-0123456789' }],
};

/** A second company, small. */
export const garage: CompanyDefinition = {
  key: 'garage',
  name: 'Garage',
  timeZone: 'Europe/Vienna',
  country: 'AT',
  branches: [{ key: 'main', name: 'Main' }],
  numbers: [{ number: '+4312345678' }],
};

/** A document of these companies. */
export const documentOf = (...companies: readonly CompanyDefinition[]): Definition => ({ companies });

const some = <T>(...pool: readonly T[]): fc.Arbitrary<readonly T[]> => fc.shuffledSubarray([...pool]);
const flag = fc.constantFrom(undefined, true, false);
const given = <T extends object>(entry: T): T =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T;

/** Company documents without contradictions, whose parts come, go, change, move and switch. Keys share one small pool. */
const company = (key: string, numbers: readonly string[]): fc.Arbitrary<CompanyDefinition> =>
  fc
    .record({
      branchKeys: fc.shuffledSubarray(['mitte', 'nord', 'west'], { minLength: 1 }),
      scheduleKeys: some('open', 'late'),
      resourceKeys: some('anna', 'ben', 'cleo'),
      serviceKeys: some('cut', 'colour'),
      numbers: some(...numbers),
      agents: some(`${key}-agent-1`, `${key}-agent-2`),
      secrets: some('a', 'b'),
      name: fc.constantFrom('One', 'Two'),
      toMinute: fc.constantFrom('17:00', '18:00'),
      pick: fc
        .infiniteStream(fc.nat(9))
        .map((stream) => (of: readonly string[]) => of[(stream.next().value ?? 0) % (of.length + 1)]),
      flags: fc.infiniteStream(flag).map((stream) => () => stream.next().value as boolean | undefined),
    })
    .map(({ pick, flags, ...one }) => ({
      key,
      name: one.name,
      timeZone: 'Europe/Berlin',
      country: 'DE',
      branches: one.branchKeys.map((branch) =>
        given({ key: branch, name: branch, schedule: pick(one.scheduleKeys), active: flags() }),
      ),
      schedules: one.scheduleKeys.map((schedule) =>
        given({ key: schedule, weekly: [{ days: ['mo'] as const, from: '09:00', to: one.toMinute }], active: flags() }),
      ),
      resources: one.resourceKeys.map((resource) =>
        given({
          key: resource,
          name: one.name,
          branch: pick(one.branchKeys) ?? one.branchKeys[0],
          schedule: pick(one.scheduleKeys),
          active: flags(),
        }),
      ),
      services: one.serviceKeys.map((service) =>
        given({ key: service, name: service, durationMinutes: 30, resources: one.resourceKeys, active: flags() }),
      ),
      numbers: one.numbers.map((number) =>
        given({
          number,
          branch: pick(one.branchKeys),
          defaultService: pick(one.serviceKeys),
          agent: pick(one.agents),
          active: flags(),
        }),
      ),
      agents: one.agents.slice(0, 1).map((id) => given({ id, branch: pick(one.branchKeys), active: flags() })),
      keys: one.secrets.map((secret) => ({ name: secret, secret: `${key}-${secret}`.padEnd(40, '0') })),
    })) as fc.Arbitrary<CompanyDefinition>;

/** Documents of one or two companies, between which numbers may move. */
export const definitions: fc.Arbitrary<Definition> = fc
  .shuffledSubarray(['+49301111111', '+49302222222', '+49303333333', '+49304444444'], { minLength: 4 })
  .chain((numbers) =>
    fc.tuple(
      company('salon', numbers.slice(0, 2)),
      company('garage', numbers.slice(2)),
      fc.constantFrom<(a: CompanyDefinition, b: CompanyDefinition) => readonly CompanyDefinition[]>(
        (a, b) => [a, b],
        (a, b) => [b, a],
      ),
    ),
  )
  .map(([a, b, arrange]) => ({ companies: arrange(a, b) }));
