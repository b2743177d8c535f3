import type { BusyAnswer, BusyQuery, Storage } from '../../../src/core/contracts/storage.ts';
import { MINUTE_MS } from '../../../src/core/contracts/storageLaws/minutes.ts';
import type { Appointment } from '../../../src/core/model/appointment.ts';
import { broken, replaced, type BrokenAdapter } from './brokenAdapter.ts';

/** An adapter that asks for other busy time than it was asked, or answers otherwise. */
const brokenBusy = (
  fault: string,
  aim: string,
  change: (query: BusyQuery) => BusyQuery,
  answer: (answer: BusyAnswer, query: BusyQuery) => BusyAnswer = (real) => real,
): BrokenAdapter =>
  broken(fault, aim, ({ real }) =>
    replaced(real, { busy: async (company, query) => answer(await real.busy(company, change(query)), query) }),
  );

const same = (query: BusyQuery): BusyQuery => query;

/** The spans of each resource that pass, changed. */
const spans = (answer: BusyAnswer, each: (startMs: number, endMs: number) => readonly number[]): BusyAnswer => ({
  ...answer,
  busy: answer.busy.map((pairs) => {
    const kept: number[] = [];
    for (let i = 0; i < pairs.length; i += 2) kept.push(...each(pairs[i] ?? 0, pairs[i + 1] ?? 0));
    return Float64Array.from(kept);
  }),
});

/** An adapter that lists other appointments than it was asked for, or in another order. */
const brokenList = (
  fault: string,
  aim: string,
  list: (real: Storage['appointments']) => Storage['appointments'],
): BrokenAdapter =>
  broken(fault, aim, ({ real }) => replaced(real, { appointments: list((...input) => real.appointments(...input)) }));

/** Faults in reads of what is booked. */
export const readFaults: readonly BrokenAdapter[] = [
  broken('tells the time of the machine', 'now() tells the clock that the storage was given', ({ real }) =>
    replaced(real, { now: async () => Date.now() }),
  ),
  brokenBusy(
    'answers in the order of the ids',
    'busy tells start and end of each occupied span, ascending, one list a resource in the order asked for',
    (query) => ({ ...query, resourceIds: [...query.resourceIds].sort() }),
  ),
  brokenBusy(
    'answers the latest first',
    'busy tells start and end of each occupied span, ascending, one list a resource in the order asked for',
    same,
    (answer) => ({
      ...answer,
      busy: answer.busy.map((pairs) => {
        const ends = [...pairs].reverse();
        return Float64Array.from(ends, (_, i) => ends[i % 2 === 0 ? i + 1 : i - 1] ?? 0);
      }),
    }),
  ),
  brokenBusy('answers with plain arrays', 'busy answers with Float64Arrays', same, (answer) => ({
    ...answer,
    busy: answer.busy.map((pairs) => [...pairs] as unknown as Float64Array),
  })),
  brokenBusy('counts the end of a span as busy', 'a span that ends where the range begins is not busy', (query) => ({
    ...query,
    fromMs: query.fromMs - 1,
  })),
  brokenBusy(
    'counts the end of the range as within it',
    'a span that begins where the range ends is not busy',
    (query) => ({ ...query, toMs: query.toMs + 1 }),
  ),
  brokenBusy(
    'cuts spans at the range',
    'spans are told whole, also where they reach beyond the range',
    same,
    (answer, { fromMs, toMs }) => spans(answer, (start, end) => [Math.max(start, fromMs), Math.min(end, toMs)]),
  ),
  brokenBusy(
    'looks back twelve hours for spans that reach into the range',
    'a span of a whole day is found by its last minutes',
    same,
    (answer, { fromMs }) => spans(answer, (start, end) => (start > fromMs - 720 * MINUTE_MS ? [start, end] : [])),
  ),
  brokenBusy(
    'leaves out nothing that is about to be replaced',
    'busy leaves out the spans of `except`, and only those',
    (query) => ({ ...query, except: undefined }),
  ),
  broken(
    'leaves out all that touches what is about to be replaced',
    'busy leaves out the spans of `except`, and only those',
    ({ real }) =>
      replaced(real, {
        busy: async (company, query) => {
          const replacing = query.except && (await real.appointment(company, query.except as Appointment['id']));
          const answer = await real.busy(company, query);
          return replacing ? spans(answer, (start, end) => (start > replacing.endMs ? [start, end] : [])) : answer;
        },
      }),
  ),
  brokenBusy(
    'answers for at most sixty-four resources',
    'busy answers for a hundred resources at once',
    same,
    (answer) => ({ ...answer, busy: answer.busy.map((pairs, i) => (i < 64 ? pairs : new Float64Array(0))) }),
  ),
  brokenBusy('tells the first revision forever', 'busy carries the revision of the configuration', same, (answer) => ({
    ...answer,
    revision: answer.revision && 1,
  })),
  brokenBusy(
    'has revision 0 of what does not exist',
    'busy of a company that does not exist has no revision',
    same,
    (answer) => ({ ...answer, revision: answer.revision ?? 0 }),
  ),
  brokenList(
    'lists appointments by their ids',
    'appointments come ordered by start and then by id, as they were written',
    (real) => async (company, query) => [...(await real(company, query))].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ),
  brokenList(
    'lists an appointment that begins where the range ends',
    'appointments are listed by their start, from the first moment of the range up to its end',
    (real) => (company, query) =>
      real(company, { ...query, toMs: query.toMs === undefined ? undefined : query.toMs + 1 }),
  ),
  brokenList(
    'lists what reaches into the range',
    'appointments are listed by their start, from the first moment of the range up to its end',
    (real) => async (company, query) => {
      const { fromMs = -Infinity } = query;
      return (await real(company, { ...query, fromMs: undefined })).filter(({ endMs }) => endMs > fromMs);
    },
  ),
  brokenList(
    'lists all branches',
    'appointments are listed of one branch',
    (real) => (company, query) => real(company, { ...query, branchId: undefined }),
  ),
  brokenList(
    'lists by the first resource alone',
    'appointments are listed of one resource, whichever of theirs it is',
    (real) => async (company, query) =>
      (await real(company, query)).filter(({ resourceIds }) => resourceIds[0] === (query.resourceId ?? resourceIds[0])),
  ),
  brokenList(
    'lists all groups',
    'appointments are listed of one group',
    (real) => (company, query) => real(company, { ...query, groupId: undefined }),
  ),
  brokenList(
    'lists all customers’ appointments',
    'appointments are listed of one customer',
    (real) => (company, query) => real(company, { ...query, customerId: undefined }),
  ),
  brokenList(
    'takes no status for any',
    'appointments are listed of some statuses',
    (real) => (company, query) =>
      real(company, { ...query, statuses: query.statuses?.length ? query.statuses : undefined }),
  ),
  brokenList(
    'forgets the statuses where a customer is given',
    'an appointment is listed only where all conditions hold',
    (real) => (company, query) => real(company, { ...query, statuses: query.customerId ? undefined : query.statuses }),
  ),
  brokenList(
    'goes on after the start of the position, whatever its id',
    'pages of appointments follow each other without a gap or a double, also among equal starts',
    (real) => (company, query) => {
      const fromMs = Math.max(query.fromMs ?? 0, query.after ? (query.after.startMs ?? 0) + 1 : 0);
      return real(company, { ...query, after: undefined, fromMs });
    },
  ),
  broken(
    'begins anew after a position that is no appointment',
    'a position after which to list need not be an appointment',
    ({ real }) =>
      replaced(real, {
        appointments: async (company, query) => {
          const known = query.after && (await real.appointment(company, query.after.id));
          return real.appointments(company, { ...query, after: known ? query.after : undefined });
        },
      }),
  ),
  broken('lists customers by their numbers', 'customers come ordered by id, page by page', ({ real }) =>
    replaced(real, {
      customers: async (company, query) =>
        [...(await real.customers(company, query))].sort((a, b) => ((a.phone ?? '') < (b.phone ?? '') ? -1 : 1)),
    }),
  ),
  broken('repeats the last customer of a page', 'customers come ordered by id, page by page', ({ real }) =>
    replaced(real, {
      customers: async (company, query) => {
        const last = query.after && (await real.customer(company, query.after));
        return [...(last ? [last] : []), ...(await real.customers(company, query))].slice(0, query.limit);
      },
    }),
  ),
];
