import { expect } from 'vitest';
import type { Client, Told } from './api.ts';

/** A request of which another company must get nothing. */
interface ConfigAttempt {
  readonly path: string;
  readonly body?: unknown;
  readonly foreign: (told: Told) => void;
}

const number = '+4930555777';

/** What the salon alone has configured: one entry of each kind, to which nothing refers. */
const entries = [
  { list: 'branches', name: 'Branch', key: 'mine', body: { name: 'Mine' } },
  { list: 'schedules', name: 'Schedule', key: 'mine', body: { weekly: [] } },
  { list: 'resources', name: 'Resource', key: 'mine', body: { name: 'Mine', branch: 'mitte', schedule: 'week' } },
  { list: 'services', name: 'Service', key: 'mine', body: { name: 'Mine', durationMinutes: 60, resources: ['anna'] } },
  { list: 'numbers', name: 'Number', key: number, body: {} },
  { list: 'agents', name: 'Agent', key: 'agent_mine', body: {} },
] as const;

/** Configures it, and an appointment that the configuration does not fit. */
export async function configureMine(ask: Client): Promise<void> {
  const put = async (list: string, key: string, body: object): Promise<void> => {
    const told = await ask('PUT', `/api/v2/config/${list}/${encodeURIComponent(key)}`, { body });
    expect([told.status, told.text]).toEqual([200, told.text]);
  };
  for (const { list, key, body } of entries) await put(list, key, body);
  await put('services', 'gone', { name: 'Gone', durationMinutes: 60, resources: ['ben'] });
  const start = '2026-11-24T15:00:00+01:00';
  const booked = await ask('POST', '/api/v2/appointments', { body: { service: 'gone', start } });
  expect(booked.status).toBe(201);
  await ask('PATCH', '/api/v2/config/services/gone', { body: { active: false } });
}

const unknown = ({ status, body }: Told): void => expect([status, body.code]).toEqual([404, 'ENTRY_UNKNOWN']);
const taken = ({ status, body, text }: Told): void => {
  expect([status, body.code]).toEqual([409, 'CONFIG_CONFLICT']);
  expect(text).not.toMatch(/salon/i);
};
/** It went to the company that asked, and nowhere else. */
const own = ({ text }: Told): void => expect(text).toContain('"companies.other');

/** Every operation on configurations, with what another company has configured. */
export const configAttempts: Readonly<Record<string, readonly ConfigAttempt[]>> = {
  ...Object.fromEntries(
    entries.flatMap(({ list, name, key, body }) => {
      const path = `/config/${list}/${encodeURIComponent(key)}`;
      const isUnique = list === 'numbers' || list === 'agents';
      const all = `${list.charAt(0).toUpperCase()}${list.slice(1)}`;
      return [
        [
          `listConfigured${all}`,
          [{ path: `/config/${list}`, foreign: ({ text }: Told) => expect(text).not.toContain(`"${key}"`) }],
        ],
        [`getConfigured${name}`, [{ path, foreign: unknown }]],
        [`put${name}`, [{ path: `${path}?dryRun=true`, body, foreign: isUnique ? taken : own }]],
        [`switch${name}`, [{ path, body: { active: false }, foreign: unknown }]],
        [`delete${name}`, [{ path, foreign: unknown }]],
      ] as const;
    }),
  ),
  getConfiguredCompany: [{ path: '/config/company', foreign: ({ body }) => expect(body['name']).toBe('Other') }],
  changeCompany: [{ path: '/config/company?dryRun=true', body: { name: 'Renamed' }, foreign: own }],
  listConflicts: [{ path: '/conflicts', foreign: ({ body }) => expect(body.items).toEqual([]) }],
};
