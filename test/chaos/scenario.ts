import type { DialectName } from './place.ts';

/** What one run of a scenario came to: one JSON object a line of the output. */
export interface ChaosLine {
  readonly scenario: string;
  readonly dialect: DialectName;
  readonly rounds: number;
  /** Writes that were tried, over all rounds. */
  readonly attempts: number;
  /** Everything that contradicts what was promised, what was lost included. */
  readonly violations: number;
  /** Writes that were acknowledged and are not there. */
  readonly lost: number;
  /** The guard was taken away: a run that must report violations. */
  readonly control?: true;
  /** What else the scenario counts or measures. */
  readonly [count: string]: string | number | boolean | undefined;
}

/** How a scenario is run. */
export interface ScenarioOptions {
  /** Those of the scenario's dialects that are asked for. */
  readonly dialects: readonly DialectName[];
  /** `full` as published; `short` finds the same faults within seconds and is what the tests run. */
  readonly effort: 'full' | 'short';
  /** In place of the rounds of the effort. */
  readonly rounds?: number | undefined;
  /** Whether each run has its control beside it. */
  readonly control: boolean;
  /** Told in words what was found wrong, and how far a long run has come. */
  readonly note: (text: string) => void;
}

/** One way in which things go wrong, played against real databases and judged by what is stored at the end. */
export interface Scenario {
  readonly name: string;
  /** One line for the list of scenarios. */
  readonly summary: string;
  readonly dialects: readonly DialectName[];
  /** Runs it on one dialect after the other; each line is told as soon as its run is over. */
  run(options: ScenarioOptions): AsyncIterable<ChaosLine>;
}

/** Whether a run shows what it must: a guarded one nothing wrong, a control something. */
export const isAsItMustBe = ({ control, violations, lost }: ChaosLine): boolean =>
  control === true ? violations > 0 : violations === 0 && lost === 0;
