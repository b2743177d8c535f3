import { expect, test } from 'vitest';
import type { Definition } from './definition.ts';
import { documentOf, garage, salon } from './definitions.scene.ts';
import { scene } from './setup.scene.ts';

/** A copy of the good document with the value at a path replaced, or taken out where it is undefined. */
function changed(path: string, value: unknown): Definition {
  const document = structuredClone(documentOf(salon, garage)) as object;
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  const last = steps.pop() ?? '';
  const parent = steps.reduce((at, step) => Reflect.get(at, step) as object, document);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return document as Definition;
}

const at = 'companies[0]';
const secret = salon.keys?.[0]?.secret;
const table: readonly [name: string, path: string, value: unknown, told?: string][] = [
  ['no companies', 'companies', []],
  ['companies that are no list', 'companies', {}],
  ['no company', 'companies[0]', null],
  ['a field that is not known', `${at}.timezone`, 'Europe/Berlin'],
  ['a field of a prototype', `${at}.constructor`, {}],
  ['no key', `${at}.key`, undefined],
  ['a key in capitals', `${at}.key`, 'Salon'],
  ['a key with a space', `${at}.key`, 'salon mitte'],
  ['a key of 64 characters', `${at}.key`, 'a'.repeat(64)],
  ['an empty name', `${at}.name`, '   '],
  ['a name of 201 characters', `${at}.name`, 'x'.repeat(201)],
  ['a name with U+0000', `${at}.name`, 'Sa\0lon'],
  ['a branch named with half of a pair', `${at}.branches[0].name`, 'Mitte\ud83d'],
  ['an agent with U+0000', `${at}.agents[0].id`, 'agent\0'],
  ['no zone', `${at}.timeZone`, undefined],
  ['a zone that does not exist', `${at}.timeZone`, 'Europe/Atlantis'],
  ['a locale that is none', `${at}.locale`, 'deutsch!'],
  ['a locale no one can be spoken to in', `${at}.locale`, 'de-12'],
  ['a locale in another spelling', `${at}.locale`, 'DE-de'],
  ['a country in small letters', `${at}.country`, 'de'],
  ['a country by its name', `${at}.country`, 'Germany'],
  ['a grain of 10', `${at}.grainMinutes`, 10],
  ['a grain as text', `${at}.grainMinutes`, '5'],
  ['a policy that is not known', `${at}.policies.notice`, 5],
  ['a negative notice', `${at}.policies.noticeMinutes`, -1],
  ['half a minute of notice', `${at}.policies.noticeMinutes`, 0.5],
  ['a hold of a day', `${at}.policies.holdSeconds`, 86_400],
  ['a number that is not a number', `${at}.policies.horizonDays`, Number.NaN],
  ['an infinite horizon', `${at}.policies.horizonDays`, Infinity],
  ['no branches', `${at}.branches`, []],
  ['a branch in a zone that does not exist', `${at}.branches[0].timeZone`, 'Mars'],
  ['opening hours that are not listed', `${at}.branches[0].schedule`, 'closed'],
  ['a branch given twice', `${at}.branches[1]`, salon.branches[0], `${at}.branches[1].key`],
  ['a phone number that is none', `${at}.numbers[0].number`, 'call me'],
  ['a national number of another country', `${at}.country`, 'XX', `${at}.numbers[0].number`],
  ['a phone number given twice', `${at}.numbers[1]`, { number: '+49301234567' }, `${at}.numbers[1].number`],
  ['a phone number of two companies', 'companies[1].numbers[0].number', '+49 30 1234567'],
  ['a number of a branch that is not listed', `${at}.numbers[0].branch`, 'nord'],
  ['a default service that is not listed', `${at}.numbers[0].defaultService`, 'colour'],
  ['a default resource that is not listed', `${at}.numbers[0].defaultResource`, 'ben'],
  ['an empty agent', `${at}.numbers[0].agent`, ''],
  ['an agent of two companies', 'companies[1].numbers[0].agent', 'agent-2'],
  ['an agent given twice', `${at}.agents[1]`, { id: 'agent-2' }, `${at}.agents[1].id`],
  ['an agent of a branch that is not listed', `${at}.agents[0].branch`, 'nord'],
  ['a schedule given twice', `${at}.schedules[1]`, salon.schedules?.[0], `${at}.schedules[1].key`],
  ['a window without days', `${at}.schedules[0].weekly[0].days`, []],
  ['a day that is none', `${at}.schedules[0].weekly[0].days[0]`, 'monday'],
  ['a time without a leading zero', `${at}.schedules[0].weekly[0].from`, '9:00'],
  ['a window from 24:00', `${at}.schedules[0].weekly[0].from`, '24:00'],
  ['a window to 24:30', `${at}.schedules[0].weekly[0].to`, '24:30'],
  ['a time beside the grain', `${at}.schedules[0].weekly[0].from`, '09:02'],
  ['an override beside the grain', `${at}.schedules[0].overrides[0].windows[0].to`, '12:01'],
  ['a date that does not exist', `${at}.schedules[0].overrides[0].date`, '2026-02-30'],
  [
    'a date given twice',
    `${at}.schedules[0].overrides[1]`,
    { date: '2026-12-24', windows: [] },
    `${at}.schedules[0].overrides[1].date`,
  ],
  ['a validity that ends before it begins', `${at}.schedules[0].validTo`, '2025-12-31'],
  ['a resource given twice', `${at}.resources[1]`, salon.resources?.[0], `${at}.resources[1].key`],
  ['a kind of resource that is not known', `${at}.resources[0].kind`, 'robot'],
  ['a resource of a branch that is not listed', `${at}.resources[0].branch`, 'nord'],
  ['a resource with hours that are not listed', `${at}.resources[0].schedule`, 'late'],
  ['time off without an offset', `${at}.resources[0].timeOff[0].start`, '2026-12-01T00:00:00'],
  ['time off that ends before it begins', `${at}.resources[0].timeOff[0].end`, '2026-11-01T00:00:00+01:00'],
  ['a service given twice', `${at}.services[1]`, salon.services?.[0], `${at}.services[1].key`],
  ['no duration', `${at}.services[0].durationMinutes`, undefined],
  ['a duration of nothing', `${at}.services[0].durationMinutes`, 0],
  ['a duration as text', `${at}.services[0].durationMinutes`, '30'],
  ['a duration beside the grain', `${at}.services[0].durationMinutes`, 32],
  ['a step beside the grain', `${at}.services[0].stepMinutes`, 7],
  ['a buffer beside the grain', `${at}.services[0].bufferAfterMinutes`, 3],
  [
    'more than a day with its buffers',
    `${at}.services[0].bufferAfterMinutes`,
    1415,
    `${at}.services[0].durationMinutes`,
  ],
  ['a grid that is not known', `${at}.services[0].grid`, 'quarter'],
  ['a price in parts of a cent', `${at}.services[0].price.amountMinor`, 0.5],
  ['a price below nothing', `${at}.services[0].price.amountMinor`, -100],
  ['a currency in small letters', `${at}.services[0].price.currency`, 'eur', `${at}.services[0].price`],
  ['a doer that is not listed', `${at}.services[0].resources[0]`, 'ben'],
  ['a short secret', `${at}.keys[0].secret`, 'secret'],
  ['a secret given twice', `${at}.keys[1]`, { name: 'cli', secret }, `${at}.keys[1].secret`],
  ['a name of a key given twice', `${at}.keys[1]`, { name: 'web', secret: 'x'.repeat(32) }, `${at}.keys[1].name`],
  ['a secret of two companies', 'companies[1].keys', [{ name: 'web', secret }], 'companies[1].keys[0].secret'],
  ['a company given twice', 'companies[1].key', 'salon'],
];

test.each(table)('%s is refused at its place, and nothing is written', async (_, path, value, told = path) => {
  const { setup, storage } = scene();
  const answer = await setup.apply(changed(path, value));
  expect(answer).toMatchObject({ ok: false, refusal: { code: 'INPUT_INVALID', errors: [{ path: told }] } });
  expect(storage.writes).toBe(0);
  if (!answer.ok) for (const { message } of answer.refusal.errors) expect(message).toMatch(/^(?:is|must|was|names)\b/);
});

test('the document that they are made from is good', async () => {
  expect(await scene().setup.apply(documentOf(salon, garage))).toMatchObject({ ok: true });
});

test('a resource must name its branch only where there are several', async () => {
  const bare = { key: 'ben', name: 'Ben' };
  const nord = { key: 'nord', name: 'Nord' };
  expect(await scene().setup.apply(documentOf({ ...garage, resources: [bare] }))).toMatchObject({ ok: true });
  expect(
    await scene().setup.apply(documentOf({ ...garage, branches: [...garage.branches, nord], resources: [bare] })),
  ).toMatchObject({ refusal: { errors: [{ path: 'companies[0].resources[0].branch' }] } });
});

test('a grain of one minute takes any whole minute', async () => {
  const fine = {
    ...salon,
    grainMinutes: 1,
    services: [{ key: 'cut', name: 'Cut', durationMinutes: 7, stepMinutes: 1 }],
  };
  expect(await scene().setup.apply(documentOf(fine))).toMatchObject({ ok: true });
});

test('every error of a document is told at once', async () => {
  const document = changed(`${at}.services[0].durationMinutes`, 32);
  Object.assign(document.companies[1] ?? {}, { numbers: [{ number: 'none' }] });
  const answer = await scene().setup.apply(document);
  expect(answer.ok ? [] : answer.refusal.errors.map(({ path }) => path)).toEqual([
    'companies[0].services[0].durationMinutes',
    'companies[1].numbers[0].number',
  ]);
});

test.each([
  [null],
  [undefined],
  ['text'],
  [[]],
  [{}],
  [{ companies: [1] }],
  [JSON.parse('{"companies":[],"__proto__":{}}')],
])('a document that is none, %j, is refused and does not throw', async (document) => {
  const answer = await scene().setup.apply(document as Definition);
  expect(answer).toMatchObject({ ok: false, refusal: { code: 'INPUT_INVALID' } });
  if (!answer.ok) expect(answer.refusal.errors[0]?.path).not.toBe('');
});

test('a secret is never repeated in an error', async () => {
  const answer = await scene().setup.apply(
    changed('companies[1].keys', [
      { name: 'web', secret },
      { name: 'x', secret },
    ]),
  );
  expect(JSON.stringify(answer)).not.toContain(secret);
});
