import { getRandomValues, randomBytes } from 'node:crypto';
import { availabilityPlugin } from './availability/availabilityPlugin.ts';
import { Companies } from './company/companies.ts';
import { companiesPlugin } from './company/companiesPlugin.ts';
import { conflictsPlugin } from './company/conflictsPlugin.ts';
import { journalPlugin } from './calls/journalPlugin.ts';
import type { JournalOptions } from './calls/journalOptions.ts';
import { reaperPlugin } from './calls/reaperPlugin.ts';
import type { CompanyDoor } from './company/door.ts';
import { retirementPlugin, retiringPlugin } from './company/retention/retirementPlugin.ts';
import { Clock } from './contracts/clock.ts';
import { HealthCheck } from './contracts/healthCheck.ts';
import { NewId } from './contracts/ids.ts';
import type { StorageFactory } from './contracts/storage.ts';
import { systemClock } from './contracts/systemClock.ts';
import { EngineError } from './errors.ts';
import { Outbox, OutboxSignal } from './jobs/outboxSignal.ts';
import type { RelayOptions } from './jobs/relay.ts';
import { publisherPlugin } from './jobs/publisherPlugin.ts';
import { relayPlugin } from './jobs/relayPlugin.ts';
import { sweepPlugin } from './jobs/sweepPlugin.ts';
import { readUpkeep, type UpkeepOptions, type UpkeepSettings } from './jobs/upkeepOptions.ts';
import { upkeepPlugin } from './jobs/upkeepPlugin.ts';
import type { BootReport } from './kernel/boot.ts';
import { compose, type Composition } from './kernel/compose.ts';
import type { ContributionPoint } from './kernel/contribution.ts';
import type { Plugin } from './kernel/definePlugin.ts';
import { textOf, type ErrorSink } from './kernel/errorSink.ts';
import { observing, type Observe } from './kernel/eventType.ts';
import { bind, type Token } from './kernel/token.ts';
import type { CompanyId } from './model/ids.ts';
import { uuidV7Source } from './model/uuid.ts';
import { phonePlugin } from './phone/phonePlugin.ts';
import { Phone } from './phone/resolve.ts';
import type { Refused } from './refusals.ts';
import { ApiKeysToken } from './setup/apiKeysToken.ts';
import type { ApiKeys, Setup } from './setup/setup.ts';
import { SetupToken, setupPlugin } from './setup/setupPlugin.ts';
import { storagePlugin } from './storagePlugin.ts';

/** What an engine is made from. */
export interface EngineOptions {
  /** Where everything is kept: `sqlite('askpro.db')`. */
  readonly storage: StorageFactory;
  /** In any order: their requirements decide. */
  readonly plugins?: readonly Plugin[];
  /**
   * Signs offers; at least 32 characters or bytes of randomness, the same in every process that shall honour them. Left
   * out: a new one, so that offers end with the process.
   */
  readonly secret?: string | Uint8Array;
  /** How the outbox is delivered; false: not by this process. */
  readonly relay?: RelayOptions | false;
  /**
   * How what nobody needs is taken away and calls that nobody ended are closed; false: not by this process. Left out: as
   * described there, or not at all where the outbox is left to others too.
   */
  readonly upkeep?: UpkeepOptions | false;
  /** What is kept of calls for whoever looks for a cause; false: nothing. */
  readonly journal?: JournalOptions | false;
  /** Receives what fails where nobody waits for it. Left out: written to the console. */
  readonly onError?: ErrorSink;
  /** For tests. Left out: the machine's time here, the database's own for what is stored. */
  readonly clock?: Clock;
  /** How many companies' configurations stay compiled. Left out: 1,000. */
  readonly maxCompiledCompanies?: number;
}

/** Whether the engine can do its work. */
export interface Health {
  /** All checks passed and the engine is not stopping. */
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail?: string }[];
}

/** A running booking engine. */
export interface Engine {
  readonly phone: Phone;
  readonly setup: Setup;
  readonly keys: ApiKeys;
  /** How long each part took to come up. */
  readonly boot: BootReport;
  /**
   * The door to one company; `ok` tells it from a refusal.
   * @param seenRevision - the revision that `keys.authenticate` has just answered, so that it is not read again
   */
  company(id: CompanyId, seenRevision?: number): Promise<CompanyDoor | Refused<'COMPANY_UNKNOWN'>>;
  /** Observes an event after its commit, in process, at most once. */
  readonly on: Observe;
  /** What a plugin provides. */
  get<T>(token: Token<T>): T;
  /** What plugins contribute. */
  all<T>(point: ContributionPoint<T>): readonly T[];
  health(): Promise<Health>;
  /** Ends everything in reverse order of its start. */
  stop(): Promise<void>;
}

const MIN_SECRET_BYTES = 32;

/**
 * Creates and starts an engine. Several may live in one process; they share nothing.
 * Throws an EngineError: `PLUGIN_…` where plugins do not fit together, `START_FAILED` (with the storage's own fault as its
 * cause) where something does not come up.
 * @example
 * ```ts
 * import { createEngine } from 'askpro';
 * import { sqlite } from 'askpro/adapters/sequelize';
 *
 * const engine = await createEngine({ storage: sqlite('askpro.db') });
 * const line = await engine.phone.resolve({ to: '+49 30 1234567' });
 * ```
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { storage, plugins = [], relay = {}, journal = {}, onError = writeToConsole } = options;
  const { upkeep = relay === false ? false : {} } = options;
  const clock = options.clock ?? systemClock;
  const nextId = uuidV7Source(getRandomValues);
  const newId: NewId = () => nextId(clock.now());
  const core: readonly Plugin[] = [
    storagePlugin(storage, options.clock),
    phonePlugin,
    availabilityPlugin(options.maxCompiledCompanies ?? 1000, onError),
    conflictsPlugin,
    setupPlugin,
    publisherPlugin,
    journalPlugin(journal, onError),
    companiesPlugin(secretOf(options.secret)),
    retirementPlugin,
  ];
  const background: readonly Plugin[] = [
    ...(upkeep === false ? [] : keeping(readUpkeep(upkeep), onError)),
    ...(relay === false ? [] : [relayPlugin(relay, onError)]),
  ];
  const composition = await compose({
    plugins: [...core, ...plugins, ...background],
    values: [bind(Clock, clock), bind(NewId, newId), bind(Outbox, new OutboxSignal())],
    onError,
  });
  await composition.start();
  return face(composition);
}

const keeping = (settings: UpkeepSettings, onError: ErrorSink): readonly Plugin[] => [
  sweepPlugin(settings),
  retiringPlugin(settings, onError),
  reaperPlugin(settings, onError),
  upkeepPlugin(onError),
];

function face(composition: Composition): Engine {
  const companies = composition.get(Companies);
  let stopping = false;
  return {
    phone: composition.get(Phone),
    setup: composition.get(SetupToken),
    keys: composition.get(ApiKeysToken),
    get boot() {
      return composition.boot;
    },
    company: (id, seenRevision) => companies.open(id, seenRevision),
    on: observing(composition.events),
    get: (token) => composition.get(token),
    all: (point) => composition.all(point),
    async health() {
      const checks = await Promise.all(
        composition.all(HealthCheck).map(async ({ name, check }) => {
          try {
            await check();
            return { name, ok: true };
          } catch (error) {
            return { name, ok: false, detail: error instanceof EngineError ? error.code : textOf(error) };
          }
        }),
      );
      return { ready: !stopping && checks.every(({ ok }) => ok), checks };
    },
    stop() {
      stopping = true;
      return composition.stop();
    },
  };
}

function secretOf(secret: string | Uint8Array | undefined): Uint8Array {
  if (secret === undefined) return randomBytes(MIN_SECRET_BYTES);
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  if (bytes.length < MIN_SECRET_BYTES)
    throw new EngineError('OPTION_INVALID', `secret must have at least ${MIN_SECRET_BYTES} bytes of randomness.`);
  return bytes;
}

const writeToConsole: ErrorSink = (error, place) => console.error('askpro:', place, error);
