import { token } from '../kernel/token.ts';
import type { ApiKeys } from './setup.ts';

/** API keys, for the engine and for plugins that answer over HTTP. */
export const ApiKeysToken = token<ApiKeys>()('askpro/api-keys');
