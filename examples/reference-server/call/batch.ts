import { randomInt } from 'node:crypto';
import { askApi } from './api.ts';
import { daysAhead, newCaller, salon, startOf, type Stage } from './scene.ts';

const SERVICE = 'beard-trim';

interface Item {
  readonly appointment: { readonly id: string; readonly startMs: number } | null;
  readonly refusal: { readonly code: string } | null;
}
interface Batch {
  readonly code?: string;
  readonly groupId: string | null;
  readonly items: readonly Item[];
}

/** Several at once: all or none, or whichever can be had. */
export async function batch(stage: Stage): Promise<void> {
  const { report, check, rows } = stage;
  report.scene('The front desk books three times at once, one of them at night');
  const phone = newCaller(rows);
  const from = startOf({ date: daysAhead(2 + randomInt(40)), time: '00:00' });
  const path = `/slots?service=${SERVICE}&from=${new Date(from).toISOString()}&count=30`;
  const listed = await askApi<{ readonly slots: readonly { readonly startMs: number }[] }>(stage, {
    method: 'GET',
    path,
  });
  // Those in between would overlap: a trim takes longer than the distance of two starts.
  const [one, , , two] = listed.body.slots.map(({ startMs }) => startMs);
  if (one === undefined || two === undefined) throw new Error('There are too few times to book at once.');
  const night = one - (one % 86_400_000) + 86_400_000;
  const starts = [one, night, two];
  const items = starts.map((startMs) => ({
    service: SERVICE,
    start: new Date(startMs).toISOString(),
    customer: { name: 'Jan Beispiel', phone },
  }));
  const whole = await askApi<Batch>(stage, {
    method: 'POST',
    path: '/appointments/batch',
    body: { mode: 'all', items },
  });
  check.same('all or none is none', [whole.status, whole.body.code], [409, 'BATCH_REFUSED']);
  check.same('and nothing of it is stored', rows.customerName(salon.company, phone), undefined);

  const each = await askApi<Batch>(stage, {
    method: 'POST',
    path: '/appointments/batch',
    body: { mode: 'each', items },
  });
  check.same('each by itself is booked', [each.status, each.body.items.length], [201, starts.length]);
  for (const [index, { appointment, refusal }] of each.body.items.entries()) {
    const startMs = starts[index] ?? NaN;
    const isNight = startMs === night;
    check.same('its answer', refusal?.code, isNight ? 'OUTSIDE_HOURS' : undefined);
    check.same('appointments at this time', rows.bookedAt(appointment?.id ?? '', startMs), isNight ? 0 : 1);
    console.log(`      item         ${new Date(startMs).toISOString()} ${refusal?.code ?? 'booked'}`);
    if (appointment !== null) report.appointment(appointment.id);
  }
}
