import { expect, test } from 'vitest';
import { judge, plant } from './plant.ts';

test('the lint gate sees each strictness that the house asks for', async () => {
  const { outcome, output } = await judge(
    'lint',
    plant({
      'src/a.ts': 'export const a = 1;\n',
      'src/unchecked.ts': 'export const first: number = [1, 2][0];\n',
      'src/optional.ts': 'export const options: { readonly a?: number } = { a: undefined };\n',
      'src/enum.ts': 'export enum Colour {\n  Red,\n}\n',
      'src/implicit.ts': 'export const identity = (value) => value;\n',
      'src/typeOnly.ts': "import { Shape } from './shape.ts';\nexport const shape: Shape = {};\n",
      'src/shape.ts': 'export interface Shape {}\n',
      'test/typed.test-d.ts': '// @ts-expect-error this is no error\nexport const fine: number = 1;\n',
    }),
  );
  expect(outcome).toBe('failed');
  const seen = [...output.matchAll(/^(\S+?)\(.*?error (TS\d+)/gm)].map(([, file, code]) => `${file} ${code}`);
  expect(seen.toSorted()).toEqual([
    'src/enum.ts TS1294',
    'src/implicit.ts TS7006',
    'src/optional.ts TS2375',
    'src/typeOnly.ts TS1484',
    'src/unchecked.ts TS2322',
    'test/typed.test-d.ts TS2578',
  ]);
});
