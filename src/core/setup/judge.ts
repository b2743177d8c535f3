import type { FieldError } from '../refusals.ts';
import type { CompanyDefinition, Definition } from './definition.ts';
import { doubles } from './doubles.ts';
import { fieldErrors, sayIssue } from './fieldErrors.ts';
import { contradictions } from './references.ts';
import { definitionSchema } from './schema.ts';

/** A document that is right in itself, or everything that is wrong about it. */
export type Judgement =
  | { readonly ok: true; readonly companies: readonly CompanyDefinition[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Where a company stands in a document. */
export const pathOf = (index: number): string => `companies[${index}]`;

/** A path within the first company of a document, without what stands before it. */
export const withinFirst = (path: string): string =>
  path.startsWith(`${pathOf(0)}.`) ? path.slice(pathOf(0).length + 1) : path === pathOf(0) ? 'company' : path;

/** Judges a document by itself: its form first, then what contradicts itself in it. */
export function judge(definition: Definition): Judgement {
  const parsed = definitionSchema.safeParse(definition, { error: sayIssue });
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error, 'document') };
  // The schema has the same shape; it only spells optional fields with undefined.
  const { companies } = parsed.data as Definition;
  const errors = [...companies.flatMap((company, i) => contradictions(company, pathOf(i))), ...doubles(companies)];
  return errors.length > 0 ? { ok: false, errors } : { ok: true, companies };
}
