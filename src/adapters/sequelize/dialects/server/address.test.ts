import { expect, test } from 'vitest';
import { mysql, postgres } from '../../index.ts';
import type { ServerOptions } from './options.ts';

const secret = 's3cr3t';

/** Everything that an error tells, in whatever field of it or of its causes. */
function everythingOf(error: unknown): string {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  const open: unknown[] = [error];
  while (open.length > 0) {
    const at = open.pop();
    if (seen.has(at)) continue;
    seen.add(at);
    if (typeof at === 'string') texts.push(at);
    if (typeof at === 'object' && at !== null)
      open.push(...Reflect.ownKeys(at).map((key) => Reflect.get(at, key) as unknown));
  }
  return texts.join('\n');
}

const refusalOf = (make: () => unknown): unknown => {
  try {
    make();
  } catch (error) {
    return error;
  }
  throw new Error('it was taken');
};

const kinds = { mysql, postgres };

/** Addresses behind `mysql://` or `postgres://` that cannot be used, and what their refusal says would be right. */
const wrong = [
  [`u:${secret}/x@host/d`, /such as/],
  [`u:1/${secret}@host/d`, /%2F/],
  [`u:1@x/${secret}@host/d`, /%2F/],
  [`u:${secret}#x@host/d`, /such as/],
  [`u:${secret}?x@host/d`, /such as/],
  [`u/p:w?${secret}@host/d`, /behind its question mark/],
  [`u:${secret}%zz@host/d`, /%25/],
  [`u%zz:${secret}@host/d`, /%25/],
  [`u:${secret}%00@host/d`, /%25/],
  [`u:${secret}@host/d%zz`, /name of a database/],
  [`u:${secret}@host/a%2Fb`, /name of a database/],
  [`u:${secret}@host/a b`, /name of a database/],
  [`u:${secret}@host`, /ends with the name of a database/],
  [`u:${secret}@host/d/e`, /%2F/],
  [`u:${secret}@host/d#more`, /without #/],
  [`u:${secret}@host:0/d`, /port/],
  [`u:${secret}@host:65536/d`, /such as/],
  [`u:${secret}@host:port/d`, /such as/],
  [`u:${secret}@/d`, /such as/],
  [`/d?host=/tmp`, /with a host/],
  // A driver would go to this machine at the usual port instead.
  [`u:${secret}@%2Fvar%2Frun/d`, /neither a socket/],
  [`u:${secret}@one,two/d`, /nor several/],
  [`u:${secret}@one:1,two:2/d`, /such as/],
  [`u:${secret}@host/d?password=x`, /without password/],
  [`u:${secret}@host/d?sslcert=/x`, /without sslcert/],
  [`u:${secret}@host/d?SSLMODE=verify-full`, /without SSLMODE/],
  [`u:${secret}@host/d?sslmode=require`, /disable or verify-full/],
  [`u:${secret}@host/d?sslmode=${secret}`, /disable or verify-full/],
  [`u:${secret}@host/d?ssl=1`, /false or true/],
  [`u:${secret}@host/d?sslmode=`, /disable or verify-full/],
  // What is said last would count, and what was meant is not known.
  [`u:${secret}@host/d?sslmode=verify-full&sslmode=disable`, /one word/],
  [`u:${secret}@host/d?ssl=true&sslmode=disable`, /one word/],
] as const;

test.each(Object.keys(kinds) as (keyof typeof kinds)[])(
  'an address of %s that cannot be used is refused by its field, and tells no password',
  (kind) => {
    for (const [rest, demand] of wrong) {
      const url = `${kind}://${rest}`;
      for (const [field, make] of [
        ['url', () => kinds[kind](url)],
        ['replicas\\[0\\]', () => kinds[kind]({ url: `${kind}://u@host/d`, replicas: [url] })],
      ] as const) {
        const error = refusalOf(make);
        expect([url, error]).toEqual([url, expect.objectContaining({ code: 'OPTION_INVALID' })]);
        // A replica has no options of its own, which is said of all of them alike.
        if (field === 'url' || !url.includes('?'))
          expect([url, (error as Error).message]).toEqual([url, expect.stringMatching(demand)]);
        if (field === 'url') expect((error as Error).message).toMatch(/\burl\b/);
        expect([url, everythingOf(error).includes(secret)]).toEqual([url, false]);
      }
    }
  },
);

test.each([null, undefined, 5, '', 'askpro', {}, new URL('mysql://u:s3cr3t@host/d')])(
  'an address is a text: not %s',
  (url) => {
    const error = refusalOf(() => mysql({ url: url as string }));
    expect(error).toMatchObject({ code: 'OPTION_INVALID', message: expect.stringContaining('url') as string });
    expect(everythingOf(error)).not.toContain(secret);
  },
);

const given: readonly (readonly [object, RegExp])[] = [
  [{ ca: 'no certificate' }, /tls\.ca/],
  [{ ca: [] }, /tls\.ca/],
  [{ ca: '' }, /tls\.ca/],
  [{ ca: 5 }, /tls\.ca/],
  [{ cert: secret, key: secret }, /tls\.cert/],
  [{ key: secret }, /tls\.key/],
  [{ servername: '' }, /tls\.servername/],
  [{ rejectUnauthorized: 'no' }, /tls\.rejectUnauthorized/],
  // A misspelled one would be left out silently, and something be trusted that shall not be, or the other way round.
  [{ rejectUnauthorised: false }, /tls\.rejectUnauthorised/],
  [{ checkServerIdentity: () => undefined }, /tls\.checkServerIdentity/],
];

test.each(given)('encryption as %j is refused by its field', (tls, field) => {
  const error = refusalOf(() =>
    postgres({ url: 'postgres://u@host/d', tls: tls as NonNullable<ServerOptions['tls']> }),
  );
  expect(error).toMatchObject({ code: 'OPTION_INVALID', message: expect.stringMatching(field) as string });
  expect(everythingOf(error)).not.toContain(secret);
});

test.each(Object.keys(kinds) as (keyof typeof kinds)[])(
  'where nobody is found at an address of %s, or nobody answers, that is told without the password',
  async (kind) => {
    const special = encodeURIComponent(`${secret}/@:?#%`);
    for (const place of ['no.such.host.invalid/d', '127.0.0.1:1/d', '[::1]:1/d', `${'a'.repeat(70)}.invalid/d`]) {
      const storage = await kinds[kind]({ url: `${kind}://u%40x:${special}@${place}`, busyLimitMs: 500 }).create({});
      const error = await storage.start().then(
        () => undefined,
        (fault: unknown) => fault,
      );
      expect([place, error]).toEqual([place, expect.objectContaining({ code: 'STORAGE_UNREACHABLE' })]);
      expect([place, everythingOf(error).includes(secret)]).toEqual([place, false]);
    }
  },
);

test('control: an address with everything escaped, and one with a word about encryption said twice, are taken', () => {
  expect(mysql(`mysql://u%40x:${encodeURIComponent('/@:?#%')}@host/d?ssl=true&sslmode=verify-full`).name).toBe(
    'mysql(host:3306/d)',
  );
  expect(everythingOf(new Error('x', { cause: { deep: [secret] } }))).toContain(secret);
});
