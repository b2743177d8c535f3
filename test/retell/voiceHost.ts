import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import {
  createEngine,
  type CompanyDoor,
  type Definition,
  type Engine,
  type EngineOptions,
  type ServiceDefinition,
} from '../../src/index.ts';
import { Route, type RouteResponse } from '../../src/plugin.ts';
import { retell, signRetellBody, type RetellOptions } from '../../src/plugins/retell/index.ts';
import { fakeClock, type FakeClock } from '../../src/testing.ts';

/** Monday morning in Berlin. */
const START_MS = Date.parse('2026-11-23T08:00:00+01:00');
export const apiKey = 'key_of_the_tests';

const weekdays = [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }] as const;

/** A German and an American company. */
const companies: Definition = {
  companies: [
    {
      key: 'salon',
      name: 'Salon Mitte',
      timeZone: 'Europe/Berlin',
      locale: 'de-DE',
      country: 'DE',
      policies: { noticeMinutes: 60, horizonDays: 90, cancelNoticeMinutes: 60, rescheduleNoticeMinutes: 60 },
      branches: [{ key: 'mitte', name: 'Mitte', schedule: 'hours' }],
      numbers: [
        { number: '+493023125001', branch: 'mitte', defaultService: 'haircut' },
        { number: '+493023125003', active: false },
      ],
      agents: [{ id: 'agent_salon' }],
      schedules: [{ key: 'hours', weekly: [...weekdays] }],
      resources: [
        { key: 'anna', name: 'Anna' },
        { key: 'bilal', name: 'Bilal' },
      ],
      services: [
        { key: 'haircut', name: 'Haarschnitt', durationMinutes: 30, resources: ['anna'] },
        { key: 'colour', name: 'Färben', durationMinutes: 60, stepMinutes: 30, resources: ['anna', 'bilal'] },
      ],
    },
    {
      key: 'dental',
      name: 'Harbor Dental',
      timeZone: 'America/New_York',
      locale: 'en-US',
      country: 'US',
      branches: [{ key: 'harbor', name: 'Harbor', schedule: 'hours' }],
      numbers: [{ number: '+12125550123' }],
      agents: [{ id: 'agent_dental' }],
      schedules: [{ key: 'hours', weekly: [...weekdays] }],
      resources: [{ key: 'reyes', name: 'Dr. Reyes' }],
      services: [{ key: 'check-up', name: 'Check-up', durationMinutes: 30 }],
    },
  ],
};

/** What a function answered. */
export interface Heard {
  readonly ok: boolean;
  readonly say: string;
  readonly reason?: string;
  readonly retry?: true;
  readonly understood?: string;
  readonly choices?: readonly string[];
  readonly errors?: readonly { readonly path: string }[];
  readonly may_offer?: readonly string[];
  readonly offers?: readonly HeardTime[];
  readonly appointments?: readonly HeardTime[];
  readonly appointment?: Omit<HeardTime, 'number'>;
}

/** A time that was told. */
export interface HeardTime {
  readonly number: number;
  readonly when: string;
  readonly date: string;
  readonly time: string;
  readonly service?: string;
  readonly with?: string;
}

/** An engine with the plugin, its routes called as the HTTP adapter would call them. */
export interface VoiceHost {
  readonly engine: Engine;
  readonly clock: FakeClock;
  readonly file: string;
  readonly faults: readonly unknown[];
  door(key: string): Promise<CompanyDoor>;
  /** Sends signed bytes; `signature` replaces the right one. */
  post(path: string, body: unknown, signature?: string): Promise<RouteResponse>;
  stop(): Promise<void>;
}

/** Starts one on a database of its own; the German company may have more services, and the engine more plugins. */
export async function voiceHost(
  options: Partial<RetellOptions> = {},
  more: readonly ServiceDefinition[] = [],
  { plugins = [], relay = false }: Pick<EngineOptions, 'plugins' | 'relay'> = {},
): Promise<VoiceHost> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-voice-'));
  const file = join(folder, 'askpro.db');
  const clock = fakeClock(START_MS);
  const faults: unknown[] = [];
  const plugin = retell({ apiKey, onError: (error) => faults.push(error), ...options });
  const engine = await createEngine({ storage: sqlite(file), plugins: [plugin, ...plugins], clock, relay });
  const applied = await engine.setup.apply({
    companies: companies.companies.map((company) =>
      company.key === 'salon' ? { ...company, services: [...(company.services ?? []), ...more] } : company,
    ),
  });
  if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
  return {
    engine,
    clock,
    file,
    faults,
    async door(key) {
      const id = applied.companies.find((company) => company.key === key)?.id;
      const door = id === undefined ? undefined : await engine.company(id);
      if (door?.ok !== true) throw new Error(`no company ${key}`);
      return door;
    },
    async post(path, body, signature) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const { route, params } = routeFor(engine, path);
      return route.handle({
        params,
        headers: { 'x-retell-signature': signature ?? signRetellBody(text, apiKey, clock.now()) },
        query: new URLSearchParams(),
        rawBody: new TextEncoder().encode(text),
        method: 'POST',
        path,
        requestId: 'r1',
        signal: new AbortController().signal,
      });
    },
    async stop() {
      await engine.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function routeFor(engine: Engine, path: string): { readonly route: Route; readonly params: Record<string, string> } {
  const parts = path.split('/');
  for (const route of engine.all(Route)) {
    const pattern = route.path.split('/');
    if (pattern.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = pattern.every((name, index) => {
      const part = parts[index] ?? '';
      if (name.startsWith(':')) params[name.slice(1)] = part;
      return name.startsWith(':') || name === part;
    });
    if (fits) return { route, params };
  }
  throw new Error(`no route ${path}`);
}

/** One phone call at a host. */
export function phoneCall(host: Pick<VoiceHost, 'post'>, id: string, more: object = {}) {
  const call = {
    call_id: id,
    agent_id: 'agent_salon',
    direction: 'inbound',
    from_number: '+493023125500',
    to_number: '+493023125001',
    start_timestamp: START_MS,
    ...more,
  };
  return {
    id,
    payload: call,
    event: (event: string, extra: object = {}) => host.post('/webhooks/retell', { event, call: { ...call, ...extra } }),
    async ask(name: string, args: object = {}): Promise<Heard> {
      const response = await host.post(`/webhooks/retell/functions/${name}`, { name, call, args });
      if (response.status !== 200) throw new Error(JSON.stringify(response.body));
      return response.body as Heard;
    },
  };
}
