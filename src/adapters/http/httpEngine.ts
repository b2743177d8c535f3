import type { Engine } from '../../adapter.ts';

/** What this adapter needs of an engine. */
export type HttpEngine = Pick<Engine, 'keys' | 'setup' | 'company' | 'health' | 'all'>;
