import { answerCase, explainCase, parseCase, parseInstant, type FieldError } from 'askpro/case';

/** What a command prints and how it ends. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: 0 | 2;
}

const USAGE = `Usage: askpro slots [--explain START] < case.json

Lists the bookable starts of a case, or answers what it asks, without a database. Several cases, one a line, give one
answer a line.

  --explain START  says whether START (such as 2026-11-24T14:00:00+01:00) is bookable, every reason if not, and what
                   is near; whatever the case asks
`;

/**
 * `askpro slots`: answers the case (or, one a line, the cases) on standard input. Ends with 2 and a message that names
 * the field, and of several cases the line, when something is not as it must be.
 */
export function runSlotsCommand(args: readonly string[], stdin: string): CommandResult {
  const options = readArguments(args);
  if (!options.ok) return failure(options.message);
  if (options.help) return { stdout: USAGE, stderr: '', exitCode: 0 };
  const cases = splitCases(stdin);
  if (cases.length === 0) return failure('there is no case on standard input');
  const answers: string[] = [];
  for (const { text, line } of cases) {
    const parsed = parseCase(text);
    if (!parsed.ok) return failure(describe(parsed.errors, line), answers);
    const answer = options.startMs === undefined ? answerCase(parsed.case) : explainCase(parsed.case, options.startMs);
    answers.push(`${JSON.stringify(answer)}\n`);
  }
  return { stdout: answers.join(''), stderr: '', exitCode: 0 };
}

function failure(message: string, answers: readonly string[] = []): CommandResult {
  const stderr = message
    .split('\n')
    .map((line) => `askpro slots: ${line}\n`)
    .join('');
  return { stdout: answers.join(''), stderr, exitCode: 2 };
}

function describe(errors: readonly FieldError[], line: number | undefined): string {
  const prefix = line === undefined ? '' : `line ${line}: `;
  return errors
    .map(({ path, message }) => `${prefix}${path === '' ? `the case ${message}` : `${path}: ${message}`}`)
    .join('\n');
}

type Options =
  | { readonly ok: true; readonly help: boolean; readonly startMs?: number }
  | { readonly ok: false; readonly message: string };

function readArguments(args: readonly string[]): Options {
  let start: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (argument === '--help' || argument === '-h') return { ok: true, help: true };
    if (argument === '--explain') start = args[++index] ?? '';
    else if (argument.startsWith('--explain=')) start = argument.slice('--explain='.length);
    else return { ok: false, message: `does not know the argument ${JSON.stringify(argument)}; see --help` };
  }
  if (start === undefined) return { ok: true, help: false };
  const startMs = parseInstant(start);
  if (startMs !== undefined) return { ok: true, help: false, startMs };
  const form = 'an instant with its offset, such as 2026-11-24T14:00:00+01:00';
  return { ok: false, message: `--explain: START must be ${form}, not ${JSON.stringify(start)}` };
}

/** One document over all lines, or one case a line (then with its number): lines that are documents on their own. */
function splitCases(stdin: string): readonly { readonly text: string; readonly line?: number }[] {
  const firstFrom = stdin.search(/\S/);
  if (firstFrom < 0) return [];
  const firstTo = stdin.indexOf('\n', firstFrom);
  const rest = firstTo < 0 ? -1 : stdin.slice(firstTo).search(/\S/);
  if (rest < 0) return [{ text: stdin }];
  const first = stdin.slice(firstFrom, firstTo).trim();
  if (!isDocument(first) && !(first.startsWith('{') && first.endsWith('}') && stdin[firstTo + rest] === '{')) {
    return [{ text: stdin }];
  }
  return stdin
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== '');
}

function isDocument(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
