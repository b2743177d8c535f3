import { expect, test } from 'vitest';
import { readOptions, type RetellOptions } from './options.ts';

const apiKey = 'key_0123456789';
const wrong = (options: unknown): string => {
  try {
    readOptions(options as RetellOptions);
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

test('one account by its key alone is served with and without an endpoint', () => {
  const settings = readOptions({ apiKey });
  expect([...settings.endpoints.keys()]).toEqual(['main']);
  expect(settings.single).toEqual({ name: 'main', apiKeys: [apiKey], companies: undefined });
  expect(settings).toMatchObject({ deadlineMs: 3_000, fallbackLanguage: 'en' });
});

test('of several accounts none is the default', () => {
  const settings = readOptions({
    accounts: [
      { endpoint: 'north', apiKey },
      { endpoint: 'south', apiKey: ['new key 1', 'old key 1'], companies: ['salon'] },
    ],
  });
  expect(settings.single).toBeUndefined();
  expect(settings.endpoints.get('south')).toMatchObject({
    apiKeys: ['new key 1', 'old key 1'],
    companies: new Set(['salon']),
  });
});

test('options that cannot be used are refused by field, without telling a key', () => {
  expect(wrong({ apiKey: '' })).toContain('apiKey');
  expect(wrong({ apiKey: [] })).toContain('apiKey');
  expect(wrong({ accounts: [] })).toContain('accounts');
  expect(wrong({ accounts: [{ endpoint: 'a/b', apiKey }] })).toContain('accounts[0].endpoint');
  expect(wrong({ accounts: [{ endpoint: 'functions', apiKey }] })).toContain('accounts[0].endpoint');
  const twice = wrong({
    accounts: [
      { endpoint: 'a', apiKey },
      { endpoint: 'a', apiKey },
    ],
  });
  expect(twice).toContain('accounts[1].endpoint');
  expect(twice).not.toContain(apiKey);
  expect(wrong({ apiKey, deadlineMs: 5 })).toContain('deadlineMs');
  expect(wrong({ apiKey, fallbackLanguage: 'fr' })).toContain('fallbackLanguage');
});
