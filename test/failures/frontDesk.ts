import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '../../src/adapter.ts';
import { serve } from '../../src/adapters/http/index.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import type { CompanyDefinition, EngineOptions } from '../../src/index.ts';
import { retell, signRetellBody } from '../../src/plugins/retell/index.ts';
import { type FakeClock } from '../../src/testing.ts';
import { bench, salon, type Bench } from '../engine/salon.ts';
import { client, type Client } from '../http/api.ts';
import { phoneCall, type VoiceHost } from '../retell/voiceHost.ts';
import { Rows } from './rows.ts';

const apiKey = 'key_of_the_front_desk';

/** The number that is dialled for the salon. */
const LINE = '+4930555001';

/** A process of a host: an engine, its API over HTTP, and the voice provider's webhooks over HTTP as well. */
export interface FrontDesk extends Pick<VoiceHost, 'post'> {
  readonly bench: Bench;
  readonly clock: FakeClock;
  readonly file: string;
  /** The tables, read beside the engine. */
  readonly rows: Rows;
  /** Asks with the salon's key. */
  readonly salon: Client;
  /** Asks with the key of another company that has the same keys for everything. */
  readonly other: Client;
  /** What went wrong inside and was not told outside. */
  readonly faults: readonly unknown[];
  /** Somebody who calls the salon. */
  call(id: string, more?: object): ReturnType<typeof phoneCall>;
  /** Another process on the same file. */
  beside(options?: DeskOptions): Promise<FrontDesk>;
  close(): Promise<void>;
}

/** How a desk differs from the usual one. */
export interface DeskOptions {
  /** Of the salon; the other company is always the usual one. */
  readonly salon?: Partial<CompanyDefinition>;
  /** Puts something between the engine and its storage. */
  readonly storage?: (inner: Storage) => Storage;
  /** Of the engine. */
  readonly engine?: Partial<EngineOptions>;
}

/** Opens one on a file of its own. */
export async function frontDesk(options: DeskOptions = {}): Promise<FrontDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-desk-'));
  const desk = await open(join(folder, 'desk.db'), options, undefined);
  return {
    ...desk,
    async close() {
      await desk.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function open(file: string, options: DeskOptions, clock: FakeClock | undefined): Promise<FrontDesk> {
  const { storage = (inner) => inner } = options;
  const stored = sqlite({ file, synchronous: 'NORMAL' });
  const faults: unknown[] = [];
  const onError = (error: unknown): void => void faults.push(error);
  const at = await bench({
    file,
    companies: [salon(options.salon), salon({ key: 'other', name: 'Other', numbers: [] })],
    storage: { name: stored.name, create: async (given) => storage(await stored.create(given)) },
    plugins: [retell({ apiKey, onError })],
    relay: false,
    onError,
    ...options.engine,
    ...(clock === undefined ? {} : { clock }),
  });
  const http = await serve(at.engine, { port: 0, onError });
  const ofCompany = async (key: string): Promise<Client> => {
    const { company } = await at.open(key);
    const made = await at.engine.keys.create(company.id, 'desk');
    if (!made.ok) throw new Error(made.refusal.code);
    return client(http.url, made.secret);
  };
  const time = clock ?? at.clock;
  const post: FrontDesk['post'] = async (path, body, signature) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = { 'x-retell-signature': signature ?? signRetellBody(text, apiKey, time.now()) };
    const response = await fetch(`${http.url}${path}`, { method: 'POST', headers, body: text });
    const answer = await response.text();
    return { status: response.status, ...(answer === '' ? {} : { body: JSON.parse(answer) as unknown }) };
  };
  const rows = new Rows(file);
  return {
    bench: at,
    clock: time,
    file,
    rows,
    faults,
    salon: await ofCompany('salon'),
    other: await ofCompany('other'),
    post,
    call: (id, more = {}) => phoneCall({ post }, id, { to_number: LINE, start_timestamp: time.now(), ...more }),
    beside: (more = options) => open(file, more, time),
    async close() {
      rows.close();
      http.server.closeAllConnections();
      await http.close();
      await at.close();
    },
  };
}
