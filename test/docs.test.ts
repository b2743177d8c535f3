import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogues, refusalFields } from '../scripts/catalogues.ts';
import { refusals } from '../src/core/refusals.ts';

const root = join(import.meta.dirname, '..');

test('the pages on refusals and faults say what the tables say', async () => {
  for (const { path, text } of await catalogues(root)) expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

test('the fields that a refusal carries are read from its type', () => {
  const fields = refusalFields(readFileSync(join(root, 'src/core/refusals.ts'), 'utf8'));
  expect([...fields.keys()]).toEqual(Object.keys(refusals));
  expect(fields.get('RULE_REFUSED')).toEqual(['reasons', 'alternatives', 'rule']);
  expect(fields.get('RESOURCE_NOT_QUALIFIED')).toEqual(['resource', 'service']);
  expect(fields.get('COMPANY_UNKNOWN')).toEqual([]);
});
