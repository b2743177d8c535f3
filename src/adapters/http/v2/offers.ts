import { z } from 'zod';
import { json } from '../reply.ts';
import { endpoint } from './endpoint.ts';
import { instant } from './fields.ts';
import { takingRefusals } from './refusalSets.ts';
import { slotSchema, slotView } from './slotView.ts';
import { wishFields } from './wishFields.ts';

const offerSchema = z
  .strictObject({
    offer: z.string().meta({ description: 'Signed token: take it to a hold or an appointment.' }),
    slot: slotSchema,
  })
  .meta({ id: 'Offer' });

/** Makes a start promisable. Nothing is stored: the token proves what was offered, not that it is still free. */
export const makeOffer = endpoint({
  method: 'POST',
  path: '/offers',
  id: 'makeOffer',
  tag: 'Booking',
  summary: 'Signs a bookable start, so that it can be given away and taken back.',
  body: z.strictObject({
    ...wishFields,
    start: instant,
  }),
  answers: { 200: { description: 'The offer.', schema: offerSchema } },
  refusals: takingRefusals,
  async run({ door, body }) {
    const checked = await door.check(body);
    if (!checked.ok) return checked;
    const { token, slot } = door.offer(checked.slot);
    return json(200, { offer: token, slot: slotView(slot) });
  },
});
