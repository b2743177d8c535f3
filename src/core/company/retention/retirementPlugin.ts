import { Clock } from '../../contracts/clock.ts';
import { Directory } from '../../contracts/directory.ts';
import { Storage } from '../../contracts/storage.ts';
import { Upkeep } from '../../jobs/upkeep.ts';
import type { UpkeepSettings } from '../../jobs/upkeepOptions.ts';
import { definePlugin, type Plugin } from '../../kernel/definePlugin.ts';
import { report, type ErrorSink } from '../../kernel/errorSink.ts';
import { all } from '../../kernel/requirement.ts';
import { Companies } from '../companies.ts';
import { PersonalData } from '../person/personalData.ts';
import { RetirementToken, StoredRetirement, type Retirement } from './retirement.ts';

/** When everything was looked through, it is looked through again after this time. */
const ROUND_EVERY_MS = 3_600_000;

/** Retirement as a part of the engine, for whoever asks for it. */
export const retirementPlugin: Plugin = definePlugin({
  name: 'askpro/retirement',
  apiVersion: 1,
  requires: {
    storage: Storage,
    directory: Directory,
    companies: Companies,
    clock: Clock,
    stores: all(PersonalData),
  },
  provides: [RetirementToken],
  setup({ provide }, { storage, directory, companies, clock, stores }) {
    provide(
      RetirementToken,
      new StoredRetirement({
        storage,
        directory,
        stores,
        now: async () => Math.min(clock.now(), await storage.now()),
        async customersOf(company) {
          const door = await companies.open(company);
          return door.ok ? door.customers : undefined;
        },
      }),
    );
  },
});

const name = 'askpro/retiring';

/** Retires, a piece a turn, again and again. */
export const retiringPlugin = (
  { everyMs, limit, idempotencyMs, retention }: UpkeepSettings,
  onError: ErrorSink,
): Plugin =>
  definePlugin({
    name,
    apiVersion: 1,
    requires: { retirement: RetirementToken, clock: Clock },
    setup({ contribute }, { retirement, clock }) {
      let round: ReturnType<Retirement['pieces']> | undefined;
      let nextMs = 0;
      contribute(Upkeep, {
        name,
        everyMs,
        async turn() {
          if (round === undefined && clock.now() < nextMs) return false;
          round ??= retirement.pieces({ limit, idempotencyMs, byDefault: retention });
          try {
            const next = await round.next();
            if (next.done !== true) {
              if (!('failure' in next.value)) return true;
              const { company, failure } = next.value;
              report(onError, failure, { phase: 'upkeep', plugin: name, company: company.key });
              // What others would run into as well may be over by the next time.
              return false;
            }
          } catch (error) {
            round = undefined;
            throw error;
          }
          round = undefined;
          nextMs = clock.now() + ROUND_EVERY_MS;
          return false;
        },
      });
    },
  });
