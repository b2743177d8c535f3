import { dialectNames, type DialectName } from './place.ts';
import type { Scenario } from './scenario.ts';

/** What the command line asks for. */
export interface Command {
  readonly scenarios: readonly Scenario[];
  readonly json: boolean;
  readonly effort: 'full' | 'short';
  readonly control: boolean;
  readonly dialect: DialectName | undefined;
  readonly rounds: number | undefined;
}

/** Something on the command line that cannot be done; the message says what would be right. */
export class CommandError extends Error {}

const flags = ['--json', '--short', '--no-control'];

/** Says how to call the command and what there is to run. */
export const usage = (scenarios: readonly Scenario[]): string =>
  [
    'usage: npm run chaos -- SCENARIO|all [--json] [--short] [--dialect DIALECT] [--rounds N] [--no-control]',
    ...scenarios.map(({ name, summary, dialects }) => `  ${name.padEnd(12)} ${summary} (${dialects.join(', ')})`),
  ].join('\n');

/** Reads the arguments; throws a {@link CommandError} that names what is wrong. */
export function readCommand(args: readonly string[], scenarios: readonly Scenario[]): Command {
  const names: string[] = [];
  const given = new Set<string>();
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (!arg.startsWith('-')) names.push(arg);
    else if (flags.includes(arg)) given.add(arg);
    else if (arg === '--dialect' || arg === '--rounds') values.set(arg, args[++index] ?? '');
    else throw new CommandError(`There is no option ${arg}; there are ${flags.join(', ')}, --dialect and --rounds.`);
  }
  const [name, extra] = names;
  if (name === undefined) throw new CommandError('Name a scenario, or all.');
  if (extra !== undefined) throw new CommandError(`One scenario at a time: ${extra} is too many.`);
  const chosen = name === 'all' ? scenarios : scenarios.filter((scenario) => scenario.name === name);
  if (chosen.length === 0) throw new CommandError(`There is no scenario ${name}.`);
  return {
    scenarios: chosen,
    json: given.has('--json'),
    effort: given.has('--short') ? 'short' : 'full',
    control: !given.has('--no-control'),
    dialect: readDialect(values.get('--dialect'), chosen),
    rounds: readRounds(values.get('--rounds')),
  };
}

function readDialect(text: string | undefined, chosen: readonly Scenario[]): DialectName | undefined {
  if (text === undefined) return undefined;
  const dialect = dialectNames.find((name) => name === text);
  if (dialect === undefined)
    throw new CommandError(`--dialect must be one of ${dialectNames.join(', ')}, not ${text}.`);
  if (chosen.some(({ dialects }) => dialects.includes(dialect))) return dialect;
  const [{ name, dialects } = { name: '', dialects: [] }] = chosen;
  throw new CommandError(`--dialect: ${name} runs on ${dialects.join(', ')}, not on ${dialect}.`);
}

function readRounds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rounds = Number(text);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new CommandError(`--rounds must be a whole number from 1, not ${text}.`);
  return rounds;
}
