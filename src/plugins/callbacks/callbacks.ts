import {
  ApiKeys,
  Clock,
  Companies,
  definePlugin,
  Documents,
  Journal,
  NewId,
  PersonalData,
  Publisher,
  Route,
  token,
  type Plugin,
} from '../../plugin.ts';
import type { Callbacks as CallbackRequests } from './requests.ts';
import { callbackRoutes } from './routes.ts';
import { callbackData } from './personalData.ts';
import { StoredCallbacks } from './store.ts';

export { CallbackChanged, CallbackRequested } from './events.ts';

/** The callback requests of the engine. */
export type Callbacks = CallbackRequests;
/** The token of {@link Callbacks}. */
export const Callbacks = token<Callbacks>()('askpro/callbacks');

/**
 * Keeps requests of callers to be called back. Voice plugins offer it by themselves when nothing fits or a caller wants a
 * person. Contributes `GET /api/v2/callbacks`, `GET /api/v2/callbacks/:id`, `POST /api/v2/callbacks/:id/done` and
 * `POST /api/v2/callbacks/:id/dismiss`, for the company's API keys.
 * @example
 * ```ts
 * import { createEngine } from 'askpro';
 * import { sqlite } from 'askpro/adapters/sequelize';
 * import { CallbackRequested, callbacks } from 'askpro/plugins/callbacks';
 *
 * const engine = await createEngine({ storage: sqlite('askpro.db'), plugins: [callbacks()] });
 * engine.on(CallbackRequested, ({ callback }) => console.log(`call ${callback.phone ?? 'nobody'} back`));
 * ```
 */
export function callbacks(): Plugin {
  return definePlugin({
    name: 'callbacks',
    apiVersion: 1,
    requires: {
      documents: Documents,
      publisher: Publisher,
      companies: Companies,
      clock: Clock,
      newId: NewId,
      journal: Journal,
      keys: ApiKeys,
    },
    provides: [Callbacks],
    setup({ provide, contribute }, { keys, ...deps }) {
      const stored = new StoredCallbacks(deps);
      const requests: Callbacks = {
        create: (company, request) => stored.create(company, request),
        get: (company, id) => stored.get(company, id),
        list: (company, query = {}) => stored.list(company, query),
        done: (company, id, closing = {}) => stored.close(company, id, 'done', closing),
        dismiss: (company, id, closing = {}) => stored.close(company, id, 'dismissed', closing),
      };
      provide(Callbacks, requests);
      contribute(PersonalData, callbackData(deps.documents));
      for (const route of callbackRoutes(requests, keys)) contribute(Route, route);
    },
  });
}
