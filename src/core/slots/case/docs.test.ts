import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errors } from './least.scene.ts';

const page = readFileSync(new URL('../../../../docs/case-file.md', import.meta.url), 'utf8');
const examples = Array.from(page.matchAll(/^```json\n(.*?)^```$/gms), ([, text = '']) => text);

test.each(examples)('the description of the case file has examples that are cases: %#', (text) => {
  expect(errors(text)).toEqual([]);
});

test('the description of the case file has an example', () => {
  expect(examples.length).toBeGreaterThan(0);
});
