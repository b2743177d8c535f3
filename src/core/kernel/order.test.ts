import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorOf, orderOf, plugin } from './order.scene.ts';
import { orderPlugins, type Orderable } from './order.ts';

/** Plugins named by number, each of which requires only lower ones, in a shuffled order. */
const acyclic = fc
  .integer({ min: 1, max: 14 })
  .chain((count) =>
    fc.tuple(
      fc.tuple(...Array.from({ length: count }, (_, index) => fc.subarray(numbersBelow(index)))),
      fc.shuffledSubarray(numbersBelow(count), { minLength: count, maxLength: count }),
    ),
  )
  .map(([edges, shuffle]) =>
    shuffle.map((index) =>
      plugin(
        `p${index}`,
        (edges[index] ?? []).map((edge) => `p${edge}`),
      ),
    ),
  );

const numbersBelow = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const isInOrder = (plugins: readonly Orderable[], names: readonly string[]): boolean =>
  plugins.every(({ name, requires }) =>
    Object.keys(requires).every((required) => names.indexOf(required) < names.indexOf(name)),
  );

test('every plugin comes after all that it requires', () => {
  fc.assert(
    fc.property(acyclic, (plugins) => {
      const names = orderOf(plugins);
      expect(names.toSorted()).toEqual(plugins.map(({ name }) => name).toSorted());
      expect(isInOrder(plugins, names)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('control: the order as given does not satisfy that property', () => {
  const asGiven = fc.property(acyclic, (plugins) =>
    isInOrder(
      plugins,
      plugins.map(({ name }) => name),
    ),
  );
  expect(fc.check(asGiven, { numRuns: 500 }).failed).toBe(true);
});

test('neighbours keep the order given, unless the second requires the first', () => {
  fc.assert(
    fc.property(acyclic, (plugins) => {
      const given = plugins.map(({ name }) => name);
      const ordered = orderPlugins(plugins, []);
      for (const [index, second] of ordered.entries()) {
        const first = ordered[index - 1];
        if (!first || given.indexOf(first.plugin.name) < given.indexOf(second.plugin.name)) continue;
        expect(second.after).toContain(first.plugin.name);
      }
    }),
    { numRuns: 500 },
  );
});

test('any cycle is detected, and every step that is printed is a requirement', () => {
  const cyclic = fc.tuple(acyclic, fc.integer({ min: 1, max: 5 }), fc.nat()).map(([plugins, length, offset]) => {
    const ring = numbersBelow(length).map((index) => plugin(`c${index}`, [`c${(index + 1) % length}`]));
    const at = offset % (plugins.length + 1);
    // Plugins behind the cycle wait as well, and must not be taken for a part of it.
    return [...plugins.slice(0, at), plugin('behind', ['c0']), ...ring, ...plugins.slice(at)];
  });
  fc.assert(
    fc.property(cyclic, (plugins) => {
      const { code, message } = errorOf(plugins);
      expect(code).toBe('PLUGIN_CYCLE');
      const path = /requires the next: (.+)\. /u.exec(message)?.[1]?.split(' → ') ?? [];
      expect(path.length).toBeGreaterThan(1);
      expect(path.at(0)).toBe(path.at(-1));
      const requires = new Map(plugins.map((each) => [each.name, Object.keys(each.requires)]));
      for (const [index, name] of path.slice(1).entries()) expect(requires.get(path[index] ?? '')).toContain(name);
    }),
  );
});

test('a cycle is printed as a path', () => {
  const plugins = [plugin('web', ['booking']), plugin('booking', ['rules']), plugin('rules', ['booking'])];
  expect(errorOf(plugins).message).toContain('booking → rules → booking');
});

test('a plugin that requires what it provides is a cycle of one', () => {
  expect(errorOf([plugin('mirror', ['mirror'])]).message).toContain('mirror → mirror');
});
