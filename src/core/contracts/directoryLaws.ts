import type { CompanyConfig } from '../model/company.ts';
import type { CompanyFace } from './directory.ts';
import { demandEqual, type Law } from './law.ts';
import { storageLawsOf, type StorageSentences, type StorageSubject } from './storageLaws/scene.ts';
import { hashOf, numberOf } from './storageLaws/shopConfig.ts';

const faceOf = ({ company }: CompanyConfig): CompanyFace => {
  const { id, key, name, timeZone, locale, country } = company;
  return { id, key, name, timeZone, locale, country };
};

const sentences: StorageSentences = {
  'a number leads to its company, its branch and its defaults': async (scene) => {
    const shop = await scene.openShop('salon');
    await scene.openShop('other');
    const [number] = shop.config.numbers;
    if (!number) return;
    const entry = await scene.storage.directory.number(number.e164);
    demandEqual(entry, { ...number, company: faceOf(shop.config) }, 'entry');
    await shop.save(1, { numbers: [{ ...number, branchId: null, defaultServiceId: null, defaultResourceId: null }] });
    const [hotline] = shop.config.numbers;
    const second = await scene.storage.directory.number(number.e164);
    demandEqual(second, { ...hotline, company: faceOf(shop.config) }, 'entry of a hotline');
  },

  'a number is found by its whole E.164 and nothing near it': async (scene) => {
    await scene.openShop('salon');
    const e164 = numberOf('salon');
    const near = [
      e164.slice(1),
      `0${e164.slice(3)}`,
      e164.slice(0, -1),
      `${e164}0`,
      e164.slice(-6),
      ` ${e164}`,
      `${e164} `,
    ];
    for (const text of [...near, `+49${e164.slice(4)}`, `+4940${e164.slice(5)}`, `%${e164.slice(-6)}`, '']) {
      demandEqual(await scene.storage.directory.number(text), undefined, `entry of "${text}"`);
    }
  },

  'a number is active while it, its branch and its company are': async (scene) => {
    const shop = await scene.openShop('salon');
    const { company, branches, numbers } = shop.config;
    const isActive = async (): Promise<boolean | undefined> =>
      (await scene.storage.directory.number(numberOf('salon')))?.active;
    demandEqual(await isActive(), true, 'active at first');
    const off = <T extends { readonly active: boolean }>(all: readonly T[]): T[] =>
      all.map((each) => ({ ...each, active: false }));
    await shop.save(1, { numbers: off(numbers) });
    demandEqual(await isActive(), false, 'active while the number is not');
    await shop.save(2, { numbers, branches: off(branches) });
    demandEqual(await isActive(), false, 'active while the branch is not');
    await shop.save(3, { branches, company: { ...company, active: false } });
    demandEqual(await isActive(), false, 'active while the company is not');
    await shop.save(4, {
      company,
      branches: off(branches),
      numbers: numbers.map((each) => ({ ...each, branchId: null })),
    });
    demandEqual(await isActive(), true, 'active without a branch');
  },

  'of a number that several companies note the active one answers': async (scene) => {
    const [first, second, third] = [scene.shop('first'), scene.shop('second'), scene.shop('third')];
    const e164 = '+4930777777';
    for (const shop of [first, second, third]) {
      const numbers = shop.config.numbers.map((each) => ({ ...each, e164, active: shop === second }));
      await shop.save(0, { numbers });
    }
    const entry = await scene.storage.directory.number(e164);
    demandEqual([entry?.company.key, entry?.active], ['second', true], 'company and whether it is active');
    await second.save(1, { numbers: [] });
    demandEqual((await scene.storage.directory.number(e164))?.active, false, 'active when none is');
  },

  'an agent leads to its company and branch, by its whole id': async (scene) => {
    const shop = await scene.openShop('salon');
    await scene.openShop('other');
    const entry = await scene.storage.directory.agent('agent-salon');
    demandEqual(entry, { ...shop.config.agents[0], company: faceOf(shop.config) }, 'entry');
    for (const near of ['Agent-salon', 'agent-salon ', 'agent-salo', 'agent', '']) {
      demandEqual(await scene.storage.directory.agent(near), undefined, `entry of "${near}"`);
    }
  },

  'an agent is active while it, its branch and its company are': async (scene) => {
    const shop = await scene.openShop('salon');
    const { company, branches, agents } = shop.config;
    const isActive = async (): Promise<boolean | undefined> =>
      (await scene.storage.directory.agent('agent-salon'))?.active;
    demandEqual(await isActive(), true, 'active at first');
    await shop.save(1, { agents: agents.map((each) => ({ ...each, active: false })) });
    demandEqual(await isActive(), false, 'active while the agent is not');
    await shop.save(2, { agents, branches: branches.map((each) => ({ ...each, active: false })) });
    demandEqual(await isActive(), false, 'active while the branch is not');
    await shop.save(3, { agents: agents.map((each) => ({ ...each, branchId: null })) });
    demandEqual(await isActive(), true, 'active without a branch');
    await shop.save(4, { company: { ...company, active: false } });
    demandEqual(await isActive(), false, 'active while the company is not');
  },

  'a credential is the active key of an active company, by its whole hash': async (scene) => {
    const shop = await scene.openShop('salon');
    await scene.openShop('other');
    const { company, keys } = shop.config;
    const [key] = keys;
    const { directory } = scene.storage;
    const entry = (revision: number) => ({ keyId: key?.id, companyId: shop.id, revision });
    demandEqual(await directory.credential(hashOf('salon')), entry(1), 'entry');
    for (const near of [
      hashOf('salon').toUpperCase(),
      hashOf('salon').slice(0, 63),
      hashOf('nobody'),
      key?.prefix ?? '',
    ]) {
      demandEqual(await directory.credential(near), undefined, `entry of "${near}"`);
    }
    await shop.save(1, { keys: keys.map((each) => ({ ...each, active: false })) });
    demandEqual(await directory.credential(hashOf('salon')), undefined, 'entry of an inactive key');
    await shop.save(2, { keys, company: { ...company, active: false } });
    demandEqual(await directory.credential(hashOf('salon')), undefined, 'entry of an inactive company');
    await shop.save(3, { company });
    demandEqual(await directory.credential(hashOf('salon')), entry(4), 'entry when both are active again');
  },

  'a call of a provider leads to its company': async (scene) => {
    const [shop, other] = [scene.shop('shop'), scene.shop('other')];
    await scene.storage.saveCall(shop.id, shop.call(), 0);
    await scene.storage.saveCall(other.id, other.call({ provider: 'other' }), 0);
    const { directory } = scene.storage;
    demandEqual(await directory.providerCall('acme', 'call-1'), shop.id, 'company of the first call');
    demandEqual(await directory.providerCall('other', 'call-1'), other.id, 'company of the other provider’s call');
    for (const [provider, call] of [
      ['acme', 'call-2'],
      ['acme', 'Call-1'],
      ['ACME', 'call-1'],
      ['', 'call-1'],
    ] as const) {
      demandEqual(await directory.providerCall(provider, call), undefined, `company of "${call}" of "${provider}"`);
    }
  },

  'a company is found by its whole key, active or not': async (scene) => {
    const shop = await scene.openShop('salon');
    await scene.openShop('salon-2');
    const { directory } = scene.storage;
    demandEqual(await directory.companyByKey('salon'), shop.id, 'company');
    await shop.save(1, { company: { ...shop.config.company, active: false } });
    demandEqual(await directory.companyByKey('salon'), shop.id, 'company when it is inactive');
    for (const near of ['Salon', 'salon ', 'salo', '']) {
      demandEqual(await directory.companyByKey(near), undefined, `company of "${near}"`);
    }
  },

  'all companies are listed in the order of their keys, active or not': async (scene) => {
    demandEqual(await scene.storage.directory.companies(), [], 'companies at first');
    const faces: CompanyFace[] = [];
    for (const key of ['c', 'a-2', 'b', 'a-10']) {
      const shop = scene.shop(key);
      await shop.save(0, { company: { ...shop.config.company, active: key !== 'b' } });
      faces.push(faceOf(shop.config));
    }
    const expected = [faces[3], faces[1], faces[2], faces[0]];
    demandEqual(await scene.storage.directory.companies(), expected, 'companies');
  },

  'companies are listed page by page, each of them once': async (scene) => {
    const keys = ['a', 'A', 'a-1', 'ab', 'b'];
    for (const key of keys) await scene.shop(key).save(0);
    const { directory } = scene.storage;
    const all = (await directory.companies()).map(({ key }) => key);
    demandEqual([...all].sort(), [...keys].sort(), 'keys of all companies');
    const listed: string[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const page = await directory.companies({ after: listed.at(-1), limit: 2 });
      demandEqual(page.length, [2, 2, 1, 0][turn], `companies of page ${turn + 1}`);
      listed.push(...page.map(({ key }) => key));
    }
    demandEqual(listed, all, 'keys of the pages');
    demandEqual(
      (await directory.companies({ after: all[1] })).map(({ key }) => key),
      all.slice(2),
      'keys after the second',
    );
  },
};

/** The laws of {@link Directory}, the side of a storage that leads from outside to a company. */
export const directoryLaws = (subject: StorageSubject): readonly Law[] => storageLawsOf(sentences, subject);
