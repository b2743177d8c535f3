import { expect, test } from 'vitest';
import { judge, plant } from './plant.ts';

const exportsOne = 'export const one = 1;\n';
const imports = (path: string): string => `import { one } from '${path}';\nexport const two = one;\n`;
const loads = (path: string): string => `import * as loaded from '${path}';\nexport const two = loaded;\n`;

/** What the violations import; each of these files is sound. */
const ground = {
  'src/index.ts': exportsOne,
  'src/plugin.ts': exportsOne,
  'src/adapter.ts': exportsOne,
  'src/slots.ts': exportsOne,
  'src/core/errors.ts': exportsOne,
  'src/core/engine.ts': exportsOne,
  'src/core/model/ids.ts': exportsOne,
  'src/core/time/zone.ts': exportsOne,
  'src/core/booking/books.ts': exportsOne,
  'src/core/jobs/relay.ts': exportsOne,
  'src/adapters/memory/index.ts': exportsOne,
  'src/adapters/other/index.ts': exportsOne,
  'src/plugins/one/index.ts': exportsOne,
  'src/plugins/one/inner.ts': exportsOne,
  'src/core/time/zone.test.ts': loads('temporal-polyfill'),
};

/** A file that breaks one rule, and the rule. */
const violations: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['src/core/model/right.ts', imports('../time/zone.ts'), 'core-points-left/model'],
  ['src/core/slots/right.ts', imports('../booking/books.ts'), 'core-points-left/slots'],
  ['src/core/phone/beside.ts', imports('../jobs/relay.ts'), 'core-points-left/phone'],
  ['src/core/booking/up.ts', imports('../engine.ts'), 'core-points-left/booking'],
  ['src/core/refusals.ts', imports('./booking/books.ts'), 'open-files-know-model-only'],
  ['src/core/booking/adapter.ts', imports('../../adapters/memory/index.ts'), 'core-imports-no-adapter-or-plugin'],
  ['src/core/company/entry.ts', imports('../../plugin.ts'), 'entries-are-not-imported'],
  ['src/core/slots/io.ts', loads('node:fs'), 'pure-layers-import-nothing'],
  ['src/core/model/package.ts', loads('zod'), 'pure-layers-import-nothing'],
  ['src/core/booking/container.ts', loads('tsyringe'), 'tsyringe-in-kernel-only'],
  ['src/adapters/memory/core.ts', imports('../../core/model/ids.ts'), 'adapters-import-the-adapter-entry-only'],
  ['src/adapters/memory/other.ts', imports('../other/index.ts'), 'adapters-import-the-adapter-entry-only'],
  ['src/plugins/two/adapter.ts', imports('../../adapters/memory/index.ts'), 'plugins-import-the-plugin-entry-only'],
  ['src/plugins/two/inner.ts', imports('../one/inner.ts'), 'plugins-import-the-plugin-entry-only'],
  ['src/plugins/two/core.ts', imports('../../core/model/ids.ts'), 'plugins-import-the-plugin-entry-only'],
  ['examples/relative.ts', imports('../src/index.ts'), 'published-names-only'],
  ['benchmarks/inner.ts', imports('../src/core/engine.ts'), 'published-names-only'],
  ['src/cli/relative.ts', imports('../slots.ts'), 'published-names-only'],
  ['src/core/time/temporal.ts', loads('temporal-polyfill'), 'temporal-polyfill-in-tests-only'],
  ['src/core/booking/tested.ts', imports('./tested.test.ts'), 'tests-are-not-imported'],
  ['src/core/booking/scened.ts', imports('./tested.scene.ts'), 'scenes-in-tests-only'],
  ['src/core/booking/round.ts', imports('./trip.ts'), 'no-cycles'],
  ['src/core/booking/lost.ts', imports('./nowhere.ts'), 'no-unresolvable'],
];

/** Neighbours that a violation needs. */
const neighbours = {
  'src/core/booking/tested.test.ts': exportsOne,
  'src/core/booking/tested.scene.ts': exportsOne,
  'src/core/booking/trip.ts': "import { two } from './round.ts';\nexport const one = two;\n",
};

/** Imports that look like violations and are none. */
const allowed = {
  'src/core/slots/left.ts': imports('../time/zone.ts'),
  'src/core/model/fault.ts': imports('../errors.ts'),
  'src/core/kernel/container.ts': loads('tsyringe'),
  'src/adapters/memory/door.ts': imports('../../adapter.ts'),
  'src/plugins/two/door.ts': imports('../../plugin.ts'),
  'src/plugins/two/index.ts': imports('../one/index.ts'),
  'examples/published.ts': imports('askpro'),
  'benchmarks/published.ts': imports('askpro/slots'),
  'src/cli/published.ts': imports('askpro/slots'),
};

test('the imports gate sees a violation of each rule', async () => {
  const files = Object.fromEntries(violations.map(([file, text]) => [file, text]));
  const root = plant({ ...ground, ...neighbours, ...allowed, ...files });
  const { outcome, output } = await judge('imports', root);
  expect(outcome).toBe('failed');
  const seen = [...output.matchAll(/error (\S+): (\S+) →/g)].map(([, rule, file]) => `${file} ${rule}`);
  for (const [file, , rule] of violations) expect(seen).toContain(`${file} ${rule}`);
  for (const file of Object.keys(allowed)) expect(seen.filter((line) => line.startsWith(`${file} `))).toEqual([]);
});

test('the imports gate lets imports pass that point left and enter by the doors', async () => {
  const { outcome, output } = await judge('imports', plant({ ...ground, ...allowed }));
  expect(output).toMatch(/no dependency violations found \(\d\d+ modules/);
  expect(outcome).toBe('passed');
});
