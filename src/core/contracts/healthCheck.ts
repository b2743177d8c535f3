import { contributionPoint } from '../kernel/contribution.ts';

/** Something that must work for the engine to be ready. */
export interface HealthCheck {
  readonly name: string;
  /** Resolves when all is well; what it rejects with becomes the detail, so it must hold no secrets. */
  check(): Promise<void>;
}

/** Health checks that plugins contribute. */
export const HealthCheck = contributionPoint<HealthCheck>()('askpro/health-check');
