import { z } from 'zod';
import {
  definitionSchema,
  refuse,
  type Applied,
  type Change,
  type CompanyDoor,
  type Definition,
} from '../../../adapter.ts';
import { json } from '../reply.ts';
import { conflictPage, conflictPageView } from './conflicts.ts';
import { endpoint } from './endpoint.ts';
import { id } from './fields.ts';

/** What a change of the configuration came to. */
export const changeSchema = z
  .strictObject({
    action: z.enum(['create', 'update', 'deactivate', 'reactivate', 'delete']),
    path: z.string(),
    fields: z.array(z.string()),
  })
  .meta({ id: 'ConfigurationChange' });

/** Changes as plain values. */
export const changesView = (changes: readonly Change[]): z.output<typeof changeSchema>[] =>
  changes.map(({ action, path, fields }) => ({ action, path, fields: [...fields] }));

const appliedSchema = z
  .strictObject({
    changes: z.array(changeSchema),
    companies: z.array(z.strictObject({ key: z.string(), id, revision: z.int(), conflicts: conflictPage })),
  })
  .meta({ id: 'Applied' });

const appliedView = async (door: CompanyDoor, { changes, companies }: Applied): Promise<object> => ({
  changes: changesView(changes),
  companies: await Promise.all(
    companies.map(async ({ key, id, revision, conflicts }) => ({
      key,
      id,
      revision,
      conflicts: await conflictPageView(door, conflicts),
    })),
  ),
});

/** Applies a setup document to the key's own company. */
export const applySetup = endpoint({
  method: 'POST',
  path: '/setup',
  id: 'applySetup',
  tag: 'Company',
  summary: "Brings the company's configuration into the state that a setup document describes.",
  query: z.strictObject({ dryRun: z.boolean().optional().meta({ description: 'Only tells what it would change.' }) }),
  body: definitionSchema,
  maxBodyBytes: 1_048_576,
  answers: { 200: { description: 'What changed, or would change.', schema: appliedSchema } },
  refusals: ['COMPANY_UNKNOWN', 'CONFIG_CONFLICT'],
  async run({ engine, door, query, body }) {
    // A key of one company neither changes another one nor learns whether there is one.
    if (body.companies.some(({ key }) => key !== door.company.key)) return refuse('COMPANY_UNKNOWN', {});
    const own = body.companies.findIndex(({ keys }) => keys !== undefined);
    if (own >= 0) {
      const message = 'cannot be set over HTTP, or a stolen key could make itself others; use the command line';
      return refuse('INPUT_INVALID', { errors: [{ path: `companies[${own}].keys`, message }] });
    }
    // The schema has the same shape; it only spells optional fields with undefined.
    const applied = await engine.setup.apply(body as Definition, { dryRun: query.dryRun, keepKeys: true });
    return applied.ok ? json(200, await appliedView(door, applied)) : applied;
  },
});
