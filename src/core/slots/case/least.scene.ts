import { parseCase } from './parseCase.ts';

/** The range of {@link least}. */
export const range = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' };

/** A case of required fields only. */
export const least = { range, service: { durationMinutes: 60 }, resources: [{ id: 'anna' }] };

/** The least case with fields added or replaced. */
export function edited(change: {
  readonly top?: object;
  readonly range?: object;
  readonly service?: object;
  readonly resource?: object;
}): unknown {
  return {
    ...least,
    range: { ...range, ...change.range },
    service: { ...least.service, ...change.service },
    resources: [{ id: 'anna', ...change.resource }],
    ...change.top,
  };
}

/** What is wrong with a case, as `path: message`. */
export function errors(input: unknown): readonly string[] {
  const parsed = parseCase(input);
  return parsed.ok ? [] : parsed.errors.map(({ path, message }) => `${path}: ${message}`);
}
