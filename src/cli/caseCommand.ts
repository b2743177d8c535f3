import { readArguments } from './arguments.ts';
import { companyNamed, databaseOption, storageOf, withEngine } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const options = {
  ...databaseOption,
  service: { type: 'string' },
  branch: { type: 'string' },
  resource: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  count: { type: 'string' },
} as const;

/** `askpro case COMPANY --service KEY [--branch KEY] [--resource KEY] [--from START] [--to END | --count N]` */
export async function runCase(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, options, ['COMPANY']);
  const [key = ''] = given.positionals;
  const service = given.text('service');
  if (service === undefined) throw new Refusing({ path: '--service', message: 'must name a service of the company' });
  const count = given.text('count');
  const query = {
    service,
    branch: given.text('branch'),
    resource: given.text('resource'),
    from: given.text('from'),
    to: given.text('to'),
    ...(count === undefined ? {} : { count: Number(count) }),
  };
  return withEngine(await storageOf(given, io, true), async (engine): Promise<ExitCode> => {
    const door = await engine.company(await companyNamed(engine, key));
    if (!door.ok) throw new Refusing({ path: 'COMPANY', message: `is refused: ${door.refusal.code}` });
    const answer = await door.caseFile(query);
    if (!answer.ok) {
      const { refusal } = answer;
      if (refusal.code === 'INPUT_INVALID') throw new Refusing(...refusal.errors);
      throw new Refusing({ path: 'question', message: `is refused: ${refusal.code}` });
    }
    io.out(`${JSON.stringify(answer.file)}\n`);
    return 0;
  });
}
