import type { HttpEngine } from './httpEngine.ts';
import { json } from './reply.ts';
import type { Handler, Transport } from './transport.ts';

/**
 * Whether the process lives, and whether it can do its work; a server that stops is not ready any more, so that
 * balancers leave it alone. `GET /health/live` itself is answered before routing; here are its other methods.
 */
export const healthRoutes = (
  engine: Pick<HttpEngine, 'health'>,
  transport: Transport,
): readonly [string, Handler][] => [
  ['/health/live', { answer: () => json(200, { live: true }) }],
  [
    '/health/ready',
    {
      async answer() {
        const { ready, checks } = await engine.health();
        const stopping = transport.withdrawn;
        const told = checks.map(({ name, ok }) => ({ name, ok }));
        return json(ready && !stopping ? 200 : 503, { ready: ready && !stopping, stopping, checks: told });
      },
    },
  ],
];
