import {
  Clock,
  Companies,
  definePlugin,
  Directory,
  Journal,
  optional,
  Phone,
  Route,
  type Plugin,
} from '../../plugin.ts';
import { Callbacks } from '../callbacks/index.ts';
import { Waitlist } from '../waitlist/index.ts';
import { FunctionAnswers } from './functions/answerFunction.ts';
import { readOptions, type RetellOptions } from './options.ts';
import { retellRoutes } from './routes.ts';
import { Tenants } from './tenant.ts';

/**
 * Connects voice agents of Retell: who is called, what happens during a call, and the functions by which an agent finds,
 * books, moves and cancels; with the plugin of callbacks also the one by which callers ask to be called back, with that of
 * the waitlist the one by which they wait for what is taken. Contributes the routes `/webhooks/retell/:endpoint` and
 * `/webhooks/retell/:endpoint/functions/:name`; with a single account also the same without `:endpoint`.
 * Throws OPTION_INVALID for options that cannot be used.
 * @example
 * ```ts
 * import { createEngine } from 'askpro';
 * import { sqlite } from 'askpro/adapters/sequelize';
 * import { retell } from 'askpro/plugins/retell';
 *
 * const engine = await createEngine({ storage: sqlite('askpro.db'), plugins: [retell({ apiKey: 'key_…' })] });
 * ```
 */
export function retell(options: RetellOptions): Plugin {
  const settings = readOptions(options);
  return definePlugin({
    name: 'retell',
    apiVersion: 1,
    requires: {
      companies: Companies,
      phone: Phone,
      directory: Directory,
      clock: Clock,
      journal: Journal,
      callbacks: optional(Callbacks),
      waitlist: optional(Waitlist),
    },
    setup({ contribute }, { companies, phone, directory, clock, journal, callbacks, waitlist }) {
      const tenants = new Tenants({ companies, phone, directory });
      const functions = new FunctionAnswers({ tenants, clock, settings, journal, callbacks, waitlist });
      for (const route of retellRoutes({
        tenants,
        clock,
        settings,
        functions,
        journal,
        has: { callbacks: callbacks !== undefined, waitlist: waitlist !== undefined },
      }))
        contribute(Route, route);
      return { stop: () => functions.settled() };
    },
  });
}
