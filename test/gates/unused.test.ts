import { expect, test } from 'vitest';
import { judge, plant } from './plant.ts';

const manifest = (dependencies: Readonly<Record<string, string>>): string =>
  JSON.stringify({ name: 'askpro', version: '1.0.0', type: 'module', dependencies });

test('the gate for what nobody uses sees an export, a file and a dependency, and a dependency that is not declared', async () => {
  const { outcome, output } = await judge(
    'unused',
    plant({
      'package.json': manifest({ eventemitter3: '5' }),
      'src/index.ts': "export { used } from './core/part.ts';\n",
      'src/core/part.ts': "import { z } from 'zod';\nexport const used = z;\nexport const forgotten = 2;\n",
      'src/core/orphan.ts': 'export const alone = 1;\n',
    }),
    '--reporter',
    'compact',
  );
  expect(outcome).toBe('failed');
  expect(output).toMatch(/src\/core\/orphan\.ts/);
  expect(output).toMatch(/part\.ts.*forgotten/);
  expect(output).toMatch(/eventemitter3/);
  expect(output).toMatch(/zod/);
});

test('the gate for what nobody uses lets a folder pass in which everything is used', async () => {
  const { outcome, output } = await judge(
    'unused',
    plant({
      'package.json': manifest({ zod: '4' }),
      'src/index.ts': "export { used } from './core/part.ts';\n",
      'src/core/part.ts': "import { z } from 'zod';\nexport const used = z;\n",
    }),
  );
  expect(output).not.toMatch(/part|zod/);
  expect(outcome).toBe('passed');
});
