import { z } from 'zod';
import { reference } from './fields.ts';

/** For how many people. */
const partySize = z
  .int()
  .min(1)
  .max(1_000)
  .optional()
  .meta({ description: 'How many people it is for, up to the seats of the service; left out: 1.' });

/** Fields that ask for several services in one visit. */
const visitFields = {
  services: z
    .array(reference)
    .min(2)
    .max(5)
    .optional()
    .meta({ description: 'Keys or ids of services that are done in one visit, in the place of `service`.' }),
  order: z.enum(['given', 'any']).optional().meta({ description: 'Of a visit: whether the order may be chosen.' }),
  maxWaitMinutes: z
    .int()
    .min(0)
    .max(480)
    .optional()
    .meta({ description: 'Of a visit: the longest wait between two services, a multiple of the grain; left out: 0.' }),
};

/** Fields that say who and what is asked for. */
export const wishFields = {
  service: reference.optional().meta({ description: 'Key or id; or else `services`.' }),
  ...visitFields,
  branch: reference.optional().meta({ description: 'Key or id; left out: any branch.' }),
  resource: reference.optional().meta({ description: 'Key or id; left out: anyone who can.' }),
  partySize,
  prefer: z
    .array(reference)
    .min(1)
    .max(50)
    .optional()
    .meta({ description: 'Keys or ids of those who shall serve if possible, most wanted first.' }),
};
