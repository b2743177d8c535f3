import { zoneNamed, type Clock, type Journal, type RouteResponse } from '../../plugin.ts';
import type { RetellEndpoint, RetellSettings } from './options.ts';
import { recordCall } from './recordCall.ts';
import { languageOf, phrasesOf } from './speech/language.ts';
import { speechFor } from './speech/speech.ts';
import type { Tenant, Tenants } from './tenant.ts';
import type { InboundPayload } from './webhook/payload.ts';

interface Deps {
  readonly tenants: Tenants;
  readonly clock: Clock;
  readonly settings: RetellSettings;
  readonly journal: Journal;
}

/** What the agent's prompt may use as `{{name}}`; the provider takes texts alone. */
type DynamicVariables = Readonly<Record<string, string>>;

/** Answers a call that is still ringing with what the agent should know about it. */
export async function answerInbound(
  deps: Deps,
  endpoint: RetellEndpoint,
  payload: InboundPayload,
): Promise<RouteResponse> {
  const { to_number: ours, from_number: theirs, agent_id: agentId, call_id: callId } = payload;
  const tenant = await deps.tenants.ofLine({ ours, theirs }, agentId, endpoint);
  if (tenant?.line === undefined) return answer(nobody(deps.settings), {});
  if (callId !== undefined) await announce(deps, tenant, callId, ours);
  return answer(await variablesFor(deps, tenant), { company: tenant.door.company.key });
}

const answer = (variables: DynamicVariables, metadata: Readonly<Record<string, string>>): RouteResponse => ({
  status: 200,
  body: { call_inbound: { dynamic_variables: variables, metadata } },
});

/** The agent can say that nobody answers here; there is nothing of any company in it. */
function nobody({ fallbackLanguage }: RetellSettings): DynamicVariables {
  return {
    company_known: 'false',
    company_name: '',
    customer_name: '',
    caller_known: 'false',
    language: fallbackLanguage,
    notice: phrasesOf[fallbackLanguage].unknownCompany,
  };
}

/** Notes the call before it begins. A call that cannot be noted is answered all the same. */
async function announce(
  { clock, settings, journal }: Deps,
  { door, line }: Tenant,
  callId: string,
  to: string,
): Promise<void> {
  const begunMs = clock.now();
  try {
    const call = await recordCall(door, callId, {
      status: 'inbound',
      from: line?.from ?? undefined,
      to,
      branchId: line?.branchId ?? undefined,
      customerId: line?.customer?.id,
    });
    const told = { event: 'call_inbound', ms: clock.now() - begunMs };
    if (call !== undefined) journal.note(door.company.id, call.id, 'webhook', told, begunMs);
  } catch (error) {
    settings.onError(error);
  }
}

async function variablesFor({ clock, settings }: Deps, { door, line }: Tenant): Promise<DynamicVariables> {
  const { company } = door;
  const customer = settings.trustCallerNumber ? (line?.customer ?? undefined) : undefined;
  const [branches, services] = await Promise.all([door.branches(), door.services()]);
  const branch = branches.find(({ id }) => id === line?.branchId);
  const timeZone = branch?.timeZone ?? company.timeZone;
  const language = languageOf(customer?.locale) ?? languageOf(company.locale) ?? settings.fallbackLanguage;
  const zone = zoneNamed(timeZone);
  const speech = zone.ok ? speechFor(language, zone.zone, clock.now()) : undefined;
  return {
    company_known: 'true',
    company_name: company.name,
    branch_name: branch?.name ?? '',
    customer_name: customer?.name ?? '',
    caller_known: String(customer !== undefined),
    caller_has_number: String((line?.from ?? null) !== null),
    language,
    time_zone: timeZone,
    today: speech?.today() ?? '',
    now: speech?.clock() ?? '',
    services: services.map(({ name }) => name).join(', '),
    notice: '',
  };
}
