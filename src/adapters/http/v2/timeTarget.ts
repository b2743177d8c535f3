import { z } from 'zod';
import type { AppointmentId, HoldId, HoldRef, MoveTarget, Replacing, StartWish, WishInput } from '../../../adapter.ts';
import { id, instant, version } from './fields.ts';
import { wishFields } from './wishFields.ts';

/** Fields that name a time: an offer, or a service and a start. */
export const targetFields = {
  offer: z
    .string()
    .min(1)
    .max(2_048)
    .optional()
    .meta({ description: 'Token of an offer, instead of service and start.' }),
  ...wishFields,
  start: instant.optional(),
};

interface TargetInput extends WishInput {
  readonly offer?: string | undefined;
  readonly start?: string | undefined;
}

/** Fields that name a hold. */
export const holdFields = {
  hold: id.optional().meta({ description: 'A hold, with its owner, instead of an offer or a start.' }),
  owner: z.string().min(1).max(128).optional(),
};

interface HoldInput {
  readonly hold?: string | undefined;
  readonly owner?: string | undefined;
}

/** Adds what is wrong about the target's fields, seen together. */
export const judgeTarget = (input: TargetInput, context: z.RefinementCtx): void => judge(input, context, true);

/** The same where a hold may be named too; `needsService` is false where what is left out stays as it is. */
export function judgeTargetOrHold(
  input: TargetInput & HoldInput,
  context: z.RefinementCtx,
  needsService: boolean,
): void {
  const { hold, owner, ...target } = input;
  if (hold === undefined) {
    if (owner !== undefined) add(context, 'owner', 'belongs to a hold');
    return judge(target, context, needsService);
  }
  if (owner === undefined) add(context, 'owner', 'is missing');
  refuseBeside(context, 'a hold', { offer: target.offer, ...wishIn(target), start: target.start });
}

function judge(input: TargetInput, context: z.RefinementCtx, needsService: boolean): void {
  const { offer, start } = input;
  if (offer !== undefined) return refuseBeside(context, 'an offer', { ...wishIn(input), start });
  if (needsService && input.service === undefined && input.services === undefined)
    add(context, 'service', 'is missing');
  if (start === undefined) add(context, 'start', 'is missing');
}

function refuseBeside(context: z.RefinementCtx, what: string, fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) add(context, name, `must be left out beside ${what}, which has it already`);
}

const add = (context: z.RefinementCtx, path: string, message: string): void =>
  void context.addIssue({ code: 'custom', path: [path], message });

/** Who and what judged fields ask for. A field that is there would take the place of what is stored. */
const wishIn = ({ branch, resource, partySize, prefer, ...what }: TargetInput): WishInput => ({
  ...visitIn(what),
  ...(branch === undefined ? {} : { branch }),
  ...(resource === undefined ? {} : { resource }),
  ...(partySize === undefined ? {} : { partySize }),
  ...(prefer === undefined ? {} : { prefer }),
});

/** The service, or those of a visit. */
export const visitIn = ({ service, services, order, maxWaitMinutes }: WishInput): WishInput => ({
  ...(service === undefined ? {} : { service }),
  ...(services === undefined ? {} : { services }),
  ...(order === undefined ? {} : { order }),
  ...(maxWaitMinutes === undefined ? {} : { maxWaitMinutes }),
});

/** The target that judged fields name. */
export const targetOf = (input: TargetInput): string | StartWish =>
  input.offer ?? { ...wishIn(input), start: input.start ?? '' };

/** The hold that judged fields name. */
export const holdRefOf = ({ hold, owner }: HoldInput): HoldRef | undefined =>
  hold === undefined ? undefined : { hold: hold as HoldId, owner: owner ?? '' };

/** The target that judged fields of a move name. */
export const moveOf = (input: TargetInput & HoldInput): MoveTarget =>
  holdRefOf(input) ?? input.offer ?? { start: input.start ?? '', ...wishIn(input) };

/** What the new time takes the place of. */
export const replacing = z
  .strictObject({
    hold: id.optional(),
    owner: z.string().min(1).max(128).optional(),
    appointment: id.optional(),
    version: version.optional(),
  })
  .superRefine(({ hold, owner, appointment, version }, context) => {
    if ((hold === undefined) === (appointment === undefined))
      add(context, 'hold', 'or appointment must be given, and not both');
    if (hold !== undefined && owner === undefined) add(context, 'owner', 'is missing');
    if (hold === undefined && owner !== undefined) add(context, 'owner', 'belongs to a hold');
    if (hold !== undefined && version !== undefined) add(context, 'version', 'belongs to an appointment');
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
