import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { Maintenance } from '../../src/adapter.ts';
import { waitlist, type WaitlistEntry } from '../../src/plugins/waitlist/index.ts';
import { granted, MONDAY } from '../engine/salon.ts';
import { lineBench, type LineBench } from './line.ts';

const doomed = fileURLToPath(new URL('./doomed.ts', import.meta.url));
const opened: LineBench[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});
const start = async (more: Parameters<typeof lineBench>[1]): Promise<LineBench> => {
  const made = await lineBench({}, more);
  opened.push(made);
  return made;
};

interface Left {
  readonly at: LineBench;
  readonly first: WaitlistEntry;
  readonly second: WaitlistEntry;
}

/** What a process leaves behind that is killed at once after it has cancelled, or held what became free. */
async function leftBehind(until: 'cancelled' | 'held'): Promise<Left> {
  const at = await start({ relay: false });
  const [nine] = await at.fill(8);
  const [first, second] = [await at.join('Erika'), await at.join('Max')];
  const args = ['--disable-warning=ExperimentalWarning', doomed, at.file, at.company, String(MONDAY)];
  const child = spawn(process.execPath, [...args, nine?.id ?? '', until], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const said = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  expect(said.value).toBe(until);
  expect(granted(await at.door.getAppointment(nine?.id as never)).appointment.status).toBe('cancelled');
  expect((await at.entry(first.id)).status).toBe('waiting');
  return { at, first, second };
}

/** Two processes that deliver what is left; the holds that both made, and the entries that either offered something. */
async function survivors({ file }: LineBench): Promise<{ holds: readonly string[]; offered: readonly string[] }> {
  const both = [await start({ file }), await start({ file })];
  const holds: string[] = [];
  for (const { engine } of both) engine.on('hold.created', ({ hold }) => holds.push(hold.id));
  const [one] = both;
  if (one === undefined) throw new Error('nobody is left');
  const maintenance = one.engine.get(Maintenance);
  await vi.waitFor(async () => expect(await maintenance.backlog()).toMatchObject({ unsent: 0 }), 10_000);
  return { holds, offered: both.flatMap(({ offered }) => offered) };
}

test('a process is killed right after a cancellation was committed: the first in line gets it once, from another', async () => {
  const { at, first, second } = await leftBehind('cancelled');
  const { offered } = await survivors(at);
  expect(offered).toEqual([first.id]);
  const entry = await at.entry(first.id);
  expect(entry).toMatchObject({ status: 'offered', offers: 1 });
  expect(await at.entry(second.id)).toMatchObject({ status: 'waiting', position: 2 });
  expect(granted(await at.list.accept(at.company, first.id)).appointment.id).toBe(entry.offer?.holdId);
});

test('a process is killed while it holds what nobody has heard of yet: another one offers that very hold', async () => {
  const { at, first, second } = await leftBehind('held');
  const { holds, offered } = await survivors(at);
  expect(holds).toEqual([]);
  expect(offered).toEqual([first.id]);
  const { offer } = await at.entry(first.id);
  expect(granted(await at.door.getHold(offer?.holdId as never)).hold.owner).toBe(`waitlist:${first.id}`);
  expect((await at.entry(second.id)).status).toBe('waiting');
});

test('control: what only an observer is told dies with the process that was killed', async () => {
  const { at, first } = await leftBehind('cancelled');
  // The same promotion, told by `on` instead of `handle`.
  const plugin = waitlist();
  const setup: typeof plugin.setup = (context, required) => {
    const handle = (event: never, _name: string, fn: never): void => void context.on(event, fn);
    return plugin.setup({ ...context, handle: handle as typeof context.handle }, required);
  };
  const after = await start({ file: at.file, plugins: [{ ...plugin, setup }] });
  const maintenance = after.engine.get(Maintenance);
  await vi.waitFor(async () => expect(await maintenance.backlog()).toMatchObject({ unsent: 0 }), 10_000);
  expect((await after.entry(first.id)).status).toBe('waiting');
  granted(await after.door.check({ service: 'anna-only', start: first.wish.fromMs }));
});
