import { seeded, shuffled } from '../measure/seeded.ts';

/** Monday, 7 o'clock UTC: the moment at which every operation takes place. */
export const NOW_MS = Date.UTC(2026, 10, 23, 7);
export const FIRST_MONDAY_MS = Date.UTC(2026, 10, 23);
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
export const HALF_HOUR_MS = 1_800_000;
export const GRAIN_MS = 300_000;

const COMPANIES = 500;
/** The company in which is measured lies in the middle of all keys. */
const MEASURED = 250;
const RESOURCES = 64;
/** Half hours of a week: the company works around the clock, so that there are places enough to book. */
const PLACES_A_WEEK = 7 * 48;
const BUSY_A_WEEK = 36;
const RESOURCES_OF_OTHERS = 4;
/** Weeks in which bookings are made: they are busy in a town of any size. */
const WEEKS_TO_BOOK = 2;

const kinds = { company: 1, branch: 2, service: 3, resource: 4, appointment: 5, customer: 6 } as const;

/** An id that the kind and the number determine, in the order of both. */
const townId = (kind: keyof typeof kinds, number: number): string => numberedId(kinds[kind], number);

/** @param kind - below 65,536; those from 4,096 on are free for what is made in a measurement */
export const numberedId = (kind: number, number: number): string =>
  `019a${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** The company in which is measured. */
export const measured = {
  company: townId('company', MEASURED),
  branch: townId('branch', MEASURED),
  service: townId('service', MEASURED),
  resources: Array.from({ length: RESOURCES }, (_, index) => townId('resource', MEASURED * 1000 + index)),
} as const;

/** Half an hour of one resource. */
export interface Place {
  readonly resource: string;
  readonly startMs: number;
}

const startOf = (week: number, place: number): number => FIRST_MONDAY_MS + week * WEEK_MS + place * HALF_HOUR_MS;

/** The places of a week in another order for each resource: the first are busy, the others free. */
const placesOf = (resource: number, week: number): number[] =>
  shuffled(
    Array.from({ length: PLACES_A_WEEK }, (_, place) => place),
    seeded(resource * 1000 + week),
  );

/** Free half hours of the measured company, the same in every town, in no order. */
export function freePlaces(): readonly Place[] {
  const free: Place[] = [];
  for (const [index, resource] of measured.resources.entries())
    for (let week = 0; week < WEEKS_TO_BOOK; week++)
      for (const place of placesOf(index, week).slice(BUSY_A_WEEK))
        free.push({ resource, startMs: startOf(week, place) });
  return shuffled(free, seeded(5));
}

/** How many weeks are busy in the measured company: at least one of a hundred appointments of the town is its own. */
export const busyWeeks = (appointments: number): number =>
  Math.max(WEEKS_TO_BOOK, Math.ceil(appointments / 100 / (RESOURCES * BUSY_A_WEEK)));

/** An appointment of the town. */
interface Stored extends Place {
  readonly company: number;
  readonly number: number;
}

/** All appointments, in the order of company, resource and start. */
function* appointmentsOf(appointments: number): Generator<Stored> {
  const weeks = busyWeeks(appointments);
  const own = RESOURCES * BUSY_A_WEEK * weeks;
  const others = COMPANIES - 1;
  let number = 0;
  for (let company = 0; company < COMPANIES; company++) {
    if (company === MEASURED) {
      for (const [index, resource] of measured.resources.entries())
        for (let week = 0; week < weeks; week++) {
          const busy = placesOf(index, week).slice(0, BUSY_A_WEEK);
          for (const place of busy.sort((a, b) => a - b))
            yield { company, resource, startMs: startOf(week, place), number: number++ };
        }
      continue;
    }
    const rank = company < MEASURED ? company : company - 1;
    const count = Math.floor((appointments - own + rank) / others);
    const each = Math.ceil(count / RESOURCES_OF_OTHERS);
    for (let nth = 0; nth < count; nth++) {
      const resource = townId('resource', company * 1000 + Math.floor(nth / each));
      const [week, place] = [Math.floor((nth % each) / BUSY_A_WEEK), ((nth % each) % BUSY_A_WEEK) * 9];
      yield { company, resource, startMs: startOf(week, place), number: number++ };
    }
  }
}

/** What a column of a filled table may hold; ids as their text. */
export type Cell = null | number | string;

/** A table to be filled before anything is measured, in the order of its key. */
export interface Filling {
  readonly table: string;
  readonly columns: readonly string[];
  /** Which of the columns are ids. */
  readonly ids: readonly string[];
  rows(): Iterable<readonly Cell[]>;
}

function filling(table: string, columns: string, ids: string, rows: () => Iterable<readonly Cell[]>): Filling {
  return { table, columns: columns.split(' '), ids: ids.split(' '), rows };
}

/** Everything that a town of that many appointments holds. */
export const townOf = (appointments: number): readonly Filling[] => [
  filling(
    'companies',
    'company_id company_key name time_zone locale country grain_minutes policies active revision',
    'company_id',
    function* () {
      for (let company = 0; company < COMPANIES; company++) {
        const text = `salon-${company}`;
        yield [townId('company', company), text, text, 'Europe/Berlin', 'de-DE', 'DE', 5, '{}', 1, 1];
      }
    },
  ),
  filling('customers', 'company_id id phone name email locale name_key no_shows', 'company_id id', function* () {
    for (const { company, number } of appointmentsOf(appointments)) {
      if (number % 8 !== 0) continue;
      const phone = `+4930${String(number).padStart(9, '0')}`;
      yield [
        townId('company', company),
        townId('customer', number),
        phone,
        `Customer ${number}`,
        null,
        null,
        `customer ${number}`,
        0,
      ];
    }
  }),
  filling(
    'appointments',
    'company_id id branch_id service_id resource_ids start_ms end_ms spans customer_id status version source call_id' +
      ' price_minor price_currency notes metadata created_ms updated_ms group_id details staff_id',
    'company_id id branch_id service_id customer_id call_id group_id staff_id',
    function* () {
      for (const { company, resource, startMs, number } of appointmentsOf(appointments)) {
        const endMs = startMs + HALF_HOUR_MS;
        const [branch, service] = [townId('branch', company), townId('service', company)];
        const customer = townId('customer', number - (number % 8));
        yield [
          townId('company', company), townId('appointment', number), branch, service, `["${resource}"]`, startMs, endMs,
          `[["${resource}",${startMs},${endMs}]]`, customer, 'confirmed', 1, 'http', null, 4500, 'EUR', null, '{}',
          NOW_MS, NOW_MS, null, null, resource,
        ]; // prettier-ignore
      }
    },
  ),
  filling(
    'spans',
    'company_id resource_id start_ms owner_id end_ms expires_ms first_cell end_cell',
    'company_id resource_id owner_id',
    function* () {
      for (const { company, resource, startMs, number } of appointmentsOf(appointments)) {
        const endMs = startMs + HALF_HOUR_MS;
        const owner = townId('appointment', number);
        const [first, end] = [startMs / GRAIN_MS, endMs / GRAIN_MS];
        yield [townId('company', company), resource, startMs, owner, endMs, null, first, end];
      }
    },
  ),
  filling('claims', 'company_id subject cell ordinal owner_id expires_ms', 'company_id subject owner_id', function* () {
    for (const { company, resource, startMs, number } of appointmentsOf(appointments)) {
      const [id, owner, first] = [townId('company', company), townId('appointment', number), startMs / GRAIN_MS];
      for (let cell = first; cell < first + HALF_HOUR_MS / GRAIN_MS; cell++) yield [id, resource, cell, 0, owner, null];
    }
  }),
];
