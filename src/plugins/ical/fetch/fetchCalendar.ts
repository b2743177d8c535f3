import { lookup as lookupAddresses } from 'node:dns';
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Clock } from '../../../plugin.ts';
import { isPrivateAddress } from './privateAddress.ts';

/** Why a calendar could not be fetched. */
export type FetchFailure =
  'URL_INVALID' | 'ADDRESS_PRIVATE' | 'UNREACHABLE' | 'TIMEOUT' | 'TOO_LARGE' | 'TOO_MANY_REDIRECTS' | 'STATUS' | 'CUT';

/** What a server said about the version of a calendar. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What came of fetching. */
export type Fetched =
  | { readonly kind: 'changed'; readonly text: string; readonly validators: Validators }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'failed';
      readonly failure: FetchFailure;
      readonly status?: number;
      /** Not to be asked again before that much time has passed. */
      readonly retryAfterMs?: number;
    };

/** Within which limits calendars are fetched. */
export interface FetchLimits {
  /** For all of it, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Whether addresses of private networks may be asked, or which; they may hold what is not meant for outsiders. */
  readonly allowPrivateAddresses: boolean | readonly string[];
  /** Certificates in PEM that are trusted beside those that Node trusts. */
  readonly trustedCertificates?: readonly string[];
}

/** Finds all addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** What fetching works with. */
export interface FetchPlace {
  readonly limits: FetchLimits;
  readonly clock: Clock;
  readonly resolve?: Resolve;
}

class Failed extends Error {
  readonly failure: FetchFailure;
  readonly details: { readonly status?: number; readonly retryAfterMs?: number };

  constructor(failure: FetchFailure, details: Failed['details'] = {}) {
    super(failure);
    this.failure = failure;
    this.details = details;
  }
}

/** Fetches a calendar if it has changed since the given validators. Never rejects: all that can go wrong is an answer. */
export async function fetchCalendar(url: string, known: Validators, place: FetchPlace): Promise<Fetched> {
  const abort = new AbortController();
  const cancel = place.clock.after(place.limits.timeoutMs, () => abort.abort());
  try {
    return await follow(url, known, place, abort.signal);
  } catch (error) {
    if (abort.signal.aborted) return { kind: 'failed', failure: 'TIMEOUT' };
    if (error instanceof Failed) return { kind: 'failed', failure: error.failure, ...error.details };
    return { kind: 'failed', failure: 'UNREACHABLE' };
  } finally {
    cancel();
  }
}

async function follow(url: string, known: Validators, place: FetchPlace, signal: AbortSignal): Promise<Fetched> {
  let target = calendarUrl(url);
  for (let redirects = 0; redirects <= place.limits.maxRedirects; redirects++) {
    if (target === undefined) throw new Failed('URL_INVALID');
    const response = await send(target, known, place, signal);
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400 && status !== 304 && headers.location !== undefined) {
      response.destroy();
      const next = calendarUrl(headers.location, target);
      // A connection that was private stays so.
      if (target.protocol === 'https:' && next?.protocol !== 'https:') throw new Failed('URL_INVALID');
      target = next;
      continue;
    }
    if (status === 304 && (known.etag ?? known.lastModified) !== null) {
      response.resume();
      return { kind: 'unchanged' };
    }
    if (status !== 200) {
      response.destroy();
      throw new Failed('STATUS', { status, ...retryAfter(headers['retry-after']) });
    }
    const text = await bodyOf(response, place.limits.maxBytes);
    const validators = { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null };
    return { kind: 'changed', text, validators };
  }
  throw new Failed('TOO_MANY_REDIRECTS');
}

/** The address of a calendar; undefined for what is none. `webcal:` is how calendars name https. */
export function calendarUrl(text: string, base?: URL): URL | undefined {
  const named = text.replace(/^webcals?:/i, 'https:');
  const url = URL.parse(named, base?.href);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  return url;
}

async function send(url: URL, known: Validators, place: FetchPlace, signal: AbortSignal): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // The connection goes to the very addresses that were judged: a name that answers differently the next time gains nothing.
  const addresses = await permittedAddresses(host, place, signal);
  const lookup: LookupFunction = (_, options, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    if (options.all === true) callback(null, found);
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
  const options: RequestOptions = {
    signal,
    lookup,
    headers: {
      accept: 'text/calendar, text/plain;q=0.5',
      // What is not compressed cannot unfold into more than was counted.
      'accept-encoding': 'identity',
      'user-agent': 'askpro',
      ...(known.etag === null ? {} : { 'if-none-match': known.etag }),
      ...(known.lastModified === null ? {} : { 'if-modified-since': known.lastModified }),
    },
    ...(url.username === '' ? {} : { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }),
    // Kept connections would outlive the judgement of their address.
    agent: false,
    maxHeaderSize: 16_384,
  };
  const { trustedCertificates } = place.limits;
  const trust = trustedCertificates === undefined ? {} : { ca: [...rootCertificates, ...trustedCertificates] };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? requestSecure(url, { ...options, ...trust }, resolve)
        : requestPlain(url, options, resolve);
    request.on('error', reject).end();
  });
}

async function permittedAddresses(host: string, place: FetchPlace, signal: AbortSignal): Promise<readonly string[]> {
  const { resolve = systemResolve, limits } = place;
  const addresses = isIP(host) === 0 ? await orAborted(resolve(host), signal) : [host];
  if (addresses.length === 0) throw new Failed('UNREACHABLE');
  const { allowPrivateAddresses: allowed } = limits;
  const isAllowed = (address: string): boolean =>
    !isPrivateAddress(address) || (typeof allowed === 'boolean' ? allowed : allowed.includes(address));
  if (!addresses.every(isAllowed)) throw new Failed('ADDRESS_PRIVATE');
  return addresses;
}

const orAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(new Failed('TIMEOUT'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    lookupAddresses(host, { all: true }, (error, found) => {
      if (error === null) resolve(found.map(({ address }) => address));
      else reject(error);
    });
  });

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<string> {
  const { headers } = response;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    response.destroy();
    throw new Failed('CUT');
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    response.destroy();
    throw new Failed('TOO_LARGE');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Failed('TOO_LARGE');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Failed ? error : new Failed('CUT');
  } finally {
    response.destroy();
  }
  if (!response.complete) throw new Failed('CUT');
  return Buffer.concat(chunks).toString('utf8');
}

/** Seconds alone: a date would need a clock that both sides agree on. */
function retryAfter(header: string | undefined): { readonly retryAfterMs?: number } {
  return header !== undefined && /^\d{1,7}$/.test(header) ? { retryAfterMs: Number(header) * 1_000 } : {};
}
