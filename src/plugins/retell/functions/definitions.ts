import { z } from 'zod';
import { voiceFunctions } from './all.ts';

/** A custom function as the voice provider's editor and API take it. */
export interface RetellFunctionDefinition {
  readonly type: 'custom';
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly method: 'POST';
  /** JSON Schema of the arguments. */
  readonly parameters: {
    readonly type: 'object';
    readonly properties: Record<string, unknown>;
    readonly required?: string[];
  };
  readonly args_at_root: false;
  readonly speak_during_execution: boolean;
  readonly speak_after_execution: true;
  readonly timeout_ms: number;
  readonly max_retry: number;
}

/** Where the functions are served. */
export interface RetellFunctionsOptions {
  /** Public address of the host, `https://booking.example`. */
  readonly baseUrl: string;
  /** The account's endpoint; left out: the address for a single account. */
  readonly endpoint?: string;
  /** Whether the host has the plugin of callbacks, so that callers may ask to be called back; left out: false. */
  readonly callbacks?: boolean;
  /** Whether the host has the plugin of the waitlist, so that callers may wait for what is taken; left out: false. */
  readonly waitlist?: boolean;
}

/** Well above our own deadline, so that our sentence comes first. */
const TIMEOUT_MS = 8_000;

/**
 * The functions to be pasted into the voice provider's agent.
 * @example
 * ```ts
 * import { retellFunctions } from 'askpro/plugins/retell';
 *
 * console.log(JSON.stringify(retellFunctions({ baseUrl: 'https://booking.example' }), null, 2));
 * ```
 */
export function retellFunctions({
  baseUrl,
  endpoint,
  callbacks = false,
  waitlist = false,
}: RetellFunctionsOptions): readonly RetellFunctionDefinition[] {
  const path = `/webhooks/retell${endpoint === undefined ? '' : `/${encodeURIComponent(endpoint)}`}/functions`;
  const base = `${baseUrl.replace(/\/+$/, '')}${path}`;
  const has = { callbacks, waitlist };
  const offered = [...voiceFunctions.values()].filter(({ needs }) => needs === undefined || has[needs]);
  return offered.map(({ name, description, args, writes }) => ({
    type: 'custom',
    name,
    description,
    url: `${base}/${name}`,
    method: 'POST',
    parameters: parametersOf(args),
    args_at_root: false,
    speak_during_execution: writes,
    speak_after_execution: true,
    timeout_ms: TIMEOUT_MS,
    // Repeating is safe: a repeated write finds the outcome of the first.
    max_retry: 2,
  }));
}

function parametersOf(args: z.ZodType): RetellFunctionDefinition['parameters'] {
  const { properties = {}, required = [] } = z.toJSONSchema(args, { io: 'output' });
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}
