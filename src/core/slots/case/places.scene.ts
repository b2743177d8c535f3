import { least, range } from './least.scene.ts';
import { parseCase } from './parseCase.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An object of the case file: one that is complete, and the case in which it stands. */
interface Place {
  readonly complete: Fields;
  readonly within: (fields: Fields) => unknown;
}

const start = '2026-11-24T09:00:00Z';
const end = '2026-11-24T10:00:00Z';
const now = '2026-11-23T09:00:00Z';
const anna = { id: 'anna', busy: [{ start, end }] };
const service = { durationMinutes: 60 };

const inCase = (fields: Fields): unknown => ({ ...least, now, ...fields });
const inService = (fields: Fields): unknown => inCase({ service: { ...service, ...fields } });
const inResource = (fields: Fields): unknown => inCase({ resources: [{ ...anna, ...fields }] });
const inVisit = (fields: Fields): unknown => inCase({ service: undefined, visit: { ...visit, ...fields } });
const visit = { services: ['cut', 'wash'].map((id) => ({ ...service, id })) };

/** Every object of the case file by its name in the schema. */
export const PLACES: Readonly<Record<string, Place>> = {
  case: { complete: { ...least, now }, within: (fields) => fields },
  range: { complete: range, within: (fields) => inCase({ range: fields }) },
  service: { complete: service, within: (fields) => inCase({ service: fields }) },
  segment: {
    complete: { durationMinutes: 30, gapAfterMinutes: 5 },
    // Kinds in every segment, so that each may have some of its own.
    within: (fields) =>
      inService({ ...kinds, durationMinutes: undefined, segments: [fields, { durationMinutes: 30 }] }),
  },
  gap: {
    complete: { min: 0, max: 0 },
    within: (gapAfterMinutes) =>
      inService({
        ...kinds,
        durationMinutes: undefined,
        segments: [{ durationMinutes: 30, gapAfterMinutes }, { durationMinutes: 30 }],
      }),
  },
  visit: { complete: visit, within: (fields) => inCase({ service: undefined, visit: fields }) },
  visitedService: {
    complete: { id: 'cut', durationMinutes: 30 },
    within: (fields) => inVisit({ services: [fields, { ...service, id: 'wash' }] }),
  },
  limits: { complete: { perDay: 1 }, within: (limits) => inService({ limits }) },
  schedule: { complete: { timeZone: 'UTC' }, within: (salon) => inCase({ schedules: { salon } }) },
  resource: { complete: anna, within: (fields) => inCase({ resources: [fields] }) },
  session: {
    complete: { start, resources: ['anna'], taken: 1 },
    within: (session) =>
      inCase({ service: { ...service, seats: 1_000 }, sessions: [session], resources: [busyForever] }),
  },
  customer: { complete: {}, within: (customer) => inCase({ customer }) },
  weekly: {
    complete: { days: ['mo'], from: '09:00', to: '10:00' },
    within: (weekly) => inResource({ weekly: [weekly] }),
  },
  override: {
    complete: { date: '2026-11-24', windows: [] },
    within: (override) => inResource({ overrides: [override] }),
  },
  window: {
    complete: { from: '09:00', to: '10:00' },
    within: (window) => inResource({ overrides: [{ date: '2026-11-24', windows: [window] }] }),
  },
  dates: {
    complete: { from: '2026-12-24', to: '2026-12-26' },
    within: (dates) => inResource({ closedDates: [dates] }),
  },
  interval: { complete: { start, end }, within: (interval) => inResource({ timeOff: [interval] }) },
  busy: { complete: { start, end }, within: (busy) => inResource({ busy: [busy] }) },
  wish: { complete: {}, within: (wish) => inCase({ wish }) },
  ask: { complete: { wish: {} }, within: (ask) => inCase({ ask: asking(ask) }) },
};

const kinds = { assign: { staff: 1 } };
const busyForever = { id: 'anna', busy: [{ start: '2000-01-01T00:00Z', end: '2100-01-01T00:00Z' }] };

/** One question takes the place of another. */
function asking({ wish, ...others }: Fields): Fields {
  const [other] = Object.keys(others);
  return other === undefined || other === 'count' ? { wish, ...others } : others;
}

/** The complete object of a place. */
export function complete(name: string): Fields {
  return PLACES[name]?.complete ?? {};
}

/** Whether a complete object with some fields replaced is accepted; with a pattern, whether nothing is said that fits it. */
export function accepted(name: string, fields: Fields, pattern = /./): boolean {
  const parsed = parseCase(PLACES[name]?.within({ ...complete(name), ...fields }));
  return parsed.ok || !parsed.errors.some(({ message }) => pattern.test(message));
}
