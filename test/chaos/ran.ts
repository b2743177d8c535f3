import { expect } from 'vitest';
import { isAsItMustBe, type ChaosLine, type Scenario } from './scenario.ts';

/** Runs the short form of a scenario with its controls, and expects of every line that it shows what it must. */
export async function expectItHolds({ run, dialects }: Scenario): Promise<readonly ChaosLine[]> {
  const told: string[] = [];
  const lines: ChaosLine[] = [];
  const options = { dialects, effort: 'short', control: true, note: (text: string) => told.push(text) } as const;
  for await (const line of run(options)) lines.push(line);
  expect(told).toEqual([]);
  expect(lines.filter((line) => !isAsItMustBe(line))).toEqual([]);
  return lines;
}

/** Whether each of the dialects has a run with its guard and one without. */
export const hasBoth = (lines: readonly ChaosLine[], dialects: readonly string[]): boolean =>
  dialects.every((dialect) =>
    [undefined, true].every((control) => lines.some((line) => line.dialect === dialect && line.control === control)),
  );
