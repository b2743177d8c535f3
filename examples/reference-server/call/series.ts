import { randomBytes, randomInt } from 'node:crypto';
import { askApi } from './api.ts';
import { holidayOn, nextHoliday, nextWorkingDay, shifted } from './holidayDates.ts';
import { daysAhead, haircut, newCaller, startOf, type Stage } from './scene.ts';

const WEEKS = 4;
const RULE = `FREQ=WEEKLY;COUNT=${WEEKS}`;

interface Occurrence {
  readonly start: string;
  readonly startMs: number;
  readonly refusal: { readonly code: string } | null;
  /** What was booked; where it was only looked at, `slot`. */
  readonly appointment?: { readonly id: string; readonly groupId: string } | null;
  readonly slot?: object | null;
}
interface Series {
  readonly groupId: string | null;
  readonly occurrences: readonly Occurrence[];
}

/** The same time each week, past a holiday: each occurrence has its own answer, and all are cancelled together. */
export async function series(stage: Stage): Promise<void> {
  const { report, check, rows } = stage;
  report.scene('The front desk books a haircut for each week; what falls on a holiday is left out');
  const first = firstDate();
  const { body, time } = await freeSeries(stage, first, newCaller(rows));
  const key = `series-${randomBytes(8).toString('hex')}`;
  const booked = await askApi<Series>(stage, { method: 'POST', path: '/series', body, key });
  const { occurrences, groupId } = booked.body;
  check.same('a series is booked', [booked.status, occurrences.length], [201, WEEKS]);
  for (const [week, { start, startMs, appointment, refusal }] of occurrences.entries()) {
    const date = shifted(first, 7 * week);
    const isHoliday = holidayOn(date) !== undefined;
    check.same('it stands at the same local time', startMs, startOf({ date, time }));
    check.same('its answer', refusal?.code, isHoliday ? 'SLOT_TAKEN' : undefined);
    check.same('appointments at this time', rows.bookedAt(appointment?.id ?? '', startMs), isHoliday ? 0 : 1);
    if (appointment) check.same('it belongs to the series', appointment.groupId, groupId);
    console.log(`      occurrence   ${start} ${refusal?.code ?? 'booked'}`);
  }
  const again = await askApi<Series>(stage, { method: 'POST', path: '/series', body, key });
  check.same('the same key books nothing more', [again.status, again.body.groupId], [200, groupId]);

  const made = occurrences.flatMap(({ appointment }) => (appointment ? [appointment.id] : []));
  const path = `/series/${groupId ?? ''}/cancel`;
  const cancelled = await askApi<Series>(stage, { method: 'POST', path, body: { scope: 'all' } });
  check.same('all are cancelled', [cancelled.status, cancelled.body.occurrences.length], [200, made.length]);
  for (const id of made)
    check.same('its rows', [rows.appointment(id)?.status, rows.claims(id).count], ['cancelled', 0]);
}

/** So that an occurrence falls on the next holiday; anywhere where none is near. */
function firstDate(): string {
  const holiday = nextHoliday();
  const before = holiday === undefined ? undefined : [14, 7].map((days) => shifted(holiday.date, -days));
  const dates = [...(before ?? []), nextWorkingDay(daysAhead(2 + randomInt(20)))];
  return dates.find((date) => date >= daysAhead(2) && holidayOn(date) === undefined) ?? daysAhead(2);
}

/** A series of which all is free but the holidays, as the host says when it only looks. */
async function freeSeries(
  stage: Stage,
  date: string,
  phone: string,
): Promise<{ readonly time: string; readonly body: object }> {
  const day = { from: startOf({ date, time: '00:00' }), to: startOf({ date, time: '23:59' }) };
  const range = `from=${iso(day.from)}&to=${iso(day.to)}`;
  const path = `/slots?service=${haircut.key}&${range}`;
  const listed = await askApi<{ readonly slots: readonly { readonly start: string }[] }>(stage, {
    method: 'GET',
    path,
  });
  for (const { start } of listed.body.slots) {
    const wish = {
      service: haircut.key,
      start,
      rule: RULE,
      conflicts: 'skip',
      customer: { name: 'Ida Beispiel', phone },
    };
    const checked = await askApi<Series>(stage, { method: 'POST', path: '/series/check', body: wish });
    const isFree = checked.body.occurrences.every(
      ({ slot }, week) => slot !== null || holidayOn(shifted(date, 7 * week)) !== undefined,
    );
    if (isFree) return { body: wish, time: start.slice(11, 16) };
  }
  throw new Error(`No time of ${date} is free for ${WEEKS} weeks; begin with an empty data folder.`);
}

const iso = (ms: number): string => new Date(ms).toISOString();
