import { expect, test } from 'vitest';
import { frontDesk, type DeskOptions, type FrontDesk } from './frontDesk.ts';

/** What is told as it should be. */
export type Scenario = (desk: FrontDesk) => Promise<void>;

/** A guard taken away. */
export interface Unguarded extends DeskOptions {
  /** Done to the desk once it is open; what it answers is done when it closes. */
  readonly breaks?: (desk: FrontDesk) => (() => void) | undefined;
}

/**
 * A scenario as a test, and beside it the same scenario once for each guard that is taken away: it has to fail there, and
 * by what it expects, not by a fault of its own.
 */
export function guarded(
  name: string,
  scenario: Scenario,
  controls: Readonly<Record<string, Unguarded>>,
  options: DeskOptions = {},
): void {
  test(name, () => played(scenario, options));
  for (const [missing, unguarded] of Object.entries(controls))
    test(`control: ${missing}, and it fails`, async () => {
      const outcome = await played(scenario, { ...options, ...unguarded }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject({ name: 'AssertionError' });
    });
}

async function played(scenario: Scenario, { breaks, ...options }: Unguarded): Promise<void> {
  const desk = await frontDesk(options);
  let mend: (() => void) | undefined;
  try {
    mend = breaks?.(desk);
    await scenario(desk);
  } finally {
    mend?.();
    await desk.close();
  }
}
