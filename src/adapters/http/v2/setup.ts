import { z } from 'zod';
import { definitionSchema, refuse, type Applied, type Definition } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { endpoint } from './endpoint.ts';
import { id } from './fields.ts';

const appliedSchema = z
  .strictObject({
    changes: z.array(
      z.strictObject({
        action: z.enum(['create', 'update', 'deactivate', 'reactivate']),
        path: z.string(),
        fields: z.array(z.string()),
      }),
    ),
    companies: z.array(z.strictObject({ key: z.string(), id, revision: z.int() })),
  })
  .meta({ id: 'Applied' });

const appliedView = ({ changes, companies }: Applied): z.output<typeof appliedSchema> => ({
  changes: changes.map(({ action, path, fields }) => ({ action, path, fields: [...fields] })),
  companies: companies.map(({ key, id, revision }) => ({ key, id, revision })),
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
    return applied.ok ? json(200, appliedView(applied)) : applied;
  },
});
