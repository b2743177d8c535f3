import { randomInt } from 'node:crypto';
import type { OfferTold } from './provider.ts';
import { ask, daysAhead, newCaller, pickUp, startOf, type Stage } from './scene.ts';

/** How long each part of the perm occupies whoever does it, and when it begins, in minutes from the start. */
const PERM = [
  [0, 50],
  [65, 70],
  [80, 135],
] as const;
const MASSAGE_MINUTES = 30;

/** A service of several parts, and one that needs somebody and a room. */
export async function composite(stage: Stage): Promise<void> {
  const { report, check, rows } = stage;
  report.scene('Cem books a perm, which leaves its stylist free in between, and a massage, which needs a room as well');
  const call = await pickUp(stage, newCaller(rows));
  const perm = await bookNext(stage, call, 'Dauerwelle');
  const startMs = startOf(perm.offer);
  const at = (minutes: number): number => startMs + minutes * 60_000;
  check.same(
    'the perm occupies its own time alone',
    rows.spans(perm.id),
    PERM.map(([from, to]) => ({ resource: perm.offer.with, startMs: at(from), endMs: at(to) })),
  );
  const massage = await bookNext(stage, call, 'Kopfhautmassage');
  const fromMs = startOf(massage.offer);
  const spans = rows.spans(massage.id).map(({ resource, ...time }) => ({ isRoom: resource === 'Ruheraum', ...time }));
  const time = { startMs: fromMs, endMs: fromMs + MASSAGE_MINUTES * 60_000 };
  check.same(
    'the massage occupies somebody and the room',
    spans.toSorted((left, right) => Number(left.isRoom) - Number(right.isRoom)),
    [
      { isRoom: false, ...time },
      { isRoom: true, ...time },
    ],
  );
}

async function bookNext(
  stage: Stage,
  call: Awaited<ReturnType<typeof pickUp>>,
  service: string,
): Promise<{ readonly id: string; readonly offer: OfferTold }> {
  const { check, rows, report } = stage;
  const before = new Set(rows.appointmentsOf(call.id).map(({ id }) => id));
  const next = await ask(stage, call, 'next_available', { service, from: daysAhead(2 + randomInt(40)) });
  const [offer] = next.offers ?? [];
  if (offer === undefined) throw new Error(`${service} is offered at no time: ${JSON.stringify(next)}`);
  const booked = await ask(stage, call, 'book', { offer: offer.number, customer_name: 'Cem Beispiel' });
  check.same(`${service} is booked`, booked.ok, true);
  const made = rows.appointmentsOf(call.id).filter(({ id }) => !before.has(id));
  check.same(`appointments made for ${service}`, made.length, 1);
  const id = made[0]?.id ?? '';
  report.appointment(id);
  return { id, offer };
}
