import { Maintenance } from '../contracts/maintenance.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { Upkeep } from './upkeep.ts';
import type { UpkeepSettings } from './upkeepOptions.ts';

/** Takes away, again and again, what nobody needs any more. */
export const sweepPlugin = ({ everyMs, limit, ...settings }: UpkeepSettings): Plugin =>
  definePlugin({
    name: 'askpro/sweep',
    apiVersion: 1,
    requires: { maintenance: Maintenance },
    setup({ contribute }, { maintenance }) {
      contribute(Upkeep, {
        name: 'askpro/sweep',
        everyMs,
        async turn() {
          const taken = await maintenance.sweep(settings, limit);
          return Object.values(taken).some((count: number) => count > 0);
        },
      });
    },
  });
