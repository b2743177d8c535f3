import { afterEach, beforeEach, expect, test } from 'vitest';
import { garage } from '../../src/core/setup/definitions.scene.ts';
import type { Answer, CompanyDefinition, CompanySetup, Edited, ServiceDefinition } from '../../src/index.ts';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

const TEN = '2026-11-24T10:00:00+01:00';
const beard: ServiceDefinition = { key: 'beard', name: 'Beard', durationMinutes: 30, resources: ['anna'] };

let at: Bench;
let config: CompanySetup;
beforeEach(async () => {
  at = await bench({ relay: false, companies: [salon(), salon({ key: 'other', name: 'Other', numbers: [] })] });
  config = at.engine.setup.company(at.door.company.id);
});
afterEach(() => at.close());

const changed = (answer: Answer<Edited>): readonly string[] =>
  granted(answer).changes.map(({ action, path, fields }) => [action, path, ...fields].join(' '));

const described = async (): Promise<CompanyDefinition> => granted(await config.definition()).definition;

test('an entry is made, changed, switched off and on and deleted, and nothing else is touched', async () => {
  const before = await described();
  expect(changed(await config.put('service', beard))).toEqual(['create companies.salon.services.beard']);
  granted(await at.door.find({ service: 'beard', count: 1 }));
  expect(changed(await config.put('service', { ...beard, durationMinutes: 45 }))).toEqual([
    'update companies.salon.services.beard durationMinutes',
  ]);
  expect(changed(await config.put('service', { ...beard, durationMinutes: 45 }))).toEqual([]);
  expect(changed(await config.deactivate('service', 'beard'))).toEqual([
    'deactivate companies.salon.services.beard active',
  ]);
  expect(refusedWith(await at.door.find({ service: 'beard', count: 1 }))).toBe('SERVICE_UNKNOWN');
  expect(changed(await config.activate('service', 'beard'))).toEqual([
    'reactivate companies.salon.services.beard active',
  ]);
  expect(granted(await at.door.find({ service: 'beard', count: 1 })).slots[0].endMs).toBeDefined();
  expect(changed(await config.remove('service', 'beard'))).toEqual(['delete companies.salon.services.beard']);
  expect(await described()).toEqual(before);
});

test('every kind of entry is made and deleted by its key, a number in whichever form it is written', async () => {
  const before = await described();
  granted(await config.put('schedule', { key: 'late', weekly: [{ days: ['sa'], from: '10:00', to: '20:00' }] }));
  granted(await config.put('branch', { key: 'nord', name: 'Nord', schedule: 'late' }));
  granted(await config.put('resource', { key: 'cleo', name: 'Cleo', branch: 'nord' }));
  granted(await config.put('service', { ...beard, resources: ['cleo'] }));
  granted(await config.put('agent', { id: 'agent_nord', branch: 'nord' }));
  granted(await config.put('number', { number: '030 555 002', branch: 'nord', defaultService: 'beard', agent: 'a-2' }));
  const line = granted(await at.engine.phone.resolve({ to: '+4930555002' }));
  expect(line).toMatchObject({ company: { key: 'salon' } });
  expect((await described()).agents?.map(({ id }) => id)).toEqual(['agent_salon', 'agent_nord', 'a-2']);
  for (const [kind, key] of [
    ['number', '0049 30 555002'],
    ['agent', 'agent_nord'],
    ['agent', 'a-2'],
    ['service', 'beard'],
    ['resource', 'cleo'],
    ['branch', 'nord'],
    ['schedule', 'late'],
  ] as const)
    granted(await config.remove(kind, key));
  expect(await described()).toEqual(before);
  expect(refusedWith(await at.engine.phone.resolve({ to: '+4930555002' }))).toBe('NUMBER_UNKNOWN');
});

test('errors name the field of the entry, or the other entry that no longer fits', async () => {
  const wrong = { ...beard, stepMinutes: 7, resources: ['anna', 'nobody'], colour: 'red' } as ServiceDefinition;
  expect(await config.put('service', wrong)).toMatchObject({
    ok: false,
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'colour' }] },
  });
  const { colour: _, ...form } = wrong as ServiceDefinition & { readonly colour: string };
  expect(await config.put('service', form)).toMatchObject({
    refusal: { errors: [{ path: 'resources[1]' }, { path: 'stepMinutes' }] },
  });
  granted(
    await config.put('service', {
      key: 'own',
      name: 'Own',
      durationMinutes: 60,
      assign: { staff: 1 },
      minutesOf: { anna: 45 },
    }),
  );
  expect(await config.put('resource', { key: 'anna', name: 'Anna', kind: 'room', schedule: 'week' })).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'services.own.minutesOf.anna' }] },
  });
  expect(await config.put('service', { ...beard, key: 'Beard!' })).toMatchObject({
    refusal: { errors: [{ path: 'key' }] },
  });
  expect(await config.remove('branch', 'mitte')).toMatchObject({ refusal: { code: 'IN_USE' } });
  expect(refusedWith(await config.deactivate('service', 'nothing'))).toBe('ENTRY_UNKNOWN');
});

test('what was wrong elsewhere before is not held against a change', async () => {
  const own = { key: 'own', name: 'Own', durationMinutes: 60, assign: { staff: 1 }, minutesOf: { anna: 45 } };
  granted(await config.put('service', own));
  const definition = await described();
  // A document without the service switches it off, and may then make of Anna what the service could not be with.
  const resources = definition.resources?.map((each) =>
    each.key === 'anna' ? { ...each, kind: 'room' as const } : each,
  );
  const services = definition.services?.filter(({ key }) => key !== 'own');
  granted(
    await at.engine.setup.apply({
      companies: [{ ...definition, ...(resources && { resources }), ...(services && { services }) }],
    }),
  );
  granted(await config.put('service', { ...beard, resources: ['ben'] }));
  expect(await config.activate('service', 'own')).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'minutesOf.anna' }] },
  });
});

test('a number or an agent of another company is refused at its field, and stays there', async () => {
  const other = at.engine.setup.company((await at.open('other')).company.id);
  expect(await other.put('number', { number: '+4930555001' })).toMatchObject({
    refusal: {
      code: 'CONFIG_CONFLICT',
      errors: [{ path: 'number', message: 'belongs to another company: +4930555001' }],
    },
  });
  expect(await other.put('agent', { id: 'agent_salon' })).toMatchObject({
    refusal: { code: 'CONFIG_CONFLICT', errors: [{ path: 'id' }] },
  });
  granted(await config.deactivate('number', '+4930555001'));
  granted(await other.put('number', { number: '+4930555001' }));
  expect(await config.activate('number', '+4930555001')).toMatchObject({ refusal: { code: 'CONFIG_CONFLICT' } });
});

test('a seen revision is honoured, and without one nobody’s change is lost', async () => {
  const { revision } = granted(await config.definition());
  granted(await config.put('service', beard, { expectedRevision: revision }));
  expect(await config.put('service', { ...beard, name: 'Late' }, { expectedRevision: revision })).toEqual({
    ok: false,
    refusal: { code: 'VERSION_CONFLICT', version: revision + 1 },
  });
  const keys = Array.from({ length: 6 }, (_, index) => `beard-${index}`);
  const answers = await Promise.all(keys.map((key) => config.put('service', { ...beard, key })));
  expect(answers.map(({ ok }) => ok)).toEqual(keys.map(() => true));
  const services = (await described()).services?.map(({ key }) => key) ?? [];
  expect(keys.filter((key) => !services.includes(key))).toEqual([]);
  expect(granted(await config.definition()).revision).toBe(revision + 1 + keys.length);
});

test('of many who change one seen revision, one does', async () => {
  const { revision } = granted(await config.definition());
  const answers = await Promise.all(
    [1, 2, 3, 4].map((index) =>
      config.put('service', { ...beard, name: `B ${index}` }, { expectedRevision: revision }),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test('a dry run tells what would change and changes nothing', async () => {
  const { revision } = granted(await config.definition());
  expect(changed(await config.put('service', beard, { dryRun: true }))).toEqual([
    'create companies.salon.services.beard',
  ]);
  expect(changed(await config.remove('service', 'cut', { dryRun: true }))).toEqual([
    'delete companies.salon.services.cut',
  ]);
  expect(granted(await config.definition()).revision).toBe(revision);
});

test('the company changes its own fields, and its branches go with it into another zone', async () => {
  granted(await config.put('branch', { key: 'tokyo', name: 'Tokyo', timeZone: 'Asia/Tokyo' }));
  const answer = await config.change({
    name: 'Salon am Eck',
    timeZone: 'Europe/Vienna',
    policies: { noticeMinutes: 30 },
  });
  expect(changed(answer)).toEqual([
    'update companies.salon name timeZone policies',
    'update companies.salon.branches.mitte timeZone',
  ]);
  const { policies, branches } = await described();
  expect(policies).toMatchObject({ noticeMinutes: 30, holdSeconds: 300 });
  expect(branches.map(({ timeZone }) => timeZone)).toEqual([undefined, 'Asia/Tokyo']);
  expect(await config.change({ timeZone: 'Berlin' })).toMatchObject({ refusal: { errors: [{ path: 'timeZone' }] } });
  granted(await config.change({ active: false }));
  expect(refusedWith(await at.engine.company(at.door.company.id))).toBe('COMPANY_UNKNOWN');
  granted(await config.change({ active: true }));
  granted(await at.engine.company(at.door.company.id));
});

test('API keys survive every change', async () => {
  const secret = 'a-secret-of-the-salon-0123456789-0123456789';
  const keyed = await at.engine.setup.apply({ companies: [salon({ keys: [{ name: 'web', secret }] })] });
  granted(keyed);
  granted(await config.put('service', beard));
  granted(await config.remove('service', 'beard'));
  expect((await at.engine.keys.authenticate(secret))?.companyId).toBe(at.door.company.id);
});

test('what something refers to is not deleted, and the refusal names all that do', async () => {
  const refusedBy = async (kind: Parameters<CompanySetup['remove']>[0], key: string): Promise<unknown> => {
    const answer = await config.remove(kind, key);
    return answer.ok ? [] : answer.refusal.code === 'IN_USE' && answer.refusal.by;
  };
  granted(
    await config.put('number', {
      number: '+4930555001',
      branch: 'mitte',
      defaultService: 'cut',
      defaultResource: 'ben',
    }),
  );
  expect(await refusedBy('branch', 'mitte')).toEqual([
    'resources.anna.branch',
    'resources.ben.branch',
    'numbers.+4930555001.branch',
    'agents.agent_salon.branch',
  ]);
  expect(await refusedBy('schedule', 'week')).toEqual(['resources.anna.schedule', 'resources.ben.schedule']);
  expect(await refusedBy('resource', 'ben')).toEqual([
    'numbers.+4930555001.defaultResource',
    'services.cut.resources',
    'services.colour.resources',
  ]);
  expect(await refusedBy('service', 'cut')).toEqual(['numbers.+4930555001.defaultService']);
});

test('what was ever booked is not deleted, not even once it is cancelled; a hold only as long as it lives', async () => {
  const spare = { ...beard, key: 'spare' };
  for (const one of [beard, spare]) granted(await config.put('service', one));
  const { appointment } = granted(await at.door.book({ service: 'beard', start: TEN }));
  granted(await at.door.cancel(appointment.id));
  const answer = await config.remove('service', 'beard');
  expect(answer).toEqual({ ok: false, refusal: { code: 'IN_USE', by: ['appointments'] } });
  granted(await config.deactivate('service', 'beard'));
  granted(await at.door.hold({ service: 'spare', start: TEN }, { owner: 'call-1', ttlSeconds: 60 }));
  expect(await config.remove('service', 'spare')).toMatchObject({ refusal: { code: 'IN_USE', by: ['holds'] } });
  at.clock.advance(61_000);
  granted(await config.remove('service', 'spare'));
});

test('a company is made once, and deleted only when nobody has booked, so that its keys are free', async () => {
  const made = granted(await at.engine.setup.create({ ...garage, key: 'new' }));
  expect(made.company).toMatchObject({ key: 'new', revision: 1 });
  expect(await at.engine.setup.create({ ...garage, key: 'new', numbers: [] })).toMatchObject({
    refusal: { code: 'CONFIG_CONFLICT', errors: [{ path: 'key' }] },
  });
  expect(await at.engine.setup.create({ ...garage, key: 'newer', timeZone: 'Wien' })).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'timeZone' }] },
  });
  const removed: string[] = [];
  at.engine.on('company.removed', ({ key }) => void removed.push(key));
  const setup = at.engine.setup.company(made.company.id);
  expect(refusedWith(await setup.removeCompany({ expectedRevision: 9 }))).toBe('VERSION_CONFLICT');
  granted(await at.engine.company(made.company.id));
  granted(await setup.removeCompany());
  expect(removed).toEqual(['new']);
  expect(refusedWith(await at.engine.company(made.company.id))).toBe('COMPANY_UNKNOWN');
  expect(refusedWith(await setup.removeCompany())).toBe('COMPANY_UNKNOWN');
  expect(refusedWith(await setup.definition())).toBe('COMPANY_UNKNOWN');
  granted(await at.engine.setup.create({ ...garage, key: 'new' }));

  granted(await at.door.book({ service: 'cut', start: TEN }));
  expect(await config.removeCompany()).toEqual({ ok: false, refusal: { code: 'IN_USE', by: ['appointments'] } });
  granted(await at.door.find({ service: 'cut', count: 1 }));
});

test('of many who make a company of one key at once, one does', async () => {
  const answers = await Promise.all(
    ['+4312345671', '+4312345672', '+4312345673'].map((number) =>
      at.engine.setup.create({ ...garage, key: 'raced', numbers: [{ number }] }),
    ),
  );
  expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, false, true]);
  const losers = answers.flatMap((each) => (each.ok ? [] : [each.refusal.code]));
  expect(losers).toEqual(['CONFIG_CONFLICT', 'CONFIG_CONFLICT']);
});
