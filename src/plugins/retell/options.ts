import { EngineError } from '../../plugin.ts';
import { languageOf, type Language } from './speech/language.ts';

/** One account at the voice provider. */
export interface RetellAccount {
  /** Stands in the address of its webhooks: `/webhooks/retell/<endpoint>`. */
  readonly endpoint: string;
  /** The key its webhooks are signed with; several while it is being rotated. */
  readonly apiKey: string | readonly string[];
  /** Keys of the only companies this account may speak for; left out: all. */
  readonly companies?: readonly string[];
}

/** How live questions are answered. */
export interface RetellAnswerOptions {
  /** A function that takes longer is answered with a sentence to wait, and goes on; left out: 3,000. */
  readonly deadlineMs?: number;
  /** Spoken where the company is unknown or has a language without phrases, `de` or `en`; left out: `en`. */
  readonly fallbackLanguage?: string;
  /**
   * Whether the number of a caller proves who he is; left out: true. Numbers can be forged: with false nobody is greeted by
   * name, and a call reaches only the appointments made in it, unless the company has dialled the number itself.
   */
  readonly trustCallerNumber?: boolean;
  /** Told of faults that the caller only hears as a sentence; left out: they become process warnings. */
  readonly onError?: (error: unknown) => void;
}

/** Options of {@link retell}: one account by its key alone, or several. */
export type RetellOptions = RetellAnswerOptions &
  (
    | { readonly apiKey: string | readonly string[] }
    | { readonly accounts: readonly [RetellAccount, ...RetellAccount[]] }
  );

/** An account, ready to check signatures. */
export interface RetellEndpoint {
  readonly name: string;
  readonly apiKeys: readonly string[];
  readonly companies: ReadonlySet<string> | undefined;
}

/** The options with everything filled in. */
export interface RetellSettings {
  readonly endpoints: ReadonlyMap<string, RetellEndpoint>;
  /** The one that answers addresses without an endpoint: the only one there is. */
  readonly single: RetellEndpoint | undefined;
  readonly deadlineMs: number;
  readonly fallbackLanguage: Language;
  readonly trustCallerNumber: boolean;
  readonly onError: (error: unknown) => void;
}

/** The endpoint of an account that was given by its key alone. */
const DEFAULT_ENDPOINT = 'main';

const invalid = (field: string, must: string): EngineError =>
  new EngineError('OPTION_INVALID', `Option ${field} of retell() must be ${must}.`);

/** Fills in and checks the options; throws OPTION_INVALID that names the field. */
export function readOptions(options: RetellOptions): RetellSettings {
  const { deadlineMs = 3_000, fallbackLanguage = 'en', trustCallerNumber = true, onError = warn } = options;
  if (typeof trustCallerNumber !== 'boolean') throw invalid('trustCallerNumber', 'true or false');
  if (!Number.isInteger(deadlineMs) || deadlineMs < 100 || deadlineMs > 60_000)
    throw invalid('deadlineMs', 'an integer from 100 to 60,000');
  const language = languageOf(fallbackLanguage);
  if (language === undefined) throw invalid('fallbackLanguage', '"de" or "en"');
  const accounts = 'accounts' in options ? options.accounts : [{ endpoint: DEFAULT_ENDPOINT, apiKey: options.apiKey }];
  const endpoints = new Map<string, RetellEndpoint>();
  for (const [index, account] of accounts.entries()) {
    const path = 'accounts' in options ? `accounts[${index}].` : '';
    const endpoint = readAccount(account, path);
    if (endpoints.has(endpoint.name)) throw invalid(`${path}endpoint`, 'different from the others');
    endpoints.set(endpoint.name, endpoint);
  }
  if (endpoints.size === 0) throw invalid('accounts', 'at least one account');
  const [only] = endpoints.values();
  const single = endpoints.size === 1 ? only : undefined;
  return { endpoints, single, deadlineMs, fallbackLanguage: language, trustCallerNumber, onError };
}

function readAccount({ endpoint, apiKey, companies }: RetellAccount, path: string): RetellEndpoint {
  if (typeof endpoint !== 'string' || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(endpoint) || endpoint === 'functions')
    throw invalid(`${path}endpoint`, '1 to 63 of a–z, 0–9 and "-", and not "functions"');
  const apiKeys = typeof apiKey === 'string' ? [apiKey] : apiKey;
  if (
    !Array.isArray(apiKeys) ||
    apiKeys.length === 0 ||
    !apiKeys.every((key) => typeof key === 'string' && key.length >= 8)
  )
    throw invalid(`${path}apiKey`, 'the API key of the account');
  return { name: endpoint, apiKeys, companies: companies === undefined ? undefined : new Set(companies) };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
}
