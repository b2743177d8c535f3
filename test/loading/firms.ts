import type { StorageFactory } from '../../src/adapter.ts';
import type { CompanyDefinition, CompanyDoor } from '../../src/index.ts';
import { bench, granted, salon, type Bench } from '../engine/salon.ts';

const DAY_MS = 86_400_000;

/** Midnight in Berlin before the first day that is booked, a Monday after which the clocks stay. */
export const FIRST_MS = Date.parse('2026-11-30T00:00:00+01:00');

/** A company with so many members of staff and as many rooms. */
export interface Firm {
  readonly key: string;
  readonly size: number;
  readonly isLimited: boolean;
}

/** Every size, without and with limits. */
export const firms: readonly Firm[] = [1, 10, 50].flatMap((size) =>
  [false, true].map((isLimited) => ({ key: `firm-${size}${isLimited ? '-limited' : ''}`, size, isLimited })),
);

const names = (what: string, size: number): readonly string[] =>
  Array.from({ length: size }, (_, index) => `${what}-${index}`);

/** Nobody works for four weeks from the tenth week on. */
const AWAY = { start: '2027-02-01T00:00:00+01:00', end: '2027-03-01T00:00:00+01:00' };
/** In the middle of them. */
export const AWAY_MS = Date.parse('2027-02-15T10:00:00+01:00');

/** What a firm is set up with. */
export function definitionOf({ key, size, isLimited }: Firm): CompanyDefinition {
  const [staff, rooms] = [names('staff', size), names('room', size)];
  const limits = isLimited ? { limits: { perDay: 1000, perWeek: 1000 } } : {};
  return salon({
    key,
    numbers: [],
    ...(isLimited ? { policies: { customerLimits: { perDay: 9 } } } : {}),
    resources: [
      ...staff.map((name) => ({ key: name, name, schedule: 'week', timeOff: [AWAY], ...limits })),
      ...rooms.map((name) => ({ key: name, name, schedule: 'week', kind: 'room' as const })),
    ],
    services: [
      { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30, resources: staff, ...limits },
      {
        key: 'massage',
        name: 'Massage',
        durationMinutes: 60,
        stepMinutes: 30,
        assign: { staff: 1, room: 1 },
        resources: [...staff, ...rooms],
      },
    ],
  });
}

/** A time of a day, counted from the first. */
export const at = (day: number, hour: number): number => FIRST_MS + day * DAY_MS + hour * 3_600_000;

/** These firms in one database, with four weeks of bookings. */
export async function town(built: readonly Firm[], storage?: StorageFactory): Promise<Bench> {
  const companies = built.map(definitionOf);
  const made = await bench({ companies, relay: false, ...(storage === undefined ? {} : { storage }) });
  for (const { key, size } of built) await fill(await made.open(key), size);
  return made;
}

const workdays = Array.from({ length: 28 }, (_, day) => day).filter((day) => day % 7 < 5);

/** Everybody cuts at ten and massages at three, and is booked out on the second Friday. */
async function fill(door: CompanyDoor, size: number): Promise<void> {
  for (const resource of names('staff', size)) {
    const orders = workdays.flatMap((day) => [
      { service: 'cut', start: at(day, 10), resource },
      { service: 'massage', start: at(day, 15), resource },
    ]);
    const rest = [9, 11, 12, 13, 14, 16].map((hour) => ({ service: 'cut', start: at(FULL_DAY, hour), resource }));
    for (const booked of await Promise.all([...orders, ...rest].map((order) => door.book(order)))) granted(booked);
  }
}

/** The day on which nothing is left. */
export const FULL_DAY = 11;
