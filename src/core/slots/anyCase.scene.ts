import fc from 'fast-check';
import { questionOf } from './asking.scene.ts';
import type { CaseFile, CaseResource } from './case/caseFile.ts';
import type { CaseLimits } from './case/caseLimits.ts';
import type { CaseInterval } from './case/caseSchedule.ts';
import type { CaseService, CaseVisit } from './case/caseService.ts';
import { findSlots } from './find.ts';
import { slotsOf, type Slot } from './found.ts';

const BASE_MS = Date.UTC(2026, 2, 27);

/** How long the range of a generated case is. */
export const HOURS = 96;

/** An instant so many minutes after the range's start. */
export const iso = (minute: number): string => new Date(BASE_MS + minute * 60_000).toISOString();

const time = (minute: number): string =>
  `${Math.floor(minute / 60)}`.padStart(2, '0').concat(':', `${minute % 60}`.padStart(2, '0'));

const fiveMinutes = (most: number): fc.Arbitrary<number> => fc.nat(Math.floor(most / 5)).map((count) => count * 5);

/** Up to four hours somewhere in the range. */
export const interval: fc.Arbitrary<CaseInterval> = fc
  .tuple(fiveMinutes(HOURS * 60), fiveMinutes(240))
  .map(([start, length]) => ({ start: iso(start), end: iso(start + length) }));

const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });
const limits: fc.Arbitrary<CaseLimits> = fc.record({
  perDay: fc.integer({ min: 0, max: 3 }),
  booked: fc.array(fiveMinutes(HOURS * 60).map(iso), { maxLength: 4 }),
});
const days = fc.subarray(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], { minLength: 1 });
const weekly = fc
  .record({ days, from: fiveMinutes(1_435), to: fiveMinutes(1_435) })
  .map(({ from, to, ...rest }) => ({ ...rest, from: time(from), to: time(to) }));
const resource = fc.record({
  kind: fc.constantFrom('staff', 'staff', 'room'),
  timeZone: fc.constantFrom('Europe/Berlin', 'Europe/Berlin', 'UTC', 'Asia/Kathmandu', 'Asia/Beirut'),
  weekly: fc.array(weekly, { minLength: 1, maxLength: 3 }),
  timeOff: fc.array(interval, { maxLength: 1 }),
  busy: fc.array(interval, { maxLength: 8 }),
  capacity: fc.constantFrom(1, 1, 2),
  skills: fc.constantFrom([], ['cut'], ['cut', 'dye']),
  limits: sometimes(limits),
  noticeMinutes: sometimes(fc.constantFrom(0, 30, 600)),
  horizonDays: sometimes(fc.nat(3)),
  served: fc.nat(3),
});

const gap = fc.tuple(fiveMinutes(30), fiveMinutes(30)).map(([min, more]) => ({ min, max: min + more }));
const minutes = fc.integer({ min: 1, max: 8 }).map((count) => count * 5);
const keep = fc.constantFrom<NonNullable<CaseService['keep']>>('required', 'preferred', 'free');
const kinds = fc.constantFrom<NonNullable<CaseService['assign']>>('any', 'all', { staff: 1 }, { staff: 1, room: 1 });
const own = sometimes(minutes.map((length) => ({ r0: length })));

const simple = fc.record({ durationMinutes: minutes, assign: kinds, seats: fc.constantFrom(1, 1, 3) });
const withOwnLength = fc.record({
  durationMinutes: minutes,
  durationMinutesOf: own,
  assign: fc.constantFrom<NonNullable<CaseService['assign']>>('any', 'all', { staff: 1 }),
});
const segmented = fc
  .tuple(gap, minutes, minutes, own, keep, fc.constantFrom<'any' | { staff: number }>('any', { staff: 1 }))
  .map(([gapAfterMinutes, first, second, durationMinutesOf, kept, assign]) => ({
    segments: [{ durationMinutes: first, gapAfterMinutes, durationMinutesOf }, { durationMinutes: second }],
    keep: kept,
    assign,
  }));
const mixed = fc.tuple(gap, minutes, minutes, keep).map(([gapAfterMinutes, first, second, kept]) => ({
  segments: [
    { durationMinutes: first, gapAfterMinutes, assign: { staff: 1 }, skills: { staff: ['cut'] } },
    { durationMinutes: second, assign: { staff: 1, room: 1 } },
  ],
  keep: kept,
}));
const rules = fc.record({
  stepMinutes: fc.constantFrom(5, 15, 20, 30, 40, 45, 60, 90),
  grid: fc.constantFrom<NonNullable<CaseService['grid']>>('auto', 'midnight', 'window'),
  buffersWithinHours: fc.boolean(),
  noticeMinutes: fc.constantFrom(0, 60),
  horizonDays: fc.constantFrom(0, 1, 30),
  assignBy: fc.constantFrom<NonNullable<CaseService['assignBy']>>(
    ...(['order', 'order', 'roundRobin', 'mostFree', 'fewestChanges'] as const),
  ),
});
const content = fc.record({
  bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 20),
  bufferAfterMinutes: fc.constantFrom(0, 0, 10, 15),
  limits: sometimes(limits),
});
const service = fc
  .tuple(fc.oneof(simple, withOwnLength, segmented, mixed), rules, content)
  .map((parts): Partial<CaseFile> => ({ service: Object.assign({}, ...parts) as CaseService }));
const visit = fc
  .record({ rules, keep, first: minutes, second: minutes, wait: fc.constantFrom(0, 15), own, content })
  .map(({ rules: visitRules, keep: kept, first, second, wait, own: durationMinutesOf, content: each }) => ({
    visit: {
      ...visitRules,
      keep: kept,
      order: 'any',
      maxWaitMinutes: wait,
      services: [
        { id: 'cut', durationMinutes: first, durationMinutesOf, ...each },
        { id: 'dye', durationMinutes: second, skills: ['dye'] },
      ],
    } as CaseVisit,
  }));

/** A valid case of any form. */
export const anyCase: fc.Arbitrary<CaseFile> = fc
  .record({
    now: fiveMinutes(48 * 60).map(iso),
    booked: fc.oneof({ weight: 4, arbitrary: service }, { weight: 1, arbitrary: visit }),
    resources: fc.array(resource, { minLength: 1, maxLength: 3 }),
    prefer: sometimes(fc.constant(['r1'])),
    customer: sometimes(fc.record({ limits })),
  })
  .map(({ booked, resources, ...rest }) => {
    const file: unknown = {
      ...rest,
      range: { from: iso(0), to: iso(HOURS * 60) },
      ...booked,
      // The first is staff, because some services name a length of its own.
      resources: resources.map((each, index) => ({
        id: `r${index}`,
        ...each,
        ...(index === 0 ? { kind: 'staff' } : {}),
      })),
    };
    return JSON.parse(JSON.stringify(file)) as CaseFile;
  });

/** The slots of a case. */
export const slotsIn = (file: CaseFile): Slot[] => slotsOf(findSlots(questionOf(file)));

/** The case with other busy time of one resource. */
export const withBusy = (file: CaseFile, index: number, busy: readonly CaseInterval[]): CaseFile => ({
  ...file,
  resources: file.resources.map((each, at): CaseResource =>
    at === index % file.resources.length ? { ...each, busy } : each,
  ),
});
