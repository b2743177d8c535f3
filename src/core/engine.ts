import type { Companies } from './company/companies.ts';
import type { CompanyDoor } from './company/door.ts';
import type { EventName } from './events.ts';
import type { BootReport } from './kernel/boot.ts';
import type { ContributionPoint } from './kernel/contribution.ts';
import type { DomainEvents } from './kernel/domainEvents.ts';
import type { Unsubscribe } from './kernel/events.ts';
import type { EventListener } from './kernel/handlers.ts';
import type { Token } from './kernel/token.ts';
import type { CompanyId } from './model/ids.ts';
import type { Phone } from './phone/resolve.ts';
import type { Refused } from './refusals.ts';
import type { ApiKeys, Setup } from './setup/setup.ts';

/** Whether the engine can do its work. */
export interface Health {
  /** All checks passed and the engine is not stopping. */
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail?: string }[];
}

/** A running booking engine. */
export interface Engine {
  readonly phone: Phone;
  readonly setup: Setup;
  readonly keys: ApiKeys;
  /** How long each part took to come up. */
  readonly boot: BootReport;
  /** The door to one company; `ok` tells it from a refusal. */
  company(id: CompanyId): Promise<CompanyDoor | Refused<'COMPANY_UNKNOWN'>>;
  /** Observes an event after its commit, in process, at most once. */
  on<N extends EventName>(event: N, observe: EventListener<DomainEvents[N]>): Unsubscribe;
  /** What a plugin provides. */
  get<T>(token: Token<T>): T;
  /** What plugins contribute. */
  all<T>(point: ContributionPoint<T>): readonly T[];
  health(): Promise<Health>;
  /** Ends everything in reverse order of its start. */
  stop(): Promise<void>;
}

export type { Companies };
