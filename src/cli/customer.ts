import type { CompanyDoor, CustomerId, Engine } from 'askpro';
import { readArguments, type Given } from './arguments.ts';
import { companyNamed, databaseOption, storageOf, withEngine } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** `askpro customer export COMPANY CUSTOMER` */
export async function runCustomerExport(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, databaseOption, ['COMPANY', 'CUSTOMER']);
  return withCustomer(given, io, async (door, id) => {
    const told = await door.customers.exportData(id);
    if (!told.ok) throw unknown(given);
    io.out(`${JSON.stringify(told.data, undefined, 2)}\n`);
  });
}

/** `askpro customer erase COMPANY CUSTOMER [--cancel-upcoming]` */
export async function runCustomerErase(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const options = { ...databaseOption, 'cancel-upcoming': { type: 'boolean' } } as const;
  const given = readArguments(args, options, ['COMPANY', 'CUSTOMER']);
  return withCustomer(given, io, async (door, id) => {
    const done = await door.customers.erase(id, { cancelUpcoming: given.flag('cancel-upcoming') });
    if (done.ok) return io.out(`${JSON.stringify(done.erased)}\n`);
    const { refusal } = done;
    if (refusal.code === 'CUSTOMER_UNKNOWN') throw unknown(given);
    if (refusal.code !== 'CUSTOMER_HAS_APPOINTMENTS') throw new Error(refusal.code);
    const starts = refusal.appointments.map(({ id, start }) => `${start} (${id})`).join(', ');
    const message = `has appointments to come: ${starts}; cancel them, or give --cancel-upcoming`;
    throw new Refusing({ path: 'CUSTOMER', message });
  });
}

async function withCustomer(
  given: Given,
  io: Terminal,
  work: (door: CompanyDoor, id: CustomerId) => Promise<void>,
): Promise<ExitCode> {
  // What these keep is the customer's as well; plugins of a host are not known here.
  const [{ callbacks }, { waitlist }] = await Promise.all([
    import('askpro/plugins/callbacks'),
    import('askpro/plugins/waitlist'),
  ]);
  const storage = await storageOf(given, io, true);
  await withEngine(
    storage,
    async (engine) => {
      const door = await doorTo(engine, given);
      await work(door, await customerNamed(door, given));
    },
    [callbacks(), waitlist()],
  );
  return 0;
}

async function doorTo(engine: Engine, { positionals: [company = ''] }: Given): Promise<CompanyDoor> {
  const door = await engine.company(await companyNamed(engine, company));
  if (door.ok) return door;
  throw new Refusing({ path: 'COMPANY', message: 'is switched off; switch it on in the setup' });
}

async function customerNamed(door: CompanyDoor, given: Given): Promise<CustomerId> {
  const [, name = ''] = given.positionals;
  const { parseId } = await import('askpro/adapter');
  const id = parseId<CustomerId>(name) ?? (await door.recogniseCaller(name))?.id;
  if (id === undefined) throw unknown(given);
  return id;
}

const unknown = ({ positionals: [company = '', name = ''] }: Given): Refusing =>
  new Refusing({
    path: 'CUSTOMER',
    message: `${company} has no customer ${JSON.stringify(name)}; give an id or a number`,
  });
