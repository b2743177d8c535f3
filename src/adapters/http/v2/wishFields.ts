import { z } from 'zod';
import { reference } from './fields.ts';

/** For how many people. */
const partySize = z
  .int()
  .min(1)
  .max(1_000)
  .optional()
  .meta({ description: 'How many people it is for, up to the seats of the service; left out: 1.' });

/** Fields that say who and what is asked for. */
export const wishFields = {
  service: reference.meta({ description: 'Key or id.' }),
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
