import type { CustomerId } from '../../src/core/model/ids.ts';
import type { EngineOptions } from '../../src/index.ts';
import { callbacks, Callbacks } from '../../src/plugins/callbacks/index.ts';
import { waitlist, Waitlist } from '../../src/plugins/waitlist/index.ts';
import { bench, granted, type Bench } from './salon.ts';

/** What is known of Eva. */
export const NAME = 'Eva Zimmerli-Quast';
/** The number that she calls from. */
export const PHONE = '+49301234567';
/** Her address. */
export const EMAIL = 'eva@quast.example';
/** Eva as a customer. */
export const person = { name: NAME, phone: PHONE, email: EMAIL };
/** Every text that names her. */
export const namesHer = [NAME, PHONE, EMAIL, '+49309999999'];
const START = '2026-11-24T10:00:00+01:00';

/** A salon that knows Eva in every way in which somebody can be known. */
export async function salonThatKnowsHer(
  how: Partial<EngineOptions> = {},
): Promise<Bench & { readonly eva: CustomerId }> {
  const at = await bench({ plugins: [waitlist(), callbacks()], relay: false, ...how });
  const { door, engine } = at;
  const told = { from: PHONE, to: '+4930555001', status: 'completed' } as const;
  const { call } = granted(await door.calls.record('acme', 'call-1', told));
  await door.calls.record('acme', 'call-1', {
    transcript: `Agent: Hallo\nUser: ${NAME} hier`,
    summary: `${NAME} books`,
    outcome: `sent to ${EMAIL}`,
  });
  await door.calls.addOffers('acme', 'call-1', ['a.b.c']);
  const options = { customer: person, notes: `for ${NAME}`, metadata: { mail: EMAIL }, callId: call.id };
  const booked = granted(await door.book({ service: 'cut', resource: 'anna', start: START }, options)).appointment;
  granted(await door.hold({ service: 'cut', resource: 'ben', start: START }, { owner: call.id }));
  const list = engine.get(Waitlist);
  const wish = { service: 'anna-only', start: START };
  const contact = { phone: '+49309999999', email: EMAIL };
  granted(await list.join(door.company.id, wish, { customer: person, contact, notes: `${NAME} waits` }));
  const asked = { reason: 'wants-person', callId: call.id, phone: PHONE, name: NAME, note: `ask ${NAME}` } as const;
  granted(await engine.get(Callbacks).create(door.company.id, asked));
  if (booked.customerId === null) throw new Error('the appointment has no customer');
  return { ...at, eva: booked.customerId };
}
