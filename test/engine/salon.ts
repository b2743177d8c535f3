import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import {
  createEngine,
  type CompanyDefinition,
  type CompanyDoor,
  type Engine,
  type EngineOptions,
  type Refusal,
  type RefusalCode,
  type Refused,
} from '../../src/index.ts';
import { fakeClock, type FakeClock } from '../../src/testing.ts';

/** Monday, 8 o'clock in Berlin. */
export const MONDAY = Date.parse('2026-11-23T07:00:00Z');

/** Two chairs, open on weekdays from nine to five; appointments of an hour. */
export const salon = (over: Partial<CompanyDefinition> = {}): CompanyDefinition => ({
  key: 'salon',
  name: 'Salon',
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  country: 'DE',
  branches: [{ key: 'mitte', name: 'Mitte' }],
  schedules: [{ key: 'week', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }] }],
  resources: [
    { key: 'anna', name: 'Anna', schedule: 'week' },
    { key: 'ben', name: 'Ben', schedule: 'week' },
  ],
  services: [
    { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30, resources: ['anna', 'ben'] },
    { key: 'anna-only', name: 'Anna only', durationMinutes: 60, stepMinutes: 30, resources: ['anna'] },
    {
      key: 'colour',
      name: 'Colour',
      durationMinutes: 90,
      stepMinutes: 30,
      bufferBeforeMinutes: 15,
      bufferAfterMinutes: 15,
      price: { amountMinor: 9000, currency: 'EUR' },
      resources: ['anna', 'ben'],
    },
  ],
  numbers: [{ number: '+4930555001', branch: 'mitte', agent: 'agent_salon' }],
  ...over,
});

/** An engine on a file of its own, at eight on a Monday, and what a test needs to talk to it. */
export interface Bench {
  readonly engine: Engine;
  readonly clock: FakeClock;
  readonly file: string;
  readonly door: CompanyDoor;
  /** The door to another company of the same engine. */
  open(key: string): Promise<CompanyDoor>;
  close(): Promise<void>;
}

/** Starts one. Companies default to {@link salon}; `file` shares another bench's database. */
export async function bench(
  options: Partial<EngineOptions> & { readonly companies?: readonly CompanyDefinition[]; readonly file?: string } = {},
): Promise<Bench> {
  const { companies = [salon()], file: shared, ...rest } = options;
  const folder = shared === undefined ? mkdtempSync(join(tmpdir(), 'askpro-engine-')) : undefined;
  const file = shared ?? join(folder ?? '', 'bench.db');
  const clock = fakeClock(MONDAY);
  const engine = await createEngine({
    storage: sqlite({ file, synchronous: 'NORMAL' }),
    clock,
    // Tests let time pass to see what has lapsed, so nobody may sweep it away meanwhile.
    upkeep: false,
    secret: 'the-same-secret-for-every-bench-of-a-test',
    onError: (error) => {
      throw error;
    },
    ...rest,
  });
  const applied = await engine.setup.apply({ companies });
  if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
  const open = async (key: string): Promise<CompanyDoor> => {
    const id = applied.companies.find((company) => company.key === key)?.id;
    if (id === undefined) throw new Error(`no company ${key}`);
    const door = await engine.company(id);
    if (!door.ok) throw new Error(door.refusal.code);
    return door;
  };
  return {
    engine,
    clock,
    file,
    door: await open(companies[0]?.key ?? 'salon'),
    open,
    async close() {
      await engine.stop();
      if (folder !== undefined) rmSync(folder, { recursive: true });
    },
  };
}

/** The answer without its refusal; a refusal fails the test with its code. */
export function granted<T extends { readonly ok: boolean }>(answer: T): Extract<T, { readonly ok: true }> {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer as Extract<T, { readonly ok: true }>;
}

/** The code of a refusal; a granted answer fails the test. */
export function refusedWith(answer: { readonly ok: boolean }): string {
  if (answer.ok) throw new Error(`granted: ${JSON.stringify(answer)}`);
  return (answer as unknown as { readonly refusal: { readonly code: string } }).refusal.code;
}

/** The refusal of a code; a granted answer, or another refusal, fails the test. */
export function refusalOf<C extends RefusalCode>(answer: { readonly ok: boolean }, code: C): Refusal<C> {
  if (refusedWith(answer) !== code) throw new Error(`refused otherwise: ${JSON.stringify(answer)}`);
  return (answer as Refused<C>).refusal;
}
