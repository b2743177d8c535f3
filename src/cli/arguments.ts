import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Refusing } from './refusing.ts';

/** Options by name, and whether they take a value. */
type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/** What a command was given. */
export interface Given {
  readonly positionals: readonly string[];
  readonly text: (option: string) => string | undefined;
  readonly flag: (option: string) => boolean;
}

/** Reads a command's arguments; throws {@link Refusing} for an option or an argument too many or too few. */
export function readArguments(
  args: readonly string[],
  options: Options,
  names: readonly string[],
  optional: readonly string[] = [],
): Given {
  const config: ParseArgsConfig = { args: [...args], options: { ...options }, allowPositionals: true };
  const { values, positionals } = parsed(config);
  const missing = names[positionals.length];
  if (missing !== undefined) throw new Refusing({ path: missing, message: 'is missing; see askpro --help' });
  const extra = positionals[names.length + optional.length];
  if (extra !== undefined) throw new Refusing({ path: extra, message: 'is one argument too many; see askpro --help' });
  return {
    positionals,
    text: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
    flag: (option) => values[option] === true,
  };
}

function parsed(config: ParseArgsConfig): ReturnType<typeof parseArgs> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Refusing({ path: '', message: error instanceof Error ? error.message : String(error) });
  }
}
