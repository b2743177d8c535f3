import { readInstant, type FieldError } from '../../../adapter.ts';

/** Reads an instant of a request; what is wrong with it is added to the errors. */
export function msOf(text: string | undefined, path: string, errors: FieldError[]): number | undefined {
  if (text === undefined) return undefined;
  const instant = readInstant(text, path);
  if (typeof instant === 'number') return instant;
  errors.push(instant);
  return undefined;
}
