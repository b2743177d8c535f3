import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { definitions, documentOf, garage, salon } from '../../src/core/setup/definitions.scene.ts';
import { bench, granted, refusedWith, type Bench } from './salon.ts';

let at: Bench;
beforeEach(async () => {
  at = await bench({ companies: [{ ...garage, key: 'bystander', numbers: [] }] });
});
afterEach(() => at.close());

/** The company that answers a number, by its key. */
const answers = async (to: string): Promise<string> => {
  const line = await at.engine.phone.resolve({ to });
  return line.ok ? line.company.key : line.refusal.code;
};

test('any history of documents, applied to a database: again changes nothing, a dry run tells what the run does', async () => {
  await fc.assert(
    fc.asyncProperty(definitions, async (definition) => {
      const dry = granted(await at.engine.setup.apply(definition, { dryRun: true }));
      const first = granted(await at.engine.setup.apply(definition));
      expect(dry.changes).toEqual(first.changes);
      const again = granted(await at.engine.setup.apply(definition));
      expect(again.changes).toEqual([]);
      expect(again.companies).toEqual(first.companies);
      for (const { key, numbers, branches } of definition.companies)
        for (const { number, branch, active } of numbers ?? []) {
          const open = branches.find((one) => one.key === branch)?.active ?? true;
          expect(`${number} ${await answers(number)}`).toBe(
            `${number} ${(active ?? true) && open ? key : 'NUMBER_INACTIVE'}`,
          );
        }
    }),
    { numRuns: 30 },
  );
});

test('a number passes from one company to another in one document, and is never answered by two', async () => {
  const [one, two] = ['+49301111111', '+49302222222'];
  const apply = async (a: readonly string[], b: readonly string[]): Promise<void> => {
    const numbers = (list: readonly string[]) => list.map((number) => ({ number }));
    granted(
      await at.engine.setup.apply(
        documentOf({ ...garage, key: 'a', numbers: numbers(a) }, { ...garage, key: 'b', numbers: numbers(b) }),
      ),
    );
  };
  await apply([one], [two]);
  expect([await answers(one), await answers(two)]).toEqual(['a', 'b']);
  await apply([two], [one]);
  expect([await answers(one), await answers(two)]).toEqual(['b', 'a']);
  await apply([], [one, two]);
  expect([await answers(one), await answers(two)]).toEqual(['b', 'b']);
});

test('what belongs to a company outside the document is refused, and the database stays as it was', async () => {
  granted(await at.engine.setup.apply(documentOf(salon)));
  const thief = {
    ...garage,
    numbers: [{ number: '+49301234567' }],
    keys: salon.keys ?? [],
    agents: [{ id: 'agent-2' }],
  };
  const answer = await at.engine.setup.apply(documentOf({ ...garage, key: 'newcomer', numbers: [] }, thief));
  expect(refusedWith(answer)).toBe('CONFIG_CONFLICT');
  expect(answer.ok ? [] : answer.refusal.errors.map(({ path }) => path)).toEqual([
    'companies[1].numbers[0].number',
    'companies[1].agents[0].id',
    'companies[1].keys[0].secret',
  ]);
  expect(granted(await at.engine.setup.apply(documentOf(salon))).changes).toEqual([]);
  const dry = granted(
    await at.engine.setup.apply(documentOf({ ...garage, key: 'newcomer', numbers: [] }), { dryRun: true }),
  );
  expect(dry.changes[0]).toMatchObject({ action: 'create', path: 'companies.newcomer' });
});

test('keys of a database: made, revoked for good, and never brought back by a document', async () => {
  granted(await at.engine.setup.apply(documentOf(salon)));
  const secret = salon.keys?.[0]?.secret ?? '';
  const entry = await at.engine.keys.authenticate(secret);
  expect(entry).toBeDefined();
  if (entry === undefined) return;
  const made = granted(await at.engine.keys.create(entry.companyId, 'cli'));
  expect(await at.engine.keys.authenticate(made.secret)).toMatchObject({ companyId: entry.companyId });
  granted(await at.engine.keys.revoke(entry.companyId, 'web'));
  expect(await at.engine.keys.authenticate(secret)).toBeUndefined();
  expect(refusedWith(await at.engine.setup.apply(documentOf(salon)))).toBe('CONFIG_CONFLICT');
  expect(await at.engine.keys.authenticate(secret)).toBeUndefined();
  expect(await at.engine.keys.authenticate(made.secret)).toBeDefined();
});
