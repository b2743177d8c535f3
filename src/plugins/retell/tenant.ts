import type { Companies, CompanyDoor, Directory, Line, Phone } from '../../plugin.ts';
import type { RetellEndpoint } from './options.ts';
import type { CallPayload } from './webhook/payload.ts';

/** The name under which this provider's calls are stored. */
export const PROVIDER = 'retell';

/** Whose call it is. */
export interface Tenant {
  readonly door: CompanyDoor;
  /** By which number or agent it came; undefined where the call was already known and its number says nothing. */
  readonly line: Line | undefined;
}

/** The two numbers of a call: the company's and the other one's. */
export interface Parties {
  readonly ours: string;
  readonly theirs: string | undefined;
}

/** Who is who: of an outbound call the company is the one who dials. */
export const partiesOf = ({ direction, from_number: from, to_number: to }: CallPayload): Parties =>
  direction === 'outbound' ? { ours: from ?? '', theirs: to } : { ours: to ?? '', theirs: from };

interface Deps {
  readonly companies: Companies;
  readonly phone: Phone;
  readonly directory: Directory;
}

/** From a provider's call to the company it belongs to. */
export class Tenants {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** By dialled number and agent alone: for a call that is still ringing. Undefined when it is nobody's. */
  async ofLine(parties: Parties, agentId: string | undefined, endpoint: RetellEndpoint): Promise<Tenant | undefined> {
    const line = await this.#deps.phone.resolve({ to: parties.ours, agentId, from: parties.theirs });
    return line.ok ? this.#open(line.company.id, line, endpoint) : undefined;
  }

  /** A call seen before stays with its company; else number and agent decide. Undefined when it is nobody's. */
  async ofCall(call: CallPayload, endpoint: RetellEndpoint): Promise<Tenant | undefined> {
    const { directory, phone } = this.#deps;
    const { ours, theirs } = partiesOf(call);
    const [known, line] = await Promise.all([
      directory.providerCall(PROVIDER, call.call_id),
      phone.resolve({ to: ours, agentId: call.agent_id, from: theirs }),
    ]);
    if (known === undefined) return line.ok ? this.#open(line.company.id, line, endpoint) : undefined;
    return this.#open(known, line.ok && line.company.id === known ? line : undefined, endpoint);
  }

  async #open(
    id: Line['company']['id'],
    line: Line | undefined,
    endpoint: RetellEndpoint,
  ): Promise<Tenant | undefined> {
    const door = await this.#deps.companies.open(id);
    if (!door.ok) return undefined;
    // Who holds the key of one account must not speak for companies of another.
    if (endpoint.companies !== undefined && !endpoint.companies.has(door.company.key)) return undefined;
    return { door, line };
  }
}
