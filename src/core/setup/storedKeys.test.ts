import { expect, test } from 'vitest';
import type { CompanyId } from '../model/ids.ts';
import { documentOf, garage, salon } from './definitions.scene.ts';
import { hash, scene, tools } from './setup.scene.ts';
import { createApiKeys } from './storedKeys.ts';

async function keysOf() {
  const { setup, storage, stored } = scene();
  await setup.apply(documentOf(salon, garage));
  let made = 0;
  const newSecret = (): string => `${++made}`.padStart(43, 'r');
  const keys = createApiKeys({ storage, directory: storage.directory, ...tools(), newSecret });
  const ids = { salon: (await stored('salon')).company.id, garage: (await stored('garage')).company.id };
  return { keys, storage, stored, setup, ...ids };
}

const made = async ({ keys, garage: id }: Awaited<ReturnType<typeof keysOf>>, name = 'web') => {
  const answer = await keys.create(id, name);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer;
};

test('a key is told once, stored as a hash, and opens its company', async () => {
  const at = await keysOf();
  const { key, secret } = await made(at, '  web  ');
  expect(secret).toMatch(/^ask_.{43}$/);
  expect(key).toEqual({
    id: key.id,
    name: 'web',
    prefix: secret.slice(0, 12),
    hash: hash(secret),
    managed: false,
    active: true,
  });
  expect(JSON.stringify(await at.stored('garage'))).not.toContain(secret);
  expect(await at.keys.authenticate(secret)).toMatchObject({ keyId: key.id, companyId: at.garage });
});

test('no other secret opens anything', async () => {
  const at = await keysOf();
  const { key, secret } = await made(at);
  for (const other of [
    '',
    key.prefix,
    key.hash,
    `${secret} `,
    secret.toUpperCase(),
    secret.slice(0, -1),
    'x'.repeat(10_000),
  ])
    expect(await at.keys.authenticate(other)).toBeUndefined();
});

test('a revoked key opens nothing from that moment, by its id, prefix or name', async () => {
  for (const by of ['id', 'prefix', 'name'] as const) {
    const at = await keysOf();
    const { key, secret } = await made(at);
    expect(await at.keys.revoke(at.garage, key[by])).toMatchObject({ ok: true, key: { id: key.id, active: false } });
    expect(await at.keys.authenticate(secret)).toBeUndefined();
    expect(await at.keys.revoke(at.garage, key[by])).toMatchObject({ ok: false, refusal: { code: 'INPUT_INVALID' } });
  }
});

test('a name that two keys bear revokes neither', async () => {
  const at = await keysOf();
  const [one, other] = [await made(at), await made(at)];
  expect(await at.keys.revoke(at.garage, 'web')).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'key' }] },
  });
  for (const { secret } of [one, other]) expect(await at.keys.authenticate(secret)).toBeDefined();
});

test('no company revokes the key of another', async () => {
  const at = await keysOf();
  const { key, secret } = await made(at);
  expect(await at.keys.revoke(at.salon, key.id)).toMatchObject({ ok: false });
  expect(await at.keys.authenticate(secret)).toMatchObject({ companyId: at.garage });
});

test('the keys of a company that is switched off open nothing, until it is switched on', async () => {
  const at = await keysOf();
  const { secret } = await made(at);
  await at.setup.apply(documentOf({ ...garage, active: false }));
  expect(await at.keys.authenticate(secret)).toBeUndefined();
  await at.setup.apply(documentOf(garage));
  expect(await at.keys.authenticate(secret)).toBeDefined();
});

test('names are checked, and unknown companies refused', async () => {
  const { keys, garage: id } = await keysOf();
  for (const name of ['', '  ', 'x'.repeat(201)])
    expect(await keys.create(id, name)).toMatchObject({
      refusal: { code: 'INPUT_INVALID', errors: [{ path: 'name' }] },
    });
  expect(await keys.create('nobody' as CompanyId, 'web')).toMatchObject({ refusal: { code: 'COMPANY_UNKNOWN' } });
  expect(await keys.revoke('nobody' as CompanyId, 'web')).toMatchObject({ refusal: { code: 'COMPANY_UNKNOWN' } });
});

test('keys made at the same time are all kept', async () => {
  const at = await keysOf();
  const all = await Promise.all(Array.from({ length: 5 }, (_, i) => made(at, `key-${i}`)));
  for (const { secret } of all) expect(await at.keys.authenticate(secret)).toMatchObject({ companyId: at.garage });
});

test('a company that never stops changing ends in a fault that may be retried', async () => {
  const { keys, storage, garage: id } = await keysOf();
  storage.beforeSave = () => {
    for (const [company, config] of storage.configs)
      storage.configs.set(company, { ...config, revision: config.revision + 1 });
  };
  await expect(keys.create(id, 'web')).rejects.toMatchObject({ code: 'STORAGE_BUSY' });
});
