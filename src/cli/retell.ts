import { readArguments } from './arguments.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** `askpro retell functions --base-url URL [--callbacks] [--waitlist]` */
export async function runRetellFunctions(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(
    args,
    {
      'base-url': { type: 'string' },
      endpoint: { type: 'string' },
      callbacks: { type: 'boolean' },
      waitlist: { type: 'boolean' },
    },
    [],
  );
  const baseUrl = given.text('base-url');
  if (baseUrl === undefined || !URL.canParse(baseUrl) || !/^https?:/.test(baseUrl))
    throw new Refusing({
      path: '--base-url',
      message: 'must be the address under which Retell reaches your server, like https://voice.example.com',
    });
  const { retellFunctions } = await import('askpro/plugins/retell');
  const endpoint = given.text('endpoint');
  const definitions = retellFunctions({
    baseUrl,
    callbacks: given.flag('callbacks'),
    waitlist: given.flag('waitlist'),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  io.out(`${JSON.stringify(definitions, null, 2)}\n`);
  return 0;
}
