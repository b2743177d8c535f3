import type { z } from 'zod';
import type { FieldError } from '../refusals.ts';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

const unitOf = (origin: string): string =>
  origin === 'string'
    ? ' characters'
    : origin === 'array'
      ? ' entries'
      : origin === 'number' || origin === 'int'
        ? ''
        : ` ${origin}`;

/** Says what would be right, in one clause that follows the field's name. */
export function sayIssue(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return 'is not known here';
    default:
      return undefined;
  }
}

/**
 * The errors of a schema by path; a field that is not known is named itself, not the object around it.
 * @param root - stands for the whole value, where that is what is wrong
 */
export const fieldErrors = (error: z.ZodError, root: string): FieldError[] =>
  error.issues.flatMap((issue) => errorsOf(issue, root));

function errorsOf(issue: Issue, root: string): readonly FieldError[] {
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => ({ path: path.reduce<string>(join, '') || root, message: issue.message }));
}

const join = (path: string, part: PropertyKey): string =>
  typeof part === 'number' ? `${path}[${part}]` : path === '' ? String(part) : `${path}.${String(part)}`;
