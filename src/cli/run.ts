import { findCommand, helpText } from './commands.ts';
import { fieldLine, Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** Runs `askpro` with its arguments. Each command loads only what it needs. */
export async function run(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const [first] = args;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    (first === undefined ? io.err : io.out)(helpText);
    return first === undefined ? 2 : 0;
  }
  if (first === '--version' || first === '-v') {
    const { version } = await import('./version.ts');
    io.out(`${await version()}\n`);
    return 0;
  }
  const found = findCommand(args);
  if (!found.ok) {
    io.err(`askpro: ${found.message}\n`);
    return 2;
  }
  const { command, rest } = found;
  // The command for cases explains itself.
  if (command.name !== 'slots' && rest.some((word) => word === '--help' || word === '-h')) {
    io.out(`Usage: askpro ${command.name} ${command.usage}\n\n${command.summary}\n`);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (!(error instanceof Refusing)) {
      io.err(`askpro ${command.name}: ${reason(error)}\n`);
      return 1;
    }
    for (const line of error.errors.map(fieldLine)) io.err(`askpro ${command.name}: ${line}\n`);
    return 2;
  }
}

/** The innermost fault: that a plugin could not start says less than why. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && 'code' in error && 'code' in cause && error.code === 'START_FAILED'
    ? reason(cause)
    : error.message;
}
