import { z } from 'zod';
import type { AppointmentId, HoldId, MoveWish, Replacing, StartWish } from '../../../adapter.ts';
import { id, instant, reference, version } from './fields.ts';

/** Fields that name a time: an offer, or a service and a start. */
export const targetFields = {
  offer: z
    .string()
    .min(1)
    .max(2_048)
    .optional()
    .meta({ description: 'Token of an offer, instead of service and start.' }),
  service: reference.optional().meta({ description: 'Key or id.' }),
  start: instant.optional(),
  branch: reference.optional().meta({ description: 'Key or id; left out: any branch.' }),
  resource: reference.optional().meta({ description: 'Key or id; left out: anyone who can.' }),
};

interface TargetInput {
  readonly offer?: string | undefined;
  readonly service?: string | undefined;
  readonly start?: string | undefined;
  readonly branch?: string | undefined;
  readonly resource?: string | undefined;
}

/** Adds what is wrong about the target's fields, seen together. */
export const judgeTarget = (input: TargetInput, context: z.RefinementCtx): void => judge(input, context, true);

/** The same where an appointment moves: what is left out beside the start stays as it is. */
export const judgeMove = (input: TargetInput, context: z.RefinementCtx): void => judge(input, context, false);

function judge(input: TargetInput, context: z.RefinementCtx, needsService: boolean): void {
  const add = (path: string, message: string): void => void context.addIssue({ code: 'custom', path: [path], message });
  const { offer, service, start, branch, resource } = input;
  if (offer === undefined) {
    if (needsService && service === undefined) add('service', 'is missing');
    if (start === undefined) add('start', 'is missing');
    return;
  }
  for (const [name, value] of Object.entries({ service, start, branch, resource }))
    if (value !== undefined) add(name, 'must be left out beside an offer, which has it already');
}

/** The target that judged fields name. */
export const targetOf = ({ offer, service, start, branch, resource }: TargetInput): string | StartWish =>
  offer ?? { service: service ?? '', start: start ?? '', branch, resource };

/** The target that judged fields of a move name. A field that is there would take the place of what is stored. */
export function moveOf({ offer, service, start, branch, resource }: TargetInput): string | MoveWish {
  if (offer !== undefined) return offer;
  return {
    start: start ?? '',
    ...(service === undefined ? {} : { service }),
    ...(branch === undefined ? {} : { branch }),
    ...(resource === undefined ? {} : { resource }),
  };
}

/** What the new time takes the place of. */
export const replacing = z
  .strictObject({
    hold: id.optional(),
    owner: z.string().min(1).max(128).optional(),
    appointment: id.optional(),
    version: version.optional(),
  })
  .superRefine(({ hold, owner, appointment, version }, context) => {
    const add = (path: string, message: string): void =>
      void context.addIssue({ code: 'custom', path: [path], message });
    if ((hold === undefined) === (appointment === undefined)) add('hold', 'or appointment must be given, and not both');
    if (hold !== undefined && owner === undefined) add('owner', 'is missing');
    if (hold === undefined && owner !== undefined) add('owner', 'belongs to a hold');
    if (hold !== undefined && version !== undefined) add('version', 'belongs to an appointment');
  })
  .optional()
  .meta({
    description: 'A hold (with its owner) or an appointment (with the version seen) that is given up for the new time.',
  });

/** The judged fields as the engine takes them. */
export function replacingOf(input: z.output<typeof replacing>): Replacing | undefined {
  if (input === undefined) return undefined;
  if (input.hold !== undefined) return { hold: input.hold as HoldId, owner: input.owner ?? '' };
  return { appointment: (input.appointment ?? '') as AppointmentId, version: input.version };
}
