import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../adapters/http/index.ts';
import { sqlite } from '../../adapters/sequelize/index.ts';
import { createEngine, type CompanyDoor, type Engine } from '../../index.ts';
import { Directory } from '../../plugin.ts';
import { fakeClock } from '../../testing.ts';
import { retell, signRetellBody, type RetellAnswerOptions } from '../retell/index.ts';
import { callbacks } from './index.ts';

/** Monday morning in Berlin. */
export const START_MS = Date.parse('2026-11-23T08:00:00+01:00');
/** Who calls. */
export const caller = '+4915123456789';
const apiKey = 'key_of_the_tests';

const companies = ['salon', 'garage'].map((key, index) => ({
  key,
  name: key,
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  country: 'DE',
  policies: { horizonDays: 1 },
  branches: [{ key: 'mitte', name: 'Mitte', schedule: 'week' }],
  numbers: [{ number: `+49302312500${index + 1}`, branch: 'mitte', defaultService: 'cut' }],
  schedules: [{ key: 'week', weekly: [{ days: ['mo'] as const, from: '09:00', to: '10:00' }] }],
  resources: [{ key: 'anna', name: 'Anna' }],
  services: [{ key: 'cut', name: 'Cut', durationMinutes: 60, resources: ['anna'] }],
}));

/** A call as the voice provider describes it. */
export const callOf = (id: string, more: object = {}) => ({
  call_id: id,
  direction: 'inbound',
  from_number: caller,
  to_number: '+493023125001',
  start_timestamp: START_MS,
  ...more,
});

/** Two companies behind a server, one of which is called. */
export async function callbackScene(options: Pick<RetellAnswerOptions, 'trustCallerNumber'> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-callbacks-'));
  const file = join(folder, 'askpro.db');
  const clock = fakeClock(START_MS);
  const plugins = [callbacks(), retell({ apiKey, ...options })];
  const engine = await createEngine({ storage: sqlite(file), plugins, relay: false, clock });
  const http = await serve(engine, { port: 0 });
  const applied = await engine.setup.apply({ companies });
  if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
  let isOpen = true;
  const door = async (key: string): Promise<CompanyDoor> => {
    const id = await engine.get(Directory).companyByKey(key);
    const opened = id === undefined ? undefined : await engine.company(id);
    if (opened?.ok !== true) throw new Error(`no ${key}`);
    return opened;
  };
  /** What the agent sends during a call, signed, over HTTP. */
  const post = async (path: string, body: unknown): Promise<{ readonly status: number; readonly body: never }> => {
    const text = JSON.stringify(body);
    const signature = signRetellBody(text, apiKey, clock.now());
    const headers = { 'content-type': 'application/json', 'x-retell-signature': signature };
    const response = await fetch(`${http.url}${path}`, { method: 'POST', body: text, headers });
    const answer = await response.text();
    return { status: response.status, body: (answer === '' ? null : JSON.parse(answer)) as never };
  };
  return {
    file,
    clock,
    engine,
    url: http.url,
    salon: await door('salon'),
    door,
    post,
    ask: async (call: object, name: string, args: object): Promise<Record<string, unknown>> =>
      (await post(`/webhooks/retell/functions/${name}`, { name, call, args })).body,
    /** Ends server and engine; the file stays. */
    async close(): Promise<void> {
      if (!isOpen) return;
      isOpen = false;
      http.server.closeAllConnections();
      await http.close();
      await engine.stop();
    },
    /** The next process on the same file. */
    restart: (): Promise<Engine> => createEngine({ storage: sqlite(file), plugins, relay: false, clock }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
