import type {
  Appointment,
  CompanyDefinition,
  GroupId,
  MovedSeries,
  SeriesMove,
  SeriesMoveOptions,
  SeriesWish,
} from '../../src/index.ts';
import { granted, refusedWith, salon, type Bench } from './salon.ts';

/** The first start of the series that {@link booked} books. */
export const TEN = '2026-11-24T10:00:00+01:00';

/** A salon whose appointments may begin every quarter of an hour. */
export const seriesSalon = (over: Partial<CompanyDefinition> = {}): CompanyDefinition =>
  salon({
    services: [
      { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 15, resources: ['anna', 'ben'] },
      { key: 'anna-only', name: 'Anna only', durationMinutes: 60, stepMinutes: 15, resources: ['anna'] },
      {
        key: 'colour',
        name: 'Colour',
        durationMinutes: 90,
        stepMinutes: 30,
        price: { amountMinor: 9000, currency: 'EUR' },
        resources: ['anna'],
      },
    ],
    ...over,
  });

interface Booked {
  readonly group: GroupId;
  readonly appointments: readonly Appointment[];
}

/** Books on so many days in turn. */
export async function booked({ door }: Bench, over: Partial<SeriesWish> = {}, count = 3): Promise<Booked> {
  const wish = { target: { service: 'anna-only', start: TEN }, rule: `FREQ=DAILY;COUNT=${count}`, ...over };
  const { groupId, occurrences } = granted(await door.bookSeries(wish, { customer: { name: 'Erika' } }));
  if (groupId === null) throw new Error('nothing was booked');
  return { group: groupId, appointments: occurrences.map((each) => granted(each).appointment) };
}

/** A change of all occurrences. */
export const all = (change: SeriesMove['change'], over: Partial<SeriesMove> = {}): SeriesMove => ({
  scope: 'all',
  change,
  ...over,
});

/** Moves; a refusal of the whole fails the test. */
export const moved = async (
  { door }: Bench,
  group: GroupId,
  move: SeriesMove,
  options?: SeriesMoveOptions,
): Promise<MovedSeries> => granted(await door.rescheduleSeries(group, move, options));

/** What came of each, in a word. */
export const told = ({ occurrences }: MovedSeries): readonly string[] =>
  occurrences.map((each) => {
    if (!each.ok) return refusedWith(each);
    return each.previousMs === null ? 'unchanged' : each.isShifted ? 'shifted' : 'moved';
  });

/** A series as it is stored. */
export const rows = async ({ door }: Bench, groupId: GroupId): Promise<readonly Appointment[]> =>
  granted(await door.listAppointments({ groupId, limit: 200 })).page.items;

/** Day and time in winter's Berlin of each occurrence. */
export const starts = async (at: Bench, group: GroupId): Promise<readonly string[]> =>
  (await rows(at, group)).map(({ startMs }) => new Date(startMs + 3_600_000).toISOString().slice(8, 16));

/** Books what belongs to no series. */
export const take = async (
  { door }: Bench,
  start: string,
  service = 'anna-only',
  partySize = 1,
): Promise<Appointment> =>
  granted(await door.book({ service, start: `2026-11-${start}:00+01:00`, partySize })).appointment;
