import { randomInt } from 'node:crypto';
import { askApi, askUntil } from './api.ts';
import { documents } from './documentRows.ts';
import { ask, daysAhead, newCaller, pickUp, startOf, type Stage } from './scene.ts';

const SERVICE = { key: 'beard-trim', spoken: 'Bart trimmen' } as const;

/** An entry of the waitlist as the API tells it. */
interface Entry {
  readonly id: string;
  readonly status: string;
  readonly position: number | null;
  readonly offer: { readonly start: string; readonly expires: string } | null;
  readonly appointmentId: string | null;
}

/** A time that is taken: somebody waits for it, it becomes free, is held for him alone, and he takes it. */
export async function waiting(stage: Stage): Promise<void> {
  const { report, check, rows } = stage;
  report.scene('Ole has the time that Nils wants; Nils waits for it, Ole cancels, and Nils takes what is held for him');
  const ole = await pickUp(stage, newCaller(rows));
  const service = SERVICE.spoken;
  const next = await ask(stage, ole, 'next_available', { service, from: daysAhead(2 + randomInt(40)) });
  const [offer] = next.offers ?? [];
  if (offer === undefined) throw new Error(`${service} is offered at no time: ${JSON.stringify(next)}`);
  const booked = await ask(stage, ole, 'book', { offer: offer.number, customer_name: 'Ole Beispiel' });
  check.same('Ole has booked', booked.ok, true);
  const [his] = rows.appointmentsOf(ole.id);

  const nils = await pickUp(stage, newCaller(rows));
  const exactly = { service, date: offer.date, time: offer.time };
  const late = await ask(stage, nils, 'find_slots', exactly);
  check.same('the time is taken', [late.ok, late.reason], [false, 'SLOT_TAKEN']);
  const startMs = startOf(offer);
  const customer = { name: 'Nils Muster', phone: nils.from };
  const body = { service: SERVICE.key, start: new Date(startMs).toISOString(), customer };
  const joined = await askApi<Entry>(stage, { method: 'POST', path: '/waitlist', body, key: nils.id });
  check.same('Nils waits', [joined.status, joined.body.status, joined.body.position], [201, 'waiting', 1]);
  const again = await askApi<Entry>(stage, { method: 'POST', path: '/waitlist', body, key: nils.id });
  check.same('joining again is the same entry', [again.status, again.body.id], [200, joined.body.id]);
  const path = `/waitlist/${joined.body.id}`;
  judgeEntry(stage, joined.body, 'waiting');

  const cancelled = await ask(stage, ole, 'cancel', {});
  check.same('Ole has cancelled', [cancelled.ok, rows.appointment(his?.id ?? '')?.status], [true, 'cancelled']);
  const offered = await askUntil<Entry>(stage, { method: 'GET', path }, ({ status }) => status !== 'waiting');
  check.same('what is free is offered to Nils', offered.body.status, 'offered');
  check.same('it is the time he wants', Date.parse(offered.body.offer?.start ?? ''), startMs);
  judgeEntry(stage, offered.body, 'offered');
  check.same('it is held until then', rows.heldAt(startMs), [Date.parse(offered.body.offer?.expires ?? '')]);
  const third = await pickUp(stage, newCaller(rows));
  const meanwhile = await ask(stage, third, 'find_slots', exactly);
  check.same('nobody else gets it meanwhile', [meanwhile.ok, meanwhile.reason], [false, 'SLOT_TAKEN']);

  const accepted = await askApi<Entry>(stage, { method: 'POST', path: `${path}/accept` });
  check.same('Nils has it', [accepted.status, accepted.body.status], [200, 'booked']);
  judgeEntry(stage, accepted.body, 'booked');
  const id = accepted.body.appointmentId ?? '';
  const row = rows.appointment(id);
  check.same('appointment row', row && { status: row.status, startMs: row.startMs, phone: row.customerPhone }, {
    status: 'confirmed',
    startMs,
    phone: nils.from,
  });
  check.same('nothing is held any more', [rows.heldAt(startMs), rows.claims(id).expiring], [[], 0]);
  report.appointment(id);
}

/** Compares what is told of an entry with its document. */
function judgeEntry({ check, rows }: Stage, { id }: Entry, status: string): void {
  const found = documents(rows, id);
  check.same('documents of the entry', found.length, 1);
  check.same('document of the entry', found[0]?.['status'], status);
  console.log(`      waitlist     ${String(found[0]?.['status'])}`);
}
