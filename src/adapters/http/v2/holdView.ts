import { z } from 'zod';
import { formatUtc, type Hold } from '../../../adapter.ts';
import { bookedFields, bookedView } from './bookedView.ts';
import { epochMs, id, iso } from './fields.ts';

/** A hold as it is answered; its owner is what authorises, so it is never told. */
export const holdSchema = z
  .strictObject({ id, ...bookedFields, expires: iso, expiresMs: epochMs })
  .meta({ id: 'Hold' });

/** A hold as a plain value. */
export const holdView = (hold: Hold, zoneOf: (branchId: string) => string): z.output<typeof holdSchema> => ({
  id: hold.id,
  ...bookedView(hold, zoneOf),
  expires: formatUtc(hold.expiresMs),
  expiresMs: hold.expiresMs,
});
