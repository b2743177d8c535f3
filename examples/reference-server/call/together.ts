import { once } from 'node:events';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { signRetellBody } from 'askpro/plugins/retell';
import type { Answered, HostAddress, Prepared } from './exchange.ts';

/**
 * Sends several requests so that the host gets them at the same moment: each on a connection of its own, all but the last byte
 * first, and when that has left for all of them, the last bytes at once.
 */
export async function sendTogether(host: HostAddress, prepared: readonly Prepared[]): Promise<readonly Answered[]> {
  const agent = new Agent({ maxSockets: prepared.length });
  try {
    const begun = await Promise.all(prepared.map((one) => begin(host, one, agent)));
    const startedMs = performance.now();
    for (const { outgoing, lastByte } of begun) outgoing.end(lastByte);
    return await Promise.all(begun.map(({ answer }) => answer.then((response) => read(response, startedMs))));
  } finally {
    agent.destroy();
  }
}

interface Begun {
  readonly outgoing: ClientRequest;
  readonly lastByte: Uint8Array;
  readonly answer: Promise<IncomingMessage>;
}

async function begin(host: HostAddress, { path, body }: Prepared, agent: Agent): Promise<Begun> {
  const bytes = Buffer.from(JSON.stringify(body));
  const outgoing = request(new URL(path, host.url), {
    method: 'POST',
    agent,
    timeout: 10_000,
    headers: {
      'content-type': 'application/json',
      'content-length': bytes.length,
      'x-retell-signature': signRetellBody(bytes, host.apiKey, Date.now()),
    },
  });
  outgoing.once('timeout', () => outgoing.destroy(new Error('The host did not answer within 10 seconds.')));
  const answer = once(outgoing, 'response').then(([response]) => response as IncomingMessage);
  // Where the connection fails, the write below tells.
  answer.catch(() => undefined);
  await new Promise<void>((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.write(bytes.subarray(0, -1), () => resolve());
  });
  return { outgoing, lastByte: bytes.subarray(-1), answer };
}

async function read(response: IncomingMessage, startedMs: number): Promise<Answered> {
  const body = await text(response);
  const milliseconds = performance.now() - startedMs;
  return { status: response.statusCode ?? 0, body: body === '' ? undefined : JSON.parse(body), milliseconds };
}
