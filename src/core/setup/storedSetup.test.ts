import { expect, test } from 'vitest';
import type { CompanyDefinition, Definition } from './definition.ts';
import { documentOf, garage, salon } from './definitions.scene.ts';
import { scene } from './setup.scene.ts';
import { createApiKeys } from './storedKeys.ts';
import { hash, tools } from './setup.scene.ts';

const withNumbers = (key: string, ...numbers: readonly string[]): CompanyDefinition => ({
  ...garage,
  key,
  country: 'DE',
  numbers: numbers.map((number) => ({ number })),
});
const [one, two, three] = ['+49301111111', '+49302222222', '+49303333333'];

/** Which company each number belongs to. */
const owners = async (
  { stored }: ReturnType<typeof scene>,
  ...companies: readonly string[]
): Promise<Record<string, string>> => {
  const entries = await Promise.all(
    companies.map(async (company) =>
      (await stored(company)).numbers.filter(({ active }) => active).map(({ e164 }) => [e164, company] as const),
    ),
  );
  return Object.fromEntries(entries.flat());
};

const refused = (path: string, message: RegExp) => ({
  ok: false,
  refusal: { code: 'CONFIG_CONFLICT', errors: [{ path, message: expect.stringMatching(message) as string }] },
});

test('a number moves between companies of one document, in whichever order they stand', async () => {
  for (const order of [
    ['a', 'b'],
    ['b', 'a'],
  ]) {
    const at = scene();
    await at.setup.apply(documentOf(withNumbers('a', one), withNumbers('b', two)));
    const after = { a: withNumbers('a'), b: withNumbers('b', two, one) };
    const companies = order.map((key) => after[key as 'a' | 'b']);
    const answer = await at.setup.apply(documentOf(...companies));
    expect(answer).toMatchObject({ ok: true });
    expect(answer.ok ? answer.changes.map(({ action, path }) => `${action} ${path}`).toSorted() : []).toEqual([
      `create companies.b.numbers.${one}`,
      `deactivate companies.a.numbers.${one}`,
    ]);
    expect(await owners(at, 'a', 'b')).toEqual({ [one]: 'b', [two]: 'b' });
  }
});

test('numbers change places, and go round in a circle', async () => {
  const at = scene();
  await at.setup.apply(documentOf(withNumbers('a', one), withNumbers('b', two), withNumbers('c', three)));
  expect(await at.setup.apply(documentOf(withNumbers('a', two), withNumbers('b', one)))).toMatchObject({ ok: true });
  expect(await owners(at, 'a', 'b', 'c')).toEqual({ [one]: 'b', [two]: 'a', [three]: 'c' });
  expect(
    await at.setup.apply(documentOf(withNumbers('a', one), withNumbers('b', three), withNumbers('c', two))),
  ).toMatchObject({ ok: true });
  expect(await owners(at, 'a', 'b', 'c')).toEqual({ [one]: 'a', [two]: 'c', [three]: 'b' });
});

test('a number of a company outside the document is refused before anything is written, by a dry run too', async () => {
  const { setup, storage } = scene();
  await setup.apply(documentOf(withNumbers('a', one)));
  const wanted = documentOf(withNumbers('b', two), withNumbers('c', three, one));
  for (const dryRun of [true, false])
    expect(await setup.apply(wanted, { dryRun })).toMatchObject(
      refused('companies[1].numbers[1].number', /another company/),
    );
  expect(storage.writes).toBe(1);
  expect(storage.configs.size).toBe(1);
});

test('a number that another company has switched off is free', async () => {
  const at = scene();
  await at.setup.apply(documentOf({ ...withNumbers('a'), numbers: [{ number: one, active: false }] }));
  expect(await at.setup.apply(documentOf(withNumbers('b', one)))).toMatchObject({ ok: true });
  expect(await owners(at, 'a', 'b')).toEqual({ [one]: 'b' });
});

test('an agent or a secret of another company is refused at its place, and the secret not shown', async () => {
  const { setup } = scene();
  await setup.apply(documentOf(salon));
  expect(await setup.apply(documentOf({ ...garage, agents: [{ id: 'agent-2' }] }))).toMatchObject(
    refused('companies[0].agents[0].id', /another company/),
  );
  expect(await setup.apply(documentOf({ ...garage, numbers: [{ number: two, agent: 'agent-1' }] }))).toMatchObject(
    refused('companies[0].numbers[0].agent', /another company/),
  );
  const stolen = await setup.apply(documentOf({ ...garage, keys: salon.keys ?? [] }));
  expect(stolen).toMatchObject(refused('companies[0].keys[0].secret', /^belongs to another company$/));
});

test('the grain of a company cannot change', async () => {
  const { setup, storage } = scene();
  await setup.apply(documentOf(garage));
  expect(await setup.apply(documentOf({ ...garage, grainMinutes: 1 }))).toMatchObject(
    refused('companies[0].grainMinutes', /^is 5 and cannot change$/),
  );
  expect(await setup.apply(documentOf({ ...garage, grainMinutes: 5 }))).toMatchObject({ ok: true, changes: [] });
  expect(storage.writes).toBe(1);
});

test('a key that was revoked is not brought back by the document that made it', async () => {
  const { setup, storage, stored } = scene();
  await setup.apply(documentOf(salon));
  const { id } = (await stored('salon')).company;
  const keys = createApiKeys({ storage, directory: storage.directory, ...tools(), newSecret: () => 'unused' });
  await keys.revoke(id, 'web');
  expect(await setup.apply(documentOf(salon))).toMatchObject(refused('companies[0].keys[0].secret', /revoked/));
  const secret = 'another-secret-0123456789-0123456789';
  expect(await setup.apply(documentOf({ ...salon, keys: [{ name: 'web', secret }] }))).toMatchObject({ ok: true });
  expect((await stored('salon')).keys.map((key) => `${key.name} ${key.active}`)).toEqual(['web true', 'web false']);
});

test('a key made over the interface survives a document without it, and one with it adopts it', async () => {
  const { setup, storage, stored } = scene();
  await setup.apply(documentOf(garage));
  const { id } = (await stored('garage')).company;
  const keys = createApiKeys({ storage, directory: storage.directory, ...tools(), newSecret: () => 'x'.repeat(43) });
  const made = await keys.create(id, 'cli');
  if (!made.ok) throw new Error('not made');
  expect(await setup.apply(documentOf(garage))).toMatchObject({ ok: true, changes: [] });
  const adopting = documentOf({ ...garage, keys: [{ name: 'cli', secret: made.secret }] });
  expect(await setup.apply(adopting)).toMatchObject({
    changes: [{ action: 'update', path: 'companies.garage.keys.cli' }],
  });
  expect(await setup.apply(adopting)).toMatchObject({ changes: [] });
  expect((await stored('garage')).keys).toMatchObject([{ id: made.key.id, hash: hash(made.secret), managed: true }]);
});

test('a change by somebody else at the same moment is kept, and the document applied on top of it', async () => {
  const { setup, storage, stored } = scene();
  await setup.apply(documentOf(garage));
  const { company } = await stored('garage');
  storage.beforeSave = () => {
    storage.beforeSave = () => undefined;
    const config = storage.configs.get(company.id);
    if (config === undefined) return;
    const key = {
      id: 'k',
      name: 'x',
      prefix: 'x',
      hash: 'x',
      managed: false,
      active: true,
    } as (typeof config.keys)[number];
    storage.configs.set(company.id, { ...config, keys: [...config.keys, key], revision: config.revision + 1 });
  };
  const answer = await setup.apply(documentOf({ ...garage, name: 'Garage Nord' }));
  expect(answer).toMatchObject({ ok: true, companies: [{ key: 'garage', id: company.id, revision: 3 }] });
  expect(await stored('garage')).toMatchObject({ company: { name: 'Garage Nord' }, keys: [{ hash: 'x' }] });
});

test('a number taken by somebody else after the look is refused, and named', async () => {
  const { setup, storage } = scene();
  await setup.apply(documentOf(withNumbers('a')));
  storage.beforeSave = () => {
    storage.beforeSave = () => undefined;
    for (const [id, config] of storage.configs) {
      const number = {
        id: 'n',
        e164: one,
        branchId: null,
        defaultServiceId: null,
        defaultResourceId: null,
        active: true,
      };
      storage.configs.set(id, { ...config, numbers: [number as (typeof config.numbers)[number]] });
    }
  };
  expect(await setup.apply(documentOf(withNumbers('b', one)))).toMatchObject(
    refused('companies[0]', new RegExp(`^another company has this number: \\${one}$`)),
  );
});

test('a company that never stops changing ends in a fault that may be retried', async () => {
  const { setup, storage } = scene();
  await setup.apply(documentOf(garage));
  storage.beforeSave = () => {
    for (const [id, config] of storage.configs) storage.configs.set(id, { ...config, revision: config.revision + 1 });
  };
  await expect(setup.apply(documentOf({ ...garage, name: 'New' }))).rejects.toMatchObject({
    code: 'STORAGE_BUSY',
    retryable: true,
  });
});

test('the document given is left as it was', async () => {
  const frozen = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
    return value;
  };
  const document = frozen(structuredClone(documentOf(salon, garage))) as Definition;
  expect(await scene().setup.apply(document)).toMatchObject({ ok: true });
});
