import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type CompanyDefinition, type CompanyId, type Engine } from 'askpro';
import { Storage } from 'askpro/adapter';
import { sqlite } from 'askpro/adapters/sequelize';
import { fakeClock } from 'askpro/testing';
import { below, seeded } from '../measure/seeded.ts';

/** Monday, 8 o'clock in Berlin: the moment at which every benchmark takes place. */
const NOW_MS = Date.parse('2026-11-23T07:00:00Z');
/** The Mondays (midnight in Berlin) of the weeks in which there are appointments already. */
export const BUSY_WEEKS_MS: readonly number[] = [
  Date.parse('2026-11-22T23:00:00Z'),
  Date.parse('2026-11-29T23:00:00Z'),
];
/** The Monday of a week in which everything is free. */
export const FREE_WEEK_MS = Date.parse('2026-12-06T23:00:00Z');
export const DAY_MS = 86_400_000;

const COMPANIES = 100;
const RESOURCES = 10;
const SERVICES = 4;
const NUMBERS = 10;
const BUSY_A_DAY = 3;
const SECRET = 'the same secret in every engine of a benchmark';

/** A company of the town. */
export interface TownCompany {
  readonly id: CompanyId;
  readonly key: string;
  readonly apiKey: string;
  readonly resources: readonly string[];
  readonly services: readonly string[];
  readonly numbers: readonly string[];
}

/** How a database is opened. */
export type Durability = 'FULL' | 'NORMAL';

/** A database with 100 companies, 1,000 resources, 1,000 numbers and two busy weeks, of which copies can be had. */
export interface Town {
  readonly companies: readonly TownCompany[];
  /** Another copy of the file. */
  copy(): string;
  /** An engine on a file. Nothing is relayed: what the outbox does is no part of any row. */
  open(file: string, synchronous: Durability): Promise<Engine>;
  close(): void;
}

const list = (count: number, name: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => name(index));

const apiKeyOf = (index: number): string => `bench_${'0123456789abcdef'.repeat(2)}_${index}`;
const numberOf = (company: number, index: number): string =>
  `+49305550${String(company * NUMBERS + index).padStart(4, '0')}`;

function definition(index: number): CompanyDefinition {
  const resources = list(RESOURCES, (resource) => `chair-${resource}`);
  return {
    key: `salon-${index}`,
    name: `Salon ${index}`,
    timeZone: 'Europe/Berlin',
    locale: 'de-DE',
    country: 'DE',
    branches: [{ key: 'mitte', name: 'Mitte', schedule: 'week' }],
    schedules: [{ key: 'week', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }] }],
    resources: resources.map((key) => ({ key, name: key })),
    services: list(SERVICES, (service) => `service-${service}`).map((key, service) => ({
      key,
      name: key,
      durationMinutes: 30,
      stepMinutes: 30,
      // Each service is done by three, and every resource does at least one.
      resources: list(3, (nth) => `chair-${(service * 3 + nth) % RESOURCES}`),
    })),
    numbers: list(NUMBERS, (number) => numberOf(index, number)).map((number, nth) => ({
      number,
      branch: 'mitte',
      defaultService: `service-${nth % SERVICES}`,
      defaultResource: `chair-${nth}`,
    })),
    keys: [{ name: 'bench', secret: apiKeyOf(index) }],
  };
}

/** Opens an engine on a file of the town; also in processes that did not build it. */
export const openEngine = (file: string, synchronous: Durability): Promise<Engine> =>
  createEngine({ storage: sqlite({ file, synchronous }), clock: fakeClock(NOW_MS), secret: SECRET, relay: false });

/** Builds the town through the engine's own setup and storage. */
export async function buildTown(): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-bench-'));
  const file = join(folder, 'town.db');
  const engine = await openEngine(file, 'NORMAL');
  const definitions = list(COMPANIES, String).map((_, index) => definition(index));
  const applied = await engine.setup.apply({ companies: definitions });
  if (!applied.ok) throw new Error(`The town was refused: ${JSON.stringify(applied.refusal)}`);
  const companies: TownCompany[] = [];
  for (const [index, { key, services = [], resources = [], numbers = [] }] of definitions.entries()) {
    const id = applied.companies.find((company) => company.key === key)?.id;
    if (id === undefined) throw new Error(`${key} was not made`);
    companies.push({
      id,
      key,
      apiKey: apiKeyOf(index),
      services: services.map((service) => service.key),
      resources: resources.map((resource) => resource.key),
      numbers: numbers.map(({ number }) => number),
    });
  }
  await occupy(engine, companies);
  await engine.stop();
  let copies = 0;
  return {
    companies,
    copy() {
      const copy = join(folder, `copy-${copies++}.db`);
      copyFileSync(file, copy);
      return copy;
    },
    open: openEngine,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Occupies three half hours of each resource and weekday, as appointments would, without their rows. */
async function occupy(engine: Engine, companies: readonly TownCompany[]): Promise<void> {
  const storage = engine.get(Storage);
  const random = seeded(1);
  let serial = 0;
  for (const { id } of companies) {
    const door = await engine.company(id);
    if (!door.ok) throw new Error(door.refusal.code);
    const writes = (await door.resources()).flatMap((resource) =>
      BUSY_WEEKS_MS.flatMap((mondayMs) =>
        list(5 * BUSY_A_DAY, String).map((_, nth) => {
          const third = nth % BUSY_A_DAY;
          // One of five half hours of its third of the day, so that none overlap.
          const startMs =
            mondayMs + Math.floor(nth / BUSY_A_DAY) * DAY_MS + (18 + third * 5 + below(random, 5)) * 1_800_000;
          const owner = `00000000-0000-7000-8000-${(serial++).toString(16).padStart(12, '0')}`;
          const spans = [{ resourceId: resource.id, startMs, endMs: startMs + 1_800_000 }];
          return storage.write(id, {
            claims: [{ owner: owner as never, spans, grainMs: 300_000, expiresMs: null }],
            events: [],
          });
        }),
      ),
    );
    for (const outcome of await Promise.all(writes))
      if (outcome.kind !== 'committed') throw new Error(`could not occupy: ${outcome.kind}`);
  }
}
