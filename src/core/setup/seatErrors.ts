import type { FieldError } from '../refusals.ts';
import { compositionOf } from './compositions.ts';
import type { ServiceDefinition } from './definition.ts';

/** What a service that is held in sessions may not have: all who take part meet the same people, for the same time. */
export function seatErrors(service: ServiceDefinition): readonly FieldError[] {
  const { seats = 1, segments = [], keep = 'required' } = service;
  if (seats === 1) return [];
  const errors: FieldError[] = [];
  const add = (path: string, message: string): void =>
    void errors.push({ path, message: `${message}, because the service has seats` });
  if (keep !== 'required') add('keep', 'must be required');
  // Whatever is left out stands for what the service says.
  const { assign, skills } = compositionOf(service, (key) => key as never);
  const served = segments.map((segment) => ({
    assign: canonical(segment.assign ?? assign),
    skills: canonical(segment.skills ?? skills),
  }));
  segments.forEach(({ gapAfterMinutes: gap }, i) => {
    const where = `segments[${i}]`;
    if (typeof gap === 'object' && gap.min < gap.max) add(`${where}.gapAfterMinutes`, 'must be a number');
    for (const field of ['assign', 'skills'] as const)
      if (served[i]?.[field] !== served[0]?.[field]) add(`${where}.${field}`, 'must be the same as in segments[0]');
  });
  return errors;
}

/** A text that is the same for what means the same: how many, or which skills, of each kind. */
function canonical(of: string | Readonly<Partial<Record<string, number | readonly string[]>>>): string {
  if (typeof of === 'string') return of;
  const entries = Object.entries(of).flatMap(([kind, each]) => {
    if (each === undefined || (typeof each === 'object' && each.length === 0)) return [];
    return [`${kind} ${JSON.stringify(typeof each === 'number' ? each : [...new Set(each)].sort())}`];
  });
  return entries.sort().join();
}
