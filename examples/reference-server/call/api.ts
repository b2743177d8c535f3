import type { Answered } from './exchange.ts';
import type { Stage } from './scene.ts';

const LONGEST_ANSWER_MS = 10_000;

/** A request to the HTTP API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/api/v2`. */
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
}

/** What the API answered; `Body` is what the caller expects of it, and compares. */
export interface ApiAnswer<Body> extends Answered {
  readonly body: Body;
}

/** Asks the HTTP API as the salon's own front desk does, and prints the step. */
export async function askApi<Body>(stage: Stage, request: ApiRequest): Promise<ApiAnswer<Body>> {
  const answered = await send<Body>(stage, request);
  stage.report.step(`${request.method} ${request.path}`, answered);
  return answered;
}

/** Asks again and again until what is told is as wished, which follows from an event; the last answer, wished or not. */
export async function askUntil<Body>(
  stage: Stage,
  request: ApiRequest,
  isWished: (body: Body) => boolean,
): Promise<ApiAnswer<Body>> {
  const latestMs = performance.now() + LONGEST_ANSWER_MS;
  for (;;) {
    const answered = await send<Body>(stage, request);
    if (isWished(answered.body) || performance.now() > latestMs) {
      stage.report.step(`${request.method} ${request.path}`, answered);
      return answered;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function send<Body>({ host }: Stage, { method, path, body, key }: ApiRequest): Promise<ApiAnswer<Body>> {
  const startedMs = performance.now();
  const response = await fetch(new URL(`/api/v2${path}`, host.url), {
    method,
    headers: {
      authorization: `Bearer ${host.apiSecret}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
  });
  const told = (await response.json()) as Body;
  return { status: response.status, body: told, milliseconds: performance.now() - startedMs };
}
