import { expect, test } from 'vitest';
import { canHaveGalera } from '../servers/galera.ts';
import { galeraNode } from './galeraNode.ts';
import type { ChaosLine } from './scenario.ts';

test.skipIf(!canHaveGalera())(
  'when a node is killed under load, nothing is lost and nothing is double; control: without the key of the claims much is double',
  async () => {
    const lines: ChaosLine[] = [];
    const options = { effort: 'short', control: true, note: () => undefined } as const;
    for await (const line of galeraNode.run({ ...options, dialects: galeraNode.dialects })) lines.push(line);
    const [guarded, unguarded] = lines;
    expect(guarded).toMatchObject({ kills: 1, violations: 0, lost: 0 });
    expect(guarded?.['stallMs']).toBeGreaterThan(0);
    expect(unguarded?.control).toBe(true);
    expect(unguarded?.violations).toBeGreaterThan(0);
  },
  120_000,
);
