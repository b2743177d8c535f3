import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Router } from './router.ts';

const router = (...paths: readonly string[]): Router<string> => {
  const made = new Router<string>();
  for (const path of paths) made.add('GET', path, path);
  return made;
};

test('a name goes before a parameter, and a dead end goes back to the parameter', () => {
  const found = router('/hooks/:endpoint', '/hooks/functions/:name', '/hooks/:endpoint/events');
  expect(found.find('GET', '/hooks/main')).toMatchObject({ value: '/hooks/:endpoint', params: { endpoint: 'main' } });
  expect(found.find('GET', '/hooks/functions')).toMatchObject({ params: { endpoint: 'functions' } });
  expect(found.find('GET', '/hooks/functions/book')).toMatchObject({ params: { name: 'book' } });
  expect(found.find('GET', '/hooks/functions/events')).toMatchObject({ value: '/hooks/functions/:name' });
  expect(found.find('GET', '/hooks/other/events')).toMatchObject({ params: { endpoint: 'other' } });
  expect(found.find('GET', '/hooks/other/nothing')).toBeUndefined();
});

test('each route keeps the names of its own parameters', () => {
  const made = new Router<string>();
  made.add('GET', '/things/:id', 'read');
  made.add('DELETE', '/things/:thing', 'remove');
  expect(made.find('GET', '/things/1')?.params).toEqual({ id: '1' });
  expect(made.find('DELETE', '/things/1')?.params).toEqual({ thing: '1' });
  expect(made.find('PUT', '/things/1')).toMatchObject({ value: undefined, allow: 'GET, DELETE, HEAD, OPTIONS' });
});

test('HEAD is answered by what answers GET', () => {
  expect(router('/things').find('HEAD', '/things')?.value).toBe('/things');
});

test('parameters are decoded, and what cannot be decoded is not found', () => {
  expect(router('/things/:id').find('GET', '/things/a%2Fb%20c')?.params).toEqual({ id: 'a/b c' });
  expect(router('/things/:id').find('GET', '/things/%E0%A4%A')).toBeUndefined();
});

test('a parameter is never empty, and a slash at the end is another path', () => {
  expect(router('/things/:id').find('GET', '/things/')).toBeUndefined();
  expect(router('/things').find('GET', '/things/')).toBeUndefined();
});

test('two routes of one address are refused, and so is a path that is not understood', () => {
  const made = router('/things/:id');
  expect(() => made.add('GET', '/things/:other', 'again')).toThrow(/OPTION_INVALID.*GET \/things\/:other.*twice/);
  for (const path of ['things', '/things/', '/things/{id}', '/a//b', '/:a/:a'])
    expect(() => made.add('GET', path, 'x')).toThrow(/OPTION_INVALID/);
});

test('names that objects inherit are no routes', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    expect(router('/things').find('GET', `/${name}`)).toBeUndefined();
});

test('whatever the routes are, a path made from one of them finds one of its form, with the values given', () => {
  const segment = fc.constantFrom('a', 'b', 'c', ':x', ':y', ':z');
  const paths = fc.uniqueArray(fc.array(segment, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 12,
    selector: (parts) => parts.map((part) => (part.startsWith(':') ? ':' : part)).join('/'),
  });
  const distinct = (parts: readonly string[]): boolean => {
    const names = parts.filter((part) => part.startsWith(':'));
    return new Set(names).size === names.length;
  };
  fc.assert(
    fc.property(paths, fc.nat(), (all, pick) => {
      const usable = all.filter(distinct);
      const wanted = usable[pick % Math.max(1, usable.length)];
      if (wanted === undefined) return;
      const made = router(...usable.map((parts) => `/${parts.join('/')}`));
      const asked = wanted.map((part, i) => (part.startsWith(':') ? `value${i}` : part));
      const found = made.find('GET', `/${asked.join('/')}`);
      const form = (found?.value ?? '').slice(1).split('/');
      expect(form.length).toBe(asked.length);
      form.forEach((part, i) =>
        part.startsWith(':') ? expect(found?.params[part.slice(1)]).toBe(asked[i]) : expect(part).toBe(asked[i]),
      );
    }),
  );
});
