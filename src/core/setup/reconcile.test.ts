import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompanyConfig } from '../model/company.ts';
import type { CompanyDefinition, Definition } from './definition.ts';
import { definitions, documentOf, salon } from './definitions.scene.ts';
import { reconcile } from './reconcile.ts';
import { hash, scene, tools } from './setup.scene.ts';

const histories = fc.array(definitions, { minLength: 1, maxLength: 4 });

/** Every entity of a configuration by list and name, with its id and whether it is switched on. */
function entities(config: CompanyConfig): ReadonlyMap<string, { readonly id: string; readonly active: boolean }> {
  return new Map([
    ...config.branches.map(({ key, id, active }) => [`branches.${key}`, { id, active }] as const),
    ...config.schedules.map(({ key, id, active }) => [`schedules.${key}`, { id, active }] as const),
    ...config.resources.map(({ key, id, active }) => [`resources.${key}`, { id, active }] as const),
    ...config.services.map(({ key, id, active }) => [`services.${key}`, { id, active }] as const),
    ...config.numbers.map(({ e164, id, active }) => [`numbers.${e164}`, { id, active }] as const),
    ...config.agents.map(({ agentId, active }) => [`agents.${agentId}`, { id: agentId, active }] as const),
    ...config.keys.map((key) => [`keys.${key.hash}`, { id: key.id as string, active: key.active }] as const),
  ]);
}

/** What a company's definition lists, and whether it shall be switched on. */
function listed(company: CompanyDefinition): ReadonlyMap<string, boolean> {
  const on = ({ active }: { readonly active?: boolean }): boolean => active ?? true;
  const numbers = company.numbers ?? [];
  return new Map([
    ...numbers.filter(on).flatMap(({ agent }) => (agent === undefined ? [] : [[`agents.${agent}`, true] as const])),
    ...(company.agents ?? []).map((one) => [`agents.${one.id}`, on(one)] as const),
    ...company.branches.map((one) => [`branches.${one.key}`, on(one)] as const),
    ...(company.schedules ?? []).map((one) => [`schedules.${one.key}`, on(one)] as const),
    ...(company.resources ?? []).map((one) => [`resources.${one.key}`, on(one)] as const),
    ...(company.services ?? []).map((one) => [`services.${one.key}`, on(one)] as const),
    ...numbers.map((one) => [`numbers.${one.number}`, on(one)] as const),
    ...(company.keys ?? []).map(({ secret }) => [`keys.${hash(secret)}`, true] as const),
  ]);
}

async function applied(setup: ReturnType<typeof scene>['setup'], definition: Definition) {
  const answer = await setup.apply(definition);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer;
}

test('a document applied again changes nothing, whatever was applied before', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { setup, storage } = scene();
      for (const definition of history) {
        const first = await applied(setup, definition);
        const writes = storage.writes;
        const again = await applied(setup, definition);
        expect(again.changes).toEqual([]);
        expect(again.companies).toEqual(first.companies);
        expect(storage.writes).toBe(writes);
      }
    }),
  );
});

test('what is stored is what the last document lists, in its order, and the rest is switched off and keeps its place', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { setup, stored } = scene();
      const ids = new Map<string, string>();
      for (const definition of history) {
        await applied(setup, definition);
        for (const company of definition.companies) {
          const now = entities(await stored(company.key));
          const wanted = listed(company);
          for (const [name, active] of wanted) expect(`${name} ${now.get(name)?.active}`).toBe(`${name} ${active}`);
          for (const [name, { active }] of now)
            if (!wanted.has(name)) expect(`${name} ${active}`).toBe(`${name} false`);
          for (const name of ids.keys())
            if (name.startsWith(`${company.key} `)) expect(now.has(name.split(' ')[1] ?? '')).toBe(true);
          for (const [name, { id }] of now) {
            expect(ids.get(`${company.key} ${name}`) ?? id).toBe(id);
            ids.set(`${company.key} ${name}`, id);
          }
          const config = await stored(company.key);
          expect(config.resources.map(({ key }) => key).slice(0, company.resources?.length)).toEqual(
            company.resources?.map(({ key }) => key),
          );
        }
      }
      expect(new Set(ids.values()).size).toBe(ids.size);
    }),
  );
});

test('a dry run writes nothing and tells what the run then does', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { setup, storage } = scene();
      for (const definition of history) {
        const writes = storage.writes;
        const dry = await setup.apply(definition, { dryRun: true });
        expect(storage.writes).toBe(writes);
        const run = await applied(setup, definition);
        expect(dry).toMatchObject({ ok: true, changes: run.changes });
      }
    }),
  );
});

test("documents leave each other's companies alone", async () => {
  const { setup, stored } = scene();
  await applied(setup, documentOf(salon));
  const before = await stored('salon');
  await applied(setup, documentOf({ ...salon, key: 'other', numbers: [], agents: [], keys: [] }));
  expect(await stored('salon')).toEqual(before);
});

const changesOf = (wanted: CompanyDefinition, stored?: CompanyConfig) => reconcile(wanted, stored, tools());

test('each change is named by what the document calls it', () => {
  const { config, changes } = changesOf(salon);
  expect(changes.map(({ action, path }) => `${action} ${path}`)).toEqual([
    'create companies.salon',
    'create companies.salon.branches.mitte',
    'create companies.salon.numbers.+49301234567',
    'create companies.salon.agents.agent-2',
    'create companies.salon.agents.agent-1',
    'create companies.salon.schedules.open',
    'create companies.salon.resources.anna',
    'create companies.salon.services.cut',
    'create companies.salon.keys.web',
  ]);
  const told = (wanted: Partial<CompanyDefinition>): readonly string[] =>
    changesOf({ ...salon, ...wanted }, config).changes.map(
      ({ action, path, fields }) => `${action} ${path} ${fields.join()}`,
    );
  expect(told({})).toEqual([]);
  expect(told({ name: 'Hair' })).toEqual(['update companies.salon name']);
  expect(told({ services: [] })).toEqual(['deactivate companies.salon.services.cut ']);
  expect(told({ active: false })).toEqual(['deactivate companies.salon active']);
  expect(told({ services: [{ key: 'cut', name: 'Haircut', durationMinutes: 45, resources: ['anna'] }] })).toEqual([
    'update companies.salon.services.cut durationMinutes,price',
  ]);
});

test('what was switched off comes back under its old id', () => {
  const first = changesOf(salon).config;
  const without = changesOf({ ...salon, services: [], keys: [] }, first).config;
  const again = changesOf(salon, without);
  expect(again.changes.map(({ action, path }) => `${action} ${path}`)).toEqual([
    'reactivate companies.salon.services.cut',
    'reactivate companies.salon.keys.web',
  ]);
  expect(entities(again.config)).toEqual(entities(first));
});

test('another order of a list is a change, because it is an order of preference', () => {
  const [anna, ben] = [
    { key: 'anna', name: 'Anna' },
    { key: 'ben', name: 'Ben' },
  ];
  const of = (...resources: NonNullable<CompanyDefinition['resources']>): CompanyDefinition => ({
    ...salon,
    resources,
  });
  const stored = changesOf(of(anna, ben)).config;
  const turned = changesOf(of(ben, anna), stored);
  expect(turned.changes).toEqual([{ action: 'update', path: 'companies.salon.resources', fields: ['order'] }]);
  expect(turned.config.resources.map(({ key }) => key)).toEqual(['ben', 'anna']);
  // A newcomer in front moves nobody.
  expect(changesOf(of({ key: 'cleo', name: 'Cleo' }, anna, ben), stored).changes).toMatchObject([{ action: 'create' }]);
});

test('defaults are filled in once, here', () => {
  const { config } = changesOf({
    ...salon,
    policies: {},
    services: [{ key: 'cut', name: 'Cut', durationMinutes: 30 }],
  });
  expect(config.company).toMatchObject({
    grainMinutes: 5,
    active: true,
    policies: {
      noticeMinutes: 0,
      horizonDays: 365,
      cancelNoticeMinutes: 0,
      rescheduleNoticeMinutes: 0,
      holdSeconds: 300,
    },
  });
  expect(config.services[0]).toMatchObject({
    stepMinutes: 15,
    bufferBeforeMinutes: 0,
    buffersWithinHours: false,
    grid: 'auto',
    noticeMinutes: null,
    price: null,
    resourceIds: [],
  });
});

test('an agent that several numbers name answers for their branch only where they agree on it', () => {
  const numbers = (...branches: readonly (string | undefined)[]): CompanyDefinition => ({
    ...salon,
    branches: [...salon.branches, { key: 'nord', name: 'Nord' }],
    agents: [],
    numbers: branches.map((branch, i) => ({
      number: `+4930123456${i}`,
      agent: 'x',
      ...(branch === undefined ? {} : { branch }),
    })),
  });
  const branchOf = (wanted: CompanyDefinition): string | undefined => {
    const { config } = changesOf(wanted);
    return config.branches.find(({ id }) => id === config.agents[0]?.branchId)?.key;
  };
  expect(branchOf(numbers('mitte', 'mitte'))).toBe('mitte');
  expect(branchOf(numbers('mitte', 'nord'))).toBeUndefined();
  expect(branchOf(numbers('mitte', 'nord', 'mitte'))).toBeUndefined();
  expect(branchOf(numbers('mitte', undefined))).toBeUndefined();
});

test('of a secret only its hash and first characters are kept', () => {
  const { config, changes } = changesOf(salon);
  const secret = salon.keys?.[0]?.secret ?? '';
  expect(config.keys[0]).toMatchObject({ hash: hash(secret), prefix: secret.slice(0, 8), managed: true, active: true });
  expect(JSON.stringify({ config, changes })).not.toContain(secret);
});
