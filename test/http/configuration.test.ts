import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/adapters/http/v2/endpoints.ts';
import { salon } from '../engine/salon.ts';
import { api, TEN, type Api } from './api.ts';
import { configAttempts, configureMine } from './isolationConfig.ts';

const path = '/api/v2/config/services/beard';
const beard = { name: 'Beard', durationMinutes: 30, resources: ['anna'] };

let at: Api;
beforeAll(async () => {
  at = await api();
});
afterAll(() => at.close());

const changes = (body: Readonly<Record<string, unknown>>): unknown => body['changes'];

test('an entry is put, read, listed, switched and deleted; the revision is the ETag', async () => {
  const made = await at.salon('PUT', path, { body: beard });
  expect([made.status, changes(made.body)]).toEqual([
    200,
    [{ action: 'create', path: 'companies.salon.services.beard', fields: [] }],
  ]);
  const read = await at.salon('GET', path);
  expect(read.body).toMatchObject({ key: 'beard', ...beard, active: true });
  expect(read.headers.get('etag')).toBe(made.headers.get('etag'));
  expect((await at.salon('GET', '/api/v2/config/services')).body.items.map(({ key }) => key as unknown)).toContain(
    'beard',
  );
  // What was read can be put again as it is.
  const { key: _, ...content } = read.body as unknown as Record<string, unknown>;
  expect(changes((await at.salon('PUT', path, { body: content })).body)).toEqual([]);

  const off = await at.salon('PATCH', path, { body: { active: false } });
  expect(changes(off.body)).toMatchObject([{ action: 'deactivate', fields: ['active'] }]);
  expect((await at.salon('GET', '/api/v2/services')).text).not.toContain('"beard"');
  expect((await at.salon('GET', path)).body['active']).toBe(false);
  expect(changes((await at.salon('DELETE', path)).body)).toMatchObject([{ action: 'delete' }]);
  expect((await at.salon('GET', path)).body.code).toBe('ENTRY_UNKNOWN');
});

test('a number is reached by its E.164 form and by a national one', async () => {
  const number = '/api/v2/config/numbers/%2B4930555002';
  expect((await at.salon('PUT', number, { body: { branch: 'mitte', defaultService: 'cut' } })).status).toBe(200);
  expect((await at.salon('GET', '/api/v2/config/numbers/030555002')).body).toMatchObject({
    number: '+4930555002',
    branch: 'mitte',
  });
  expect((await at.salon('DELETE', number)).status).toBe(200);
});

test('a revision that was not the one seen is 412, and nothing is changed', async () => {
  const { headers } = await at.salon('GET', '/api/v2/config/company');
  const seen = { 'if-match': headers.get('etag') ?? '' };
  expect((await at.salon('PUT', path, { body: beard, headers: seen })).status).toBe(200);
  const late = await at.salon('PUT', path, { body: { ...beard, name: 'Late' }, headers: seen });
  expect([late.status, late.body.code]).toEqual([412, 'VERSION_MISMATCH']);
  expect((await at.salon('DELETE', path, { headers: seen })).status).toBe(412);
  expect((await at.salon('GET', path)).body['name']).toBe('Beard');
});

test('what is wrong is told by its field, in the body and in what the engine finds', async () => {
  const wrong = await at.salon('PUT', path, { body: { ...beard, durationMinutes: 'long', colour: 'red' } });
  expect([wrong.status, wrong.body.errors.map((error) => error.path)]).toEqual([400, ['durationMinutes', 'colour']]);
  const unknown = await at.salon('PUT', path, { body: { ...beard, resources: ['nobody'] } });
  expect([unknown.status, unknown.body.errors]).toMatchObject([400, [{ path: 'resources[0]' }]]);
  const badKey = await at.salon('PUT', '/api/v2/config/services/Beard%20', { body: beard });
  expect(badKey.body.errors).toMatchObject([{ path: 'key' }]);
  expect((await at.salon('PATCH', path, { body: {} })).body.errors).toMatchObject([{ path: 'active' }]);
  expect((await at.salon('PATCH', '/api/v2/config/company', { body: { active: false } })).body.errors).toMatchObject([
    { path: 'active' },
  ]);
});

test('what is referred to or was booked is not deleted, and the problem names what refers to it', async () => {
  const anna = await at.salon('DELETE', '/api/v2/config/resources/anna');
  expect([anna.status, anna.body.code]).toEqual([409, 'IN_USE']);
  expect(anna.body['by']).toContain('services.cut.resources');
});

test('an appointment that a change does not fit is answered with it and listed, and stays', async () => {
  const { body: booked } = await at.salon('POST', '/api/v2/appointments', {
    body: { service: 'anna-only', start: TEN },
  });
  const off = await at.salon('PATCH', '/api/v2/config/resources/anna', { body: { active: false } });
  const listed = await at.salon('GET', '/api/v2/conflicts?limit=10');
  expect(off.body['conflicts']).toEqual(listed.body);
  expect(listed.body.items).toMatchObject([
    { appointment: { id: booked.id, startMs: Date.parse(TEN) }, conflicts: [{ code: 'RESOURCE_INACTIVE' }], notes: [] },
  ]);
  expect((await at.salon('GET', `/api/v2/appointments/${booked.id}`)).body).toEqual(booked);
  const dry = await at.salon('PATCH', '/api/v2/config/resources/anna?dryRun=true', { body: { active: true } });
  expect(dry.body['conflicts']).toEqual({ items: [], next: null });
  expect((await at.salon('GET', '/api/v2/conflicts')).body.items).toHaveLength(1);
  await at.salon('PATCH', '/api/v2/config/resources/anna', { body: { active: true } });
  expect((await at.salon('GET', '/api/v2/conflicts')).body.items).toEqual([]);
});

test('the company reads and changes what it has decided for itself', async () => {
  const told = await at.salon('PATCH', '/api/v2/config/company', { body: { policies: { noticeMinutes: 15 } } });
  expect(changes(told.body)).toMatchObject([{ action: 'update', path: 'companies.salon', fields: ['policies'] }]);
  expect((await at.salon('GET', '/api/v2/config/company')).body).toMatchObject({
    name: 'Salon',
    policies: { noticeMinutes: 15, holdSeconds: 300 },
  });
});

test('what another company is refused goes through with the right key: it was refused for the company alone', async () => {
  await configureMine(at.salon);
  for (const [id, all] of Object.entries(configAttempts))
    for (const attempt of all) {
      const method = endpoints.find((endpoint) => endpoint.id === id)?.method ?? '';
      const { path: below, body, foreign } = attempt;
      const told = await at.salon(method, `/api/v2${below}`, body === undefined ? {} : { body });
      expect([id, told.status]).toEqual([id, 200]);
      expect(() => foreign(told), id).toThrow();
    }
});

test('a setup document that may name no keys switches none off, the one it came with included', async () => {
  const secret = 'declared-by-the-operator-in-a-document';
  const own = salon({ key: 'other', name: 'Other', numbers: [] });
  const engine = at.bench.engine;
  const declared = { companies: [{ ...own, keys: [{ name: 'web', secret }] }] };
  expect(await engine.setup.apply(declared)).toMatchObject({ ok: true });
  const headers = { authorization: `Bearer ${secret}` };
  const renamed = { companies: [{ ...own, name: 'Renamed' }] };
  const answer = await at.stranger('POST', '/api/v2/setup', { body: renamed, headers });
  expect(answer.body).toMatchObject({ changes: [{ action: 'update', path: 'companies.other' }] });
  expect((await at.stranger('GET', '/api/v2/company', { headers })).status).toBe(200);
  // Whoever may name keys switches off what he leaves out.
  await engine.setup.apply(renamed);
  expect((await at.stranger('GET', '/api/v2/company', { headers })).status).toBe(401);
});
