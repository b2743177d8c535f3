import { expect, test } from 'vitest';
import { judge, plant } from './plant.ts';

/** For each rule the house relies on, a file that breaks it alone. */
const violations: Readonly<Record<string, string>> = {
  '@typescript-eslint/no-floating-promises': 'export function go(): void {\n  Promise.resolve(1);\n}\n',
  '@typescript-eslint/no-misused-promises': 'export const calls = [1].forEach(async () => Promise.resolve());\n',
  '@typescript-eslint/switch-exhaustiveness-check':
    "export function say(word: 'yes' | 'no'): void {\n  switch (word) {\n    case 'yes':\n      return;\n  }\n}\n",
  '@typescript-eslint/no-explicit-any': 'export const anything: any = 1;\n',
  '@typescript-eslint/no-non-null-assertion': 'export const first = [1][0]!;\n',
  '@typescript-eslint/consistent-type-imports':
    "import { Clean } from './clean.ts';\nexport const clean: Clean = { name: 'clean' };\n",
  '@typescript-eslint/no-unsafe-assignment': "export const parsed: { a: 1 } = JSON.parse('1');\n",
  '@typescript-eslint/only-throw-error': "export function fail(): void {\n  throw 'words';\n}\n",
  '@typescript-eslint/await-thenable': 'export const waited = await 1;\n',
  eqeqeq: 'export const same = (a: number, b: number): boolean => a == b;\n',
  'no-console': "console.log('here');\nexport {};\n",
  'no-restricted-syntax': 'export default 1;\n',
};

const fileOf = (rule: string): string => `src/${rule.replace('@typescript-eslint/', '')}.ts`;

test('the lint gate sees a violation of each rule, and nothing in a clean file', async () => {
  const root = plant({
    'src/clean.ts': 'export interface Clean {\n  readonly name: string;\n}\n',
    'scripts/planted.mjs': 'console.log(nowhere);\n',
    ...Object.fromEntries(Object.entries(violations).map(([rule, text]) => [fileOf(rule), text])),
  });
  const { outcome, output } = await judge('lint', root, '--format', 'json');
  expect(outcome).toBe('failed');
  const files = JSON.parse(output.slice(output.indexOf('['))) as readonly {
    readonly filePath: string;
    readonly messages: readonly { readonly ruleId: string | null }[];
  }[];
  const seen = (name: string): readonly (string | null)[] =>
    files.find(({ filePath }) => filePath.endsWith(`/${name}`))?.messages.map(({ ruleId }) => ruleId) ?? [];
  for (const rule of Object.keys(violations)) expect(seen(fileOf(rule))).toContain(rule);
  expect(seen('scripts/planted.mjs')).toEqual(['no-undef']);
  expect(seen('src/clean.ts')).toEqual([]);
});

test('the lint gate lets a clean folder pass, an async function without await and a named default of a config file too', async () => {
  const { outcome, output } = await judge(
    'lint',
    plant({
      'src/a.ts': 'export const a = 1;\n',
      'src/b.ts': "import { a } from './a.ts';\nexport const b: number = a;\n",
      'src/planted.ts': 'export async function later(): Promise<number> {\n  return 1;\n}\n',
      'planted.config.ts': 'export default { named: true };\n',
    }),
  );
  expect(output).toBe('');
  expect(outcome).toBe('passed');
});
