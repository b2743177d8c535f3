import { randomInt } from 'node:crypto';
import { askApi, askUntil } from './api.ts';
import { dashed, documents, documentsWith } from './documentRows.ts';
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
  check.holds('he may wait for it', late.may_offer?.includes('join_waitlist') === true, late);
  const wish = { ...exactly, customer_name: 'Nils Muster' };
  const joined = await ask(stage, nils, 'join_waitlist', wish);
  check.same('Nils waits', joined.ok, true);
  check.same('joining again has the same answer', await ask(stage, nils, 'join_waitlist', wish), joined);
  const entries = documentsWith(rows, 'waitlist.entries', 'callId', dashed(rows.call(nils.id)?.id ?? ''));
  check.same('entries of his call', entries.length, 1);
  const path = `/waitlist/${entries[0]?.id ?? ''}`;
  const entry = await askApi<Entry>(stage, { method: 'GET', path });
  check.same('he is the first in line', [entry.body.status, entry.body.position], ['waiting', 1]);
  judgeEntry(stage, entry.body, 'waiting');
  const startMs = startOf(offer);

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

  const later = await pickUp(stage, nils.from);
  const kept = await ask(stage, later, 'next_available', { service });
  const [first] = kept.offers ?? [];
  check.same('calling again he is told of it', [first?.date, first?.time], [offer.date, offer.time]);
  const taken = await ask(stage, later, 'book', { offer: first?.number ?? 0 });
  check.same('and takes it', taken.ok, true);
  const accepted = await askApi<Entry>(stage, { method: 'GET', path });
  check.same('Nils has it', accepted.body.status, 'booked');
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
