import { z } from 'zod';
import type { FieldError } from '../../../adapter.ts';

type Kind = 'text' | 'number' | 'boolean' | 'list';

/** Reads a query string into the values that its schema judges. */
export type QueryReader = (search: string) => { readonly value: object; readonly errors: readonly FieldError[] };

/** Prepares a reader: texts become numbers, booleans and lists only where the schema asks for them. */
export function queryReader(schema: z.ZodObject): QueryReader {
  const kinds = new Map(Object.entries(schema.shape).map(([name, field]) => [name, kindOf(field)]));
  return (search) => {
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const errors: FieldError[] = [];
    if (search !== '')
      for (const [name, text] of new URLSearchParams(search)) {
        const kind = kinds.get(name) ?? 'text';
        const present = value[name];
        if (kind === 'list')
          value[name] = [...(Array.isArray(present) ? (present as unknown[]) : []), ...text.split(',')];
        else if (present !== undefined) errors.push({ path: name, message: 'is given twice' });
        else value[name] = valueOf(text, kind);
      }
    return { value, errors };
  };
}

function kindOf(field: unknown): Kind {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return kindOf(field.unwrap());
  if (field instanceof z.ZodNumber) return 'number';
  if (field instanceof z.ZodBoolean) return 'boolean';
  return field instanceof z.ZodArray ? 'list' : 'text';
}

/** What is no number or boolean stays a text, for the schema to refuse. */
function valueOf(text: string, kind: Kind): unknown {
  if (kind === 'number') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}
