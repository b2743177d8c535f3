import { maskFields, zoneNamed, type Call, type Clock, type Journal, type Zone } from '../../../plugin.ts';
import type { Callbacks } from '../../callbacks/index.ts';
import type { Waitlist } from '../../waitlist/index.ts';
import { origin } from '../events.ts';
import type { RetellEndpoint, RetellSettings } from '../options.ts';
import { languageOf, phrasesOf } from '../speech/language.ts';
import type { Phrases } from '../speech/phrases.ts';
import { speechFor } from '../speech/speech.ts';
import { recordCall } from '../recordCall.ts';
import { PROVIDER, type Tenant, type Tenants } from '../tenant.ts';
import { checked, type CallPayload, type Checked } from '../webhook/payload.ts';
import type { AnyVoiceFunction } from './function.ts';
import { HeardLanguages } from './heardLanguages.ts';
import { LiveAnswers } from './liveAnswers.ts';
import { sayMisunderstood } from './refused.ts';
import type { Spoken, Turn } from './turn.ts';
import { canonicalJson, writeKeys } from './writeKey.ts';

interface Deps {
  readonly tenants: Tenants;
  readonly clock: Clock;
  readonly settings: RetellSettings;
  readonly journal: Journal;
  readonly callbacks: Callbacks | undefined;
  readonly waitlist: Waitlist | undefined;
}

/** Answers what the agent asks during a call. */
export class FunctionAnswers {
  readonly #deps: Deps;
  readonly #live: LiveAnswers<Spoken>;
  readonly #heard: HeardLanguages;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#live = new LiveAnswers(deps.clock, deps.settings.deadlineMs);
    this.#heard = new HeardLanguages(deps.settings.fallbackLanguage);
  }

  /**
   * A spoken answer within the deadline, whatever happens. A write that is asked for again, in the same call with the same
   * arguments, finds what the first one committed; a read is asked anew each time, because time goes on.
   */
  answer(endpoint: RetellEndpoint, fn: AnyVoiceFunction, call: CallPayload, rawArgs: unknown): Promise<Spoken> {
    // Checked first: what a schema lets through is small and flat, and equal wishes become equal.
    const args = checked(fn.args, rawArgs);
    const phrases = (): Phrases => phrasesOf[this.#heard.of(call.call_id)];
    const run = async (): Promise<Spoken> => {
      try {
        return await this.#run(endpoint, fn, call, args);
      } catch (error) {
        this.#deps.settings.onError(error);
        return { ok: false, say: phrases().fault, retry: true, reason: 'FAULT' };
      }
    };
    const late = (): Spoken => ({ ok: false, say: phrases().wait, retry: true, reason: 'PENDING' });
    return this.#live.answer(
      canonicalJson([endpoint.name, call.call_id, fn.name, args.ok ? args.value : args.errors]),
      run,
      late,
    );
  }

  /** Waits for what outlived its deadline. */
  settled(): Promise<void> {
    return this.#live.settled();
  }

  async #run(
    endpoint: RetellEndpoint,
    fn: AnyVoiceFunction,
    payload: CallPayload,
    args: Checked<unknown>,
  ): Promise<Spoken> {
    const { fallbackLanguage } = this.#deps.settings;
    const begunMs = this.#deps.clock.now();
    const tenant = await this.#deps.tenants.ofCall(payload, endpoint);
    const call = tenant === undefined ? undefined : await sessionOf(tenant, payload);
    if (tenant === undefined || call === undefined)
      return { ok: false, say: phrasesOf[fallbackLanguage].unknownCompany, reason: 'NUMBER_UNKNOWN' };
    const turn = await this.#turn(tenant, call, payload);
    this.#heard.note(call.providerCallId, turn.speech.language);
    const spoken = await this.#spoken(fn, turn, args);
    const { ok, reason } = spoken;
    const told = {
      name: fn.name,
      ok,
      ...(reason === undefined ? {} : { reason }),
      ms: this.#deps.clock.now() - begunMs,
    };
    this.#deps.journal.note(tenant.door.company.id, call.id, 'function', { ...toldArgs(fn, args), ...told }, begunMs);
    return spoken;
  }

  /** What it comes to; a fault is noted as well before it is answered. */
  async #spoken(fn: AnyVoiceFunction, turn: Turn, args: Checked<unknown>): Promise<Spoken> {
    if (!args.ok) return sayMisunderstood(turn, args.errors);
    const { providerCallId } = turn.call;
    try {
      return await fn.run(turn, args.value, writeKeys(PROVIDER, providerCallId, fn.name, args.value));
    } catch (error) {
      this.#deps.settings.onError(error);
      return { ok: false, say: turn.speech.phrases.fault, retry: true, reason: 'FAULT' };
    }
  }

  async #turn({ door, line }: Tenant, call: Call, payload: CallPayload): Promise<Turn> {
    const { clock, settings, callbacks, waitlist } = this.#deps;
    const nowMs = clock.now();
    const callerPhone = line?.from ?? (payload.direction === 'outbound' ? call.to : call.from) ?? undefined;
    // Whom the company has dialled is whom it has reached; whoever calls may have forged his number.
    const callerIsProven = settings.trustCallerNumber || payload.direction === 'outbound';
    const [customer, branches] = await Promise.all([
      // Booked a minute ago in this call counts, so the customer is read anew.
      callerIsProven ? (line?.customer ?? door.recogniseCaller(callerPhone)) : undefined,
      door.branches(),
    ]);
    const home = zoneOf(door.company.timeZone);
    const zones = new Map(branches.map(({ id, timeZone }): readonly [string, Zone] => [id, zoneOf(timeZone)]));
    const zoneAt = (branchId: string): Zone => zones.get(branchId) ?? home;
    const branchId = line?.branchId ?? call.branchId;
    const language = languageOf(customer?.locale) ?? languageOf(door.company.locale) ?? settings.fallbackLanguage;
    return {
      door,
      call,
      line,
      callerPhone,
      customer,
      callerIsProven,
      speech: speechFor(language, branchId === null ? home : zoneAt(branchId), nowMs),
      nowMs,
      callbacks,
      waitlist,
      zoneOf: zoneAt,
      onError: settings.onError,
    };
  }
}

/** The arguments as they may be kept. What was asked stands apart from what it came to. */
function toldArgs({ words }: AnyVoiceFunction, args: Checked<unknown>): ReturnType<typeof maskFields> {
  if (!args.ok) return { wrong: args.errors.map(({ path }) => path).join(', ') };
  const masked = maskFields(args.value as Readonly<Record<string, unknown>>, words);
  return Object.fromEntries(Object.entries(masked).map(([name, value]) => [`arg.${name}`, value]));
}

/** The stored call; noted now when no event of it has come yet. Undefined when another company has it. */
async function sessionOf({ door, line }: Tenant, payload: CallPayload): Promise<Call | undefined> {
  const known = await door.calls.get(PROVIDER, payload.call_id);
  if (known !== undefined) {
    // Whoever asks is still there, whether or not his question leaves anything behind in the call.
    await door.calls.heard(known);
    return known;
  }
  const startedMs = payload.start_timestamp;
  return recordCall(door, payload.call_id, { status: 'ongoing', startedMs, ...origin(payload, line) });
}

function zoneOf(name: string): Zone {
  const found = zoneNamed(name);
  if (!found.ok) throw new Error(`The company's time zone ${name} is unknown to this machine.`);
  return found.zone;
}
