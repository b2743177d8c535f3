import { expect, test } from 'vitest';
import { CommandError, readCommand, usage } from './command.ts';
import { isAsItMustBe, type ChaosLine, type Scenario } from './scenario.ts';

const scenario = (name: string, dialects: Scenario['dialects']): Scenario => ({
  name,
  summary: `what ${name} does`,
  dialects,
  async *run() {},
});
const scenarios = [scenario('storm', ['sqlite', 'mariadb']), scenario('flood', ['galera'])];
const read = (...args: readonly string[]) => readCommand(args, scenarios);

test('a scenario is run in full on all its databases with its control unless it is told otherwise', () => {
  expect(read('storm')).toMatchObject({
    json: false,
    effort: 'full',
    control: true,
    dialect: undefined,
    rounds: undefined,
  });
  const all = read('all', '--json', '--short', '--no-control', '--rounds', '3', '--dialect', 'galera');
  expect(all).toMatchObject({ json: true, effort: 'short', control: false, rounds: 3, dialect: 'galera' });
  expect(all.scenarios).toHaveLength(2);
});

test.each([
  [[], 'Name a scenario'],
  [['quake'], 'no scenario quake'],
  [['storm', 'flood'], 'flood is too many'],
  [['storm', '--loud'], 'no option --loud'],
  [['storm', '--rounds', '0'], '--rounds must be a whole number from 1, not 0'],
  [['storm', '--rounds'], '--rounds must be'],
  [['storm', '--dialect', 'oracle'], 'one of sqlite, mariadb, postgres, galera, not oracle'],
  [['storm', '--dialect', 'galera'], 'storm runs on sqlite, mariadb, not on galera'],
])('%j is refused by name', (args, message) => {
  expect(() => read(...args)).toThrow(CommandError);
  expect(() => read(...args)).toThrow(message);
});

test('the usage names every scenario', () => {
  expect(usage(scenarios)).toContain('storm');
  expect(usage(scenarios)).toContain('what flood does (galera)');
});

test('a guarded run must show nothing wrong, and a control something', () => {
  const line: ChaosLine = { scenario: 'storm', dialect: 'sqlite', rounds: 1, attempts: 1, violations: 0, lost: 0 };
  expect(isAsItMustBe(line)).toBe(true);
  expect(isAsItMustBe({ ...line, violations: 1 })).toBe(false);
  expect(isAsItMustBe({ ...line, control: true })).toBe(false);
  expect(isAsItMustBe({ ...line, control: true, violations: 1 })).toBe(true);
});
