import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, type Engine } from 'askpro';
import { serve, type HttpServer } from 'askpro/adapters/http';
import { storageAt } from 'askpro/adapters/sequelize';
import { callbacks } from 'askpro/plugins/callbacks';
import { holidays } from 'askpro/plugins/holidays';
import { retell } from 'askpro/plugins/retell';
import { waitlist } from 'askpro/plugins/waitlist';
import { demo, salonHolidays } from './demo.ts';
import { keepDemoKeys, randomSecret, readDemoKeys, type DemoKeys } from './demoKeys.ts';
import type { Settings } from './environment.ts';

/** A host that runs. */
export interface Host {
  readonly http: HttpServer;
  readonly keys: DemoKeys;
  /** Answers what is in flight, then closes the database. */
  stop(): Promise<void>;
}

/** Leaves the engine time to stop before ten seconds are over. */
const STOP_LIMIT_MS = 8_000;

/** Starts the engine on its folder and serves it; at the first start it sets up the demo companies. */
export async function startHost(settings: Settings): Promise<Host> {
  const { port, host, dataDir, database = join(dataDir, 'askpro.db'), secret, retellApiKey } = settings;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const earlier = await readDemoKeys(dataDir);
  const signing = {
    engineSecret: earlier?.engineSecret ?? randomSecret('offers_'),
    retellApiKey: earlier?.retellApiKey ?? randomSecret('key_'),
  };
  const engine = await createEngine({
    storage: storageAt(database),
    secret: secret ?? signing.engineSecret,
    plugins: [
      retell({ apiKey: retellApiKey ?? signing.retellApiKey }),
      holidays({ calendars: [salonHolidays] }),
      waitlist(),
      callbacks(),
    ],
  });
  try {
    const keys = earlier ?? { ...signing, apiKeys: await setUpDemo(engine) };
    // Last, so that a first start that was interrupted is made again from its beginning.
    if (earlier === undefined && !(await keepDemoKeys(dataDir, keys))) {
      // Another host on this folder was faster: offers and keys must be the same in both.
      await revoke(engine, keys.apiKeys);
      await engine.stop();
      return await startHost(settings);
    }
    const http = await serve(engine, { port, host, limits: { stopLimitMs: STOP_LIMIT_MS } });
    const stop = async (): Promise<void> => {
      await http.close();
      await engine.stop();
    };
    return { http, keys, stop };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

/** Applies the demo and makes an API key for each of its companies. */
async function setUpDemo(engine: Engine): Promise<Readonly<Record<string, string>>> {
  const applied = await engine.setup.apply(demo);
  if (!applied.ok) throw new Error(`The demo does not fit what is stored: ${JSON.stringify(applied.refusal.errors)}`);
  const apiKeys: Record<string, string> = {};
  for (const { id, key } of applied.companies) {
    const made = await engine.keys.create(id, 'demo');
    if (!made.ok) throw new Error(`No API key could be made for ${key}: ${made.refusal.code}`);
    apiKeys[key] = made.secret;
  }
  return apiKeys;
}

/** Switches off API keys that nobody will ever be told. */
async function revoke(engine: Engine, apiKeys: DemoKeys['apiKeys']): Promise<void> {
  for (const secret of Object.values(apiKeys)) {
    const known = await engine.keys.authenticate(secret);
    if (known !== undefined) await engine.keys.revoke(known.companyId, known.keyId);
  }
}
