import { Clock } from '../contracts/clock.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { report, type ErrorSink } from '../kernel/errorSink.ts';
import { all } from '../kernel/requirement.ts';
import { Upkeep, UpkeepRounds } from './upkeep.ts';

/** Does all upkeep while the engine runs. */
export const upkeepPlugin = (onError: ErrorSink): Plugin =>
  definePlugin({
    name: 'askpro/upkeep',
    apiVersion: 1,
    requires: { tasks: all(Upkeep), clock: Clock },
    setup(_, { tasks, clock }) {
      const rounds = new UpkeepRounds(tasks, {
        clock,
        random: Math.random,
        onError: (error, task) => report(onError, error, { phase: 'upkeep', plugin: task }),
      });
      return { start: () => rounds.start(), stop: () => rounds.stop() };
    },
  });
