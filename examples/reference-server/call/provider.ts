import { randomBytes } from 'node:crypto';
import { signRetellBody } from 'askpro/plugins/retell';
import type { Answered, HostAddress, Prepared } from './exchange.ts';

/** What a function answers: a sentence for the caller, and the same as data. */
export interface FunctionAnswer {
  readonly ok: boolean;
  readonly say: string;
  readonly reason?: string;
  readonly offers?: readonly OfferTold[];
  /** Functions that the caller may be offered next. */
  readonly may_offer?: readonly string[];
  readonly appointment?: Omit<OfferTold, 'number'>;
}

/** A time the agent was told. */
export interface OfferTold {
  readonly number: number;
  readonly when: string;
  readonly date: string;
  readonly time: string;
  readonly service?: string;
  readonly with?: string;
}

const LONGEST_ANSWER_MS = 10_000;

/** Sends a body as the voice provider does. `apiKey` differs from the host's where a forgery is tried. */
export async function send(host: HostAddress, path: string, body: object, apiKey = host.apiKey): Promise<Answered> {
  const text = JSON.stringify(body);
  const startedMs = performance.now();
  const response = await fetch(new URL(path, host.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-retell-signature': signRetellBody(text, apiKey, Date.now()) },
    body: text,
    signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
  });
  const answer = await response.text();
  const milliseconds = performance.now() - startedMs;
  return { status: response.status, body: answer === '' ? undefined : JSON.parse(answer), milliseconds };
}

/** One phone call, seen from the provider. */
export class ProviderCall {
  readonly id = `call_${randomBytes(16).toString('hex')}`;
  readonly from: string;
  readonly to: string;
  readonly startMs = Date.now();
  readonly #host: HostAddress;
  readonly #agentId: string;
  readonly #transcript: string[] = [];

  constructor(host: HostAddress, line: { readonly from: string; readonly to: string; readonly agentId: string }) {
    this.#host = host;
    this.from = line.from;
    this.to = line.to;
    this.#agentId = line.agentId;
  }

  /** What has been said so far. */
  get transcript(): string {
    return this.#transcript.join('\n');
  }

  /** The question before the call is answered. */
  inbound(): Promise<Answered> {
    return send(this.#host, '/webhooks/retell', {
      event: 'call_inbound',
      event_timestamp: Date.now(),
      call_inbound: { agent_id: this.#agentId, agent_version: 1, from_number: this.from, to_number: this.to },
    });
  }

  /** Something happened to the call. */
  event(event: string, more: object = {}): Promise<Answered> {
    return send(this.#host, '/webhooks/retell', { event, call: { ...this.#call('ongoing'), ...more } });
  }

  /** The agent calls a function and tells the caller what it answers. */
  async ask(name: string, args: object): Promise<Answered & { readonly answer: FunctionAnswer }> {
    const { path, body } = this.question(name, args);
    const answered = await send(this.#host, path, body);
    const answer = answered.body as FunctionAnswer;
    this.#transcript.push(`Agent: ${answer.say}`);
    return { ...answered, answer };
  }

  /** What the agent sends to call a function. */
  question(name: string, args: object): Prepared {
    return { path: `/webhooks/retell/functions/${name}`, body: { name, call: this.#call('ongoing'), args } };
  }

  /** The call object after the caller hung up. */
  ended(): object {
    const endMs = Date.now();
    return {
      ...this.#call('ended'),
      end_timestamp: endMs,
      duration_ms: endMs - this.startMs,
      disconnection_reason: 'user_hangup',
      call_cost: { total_duration_seconds: 60, combined_cost: 8 },
    };
  }

  #call(status: string): object {
    return {
      call_id: this.id,
      call_type: 'phone_call',
      agent_id: this.#agentId,
      agent_version: 1,
      call_status: status,
      direction: 'inbound',
      from_number: this.from,
      to_number: this.to,
      start_timestamp: this.startMs,
      transcript: this.transcript,
      transcript_object: [],
      metadata: {},
      telephony_identifier: { twilio_call_sid: `CA${this.id.slice(5)}` },
    };
  }
}
