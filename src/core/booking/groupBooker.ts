import { claimsOf } from '../availability/claims.ts';
import type { StartAmongMany } from '../availability/clusters.ts';
import type { JudgedOne, Many } from '../availability/judgeMany.ts';
import type { ManyReader } from '../availability/readMany.ts';
import type { Judged } from '../availability/judgeIn.ts';
import type { Taking } from '../availability/taken.ts';
import type { BookingWrite } from '../contracts/bookingWrite.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Appointment, Recurrence } from '../model/appointment.ts';
import type { ClaimOwner, CompanyId, CustomerId, GroupId, ResourceId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';
import type { ItemOptions } from './batchRequests.ts';
import type { Committer, WriteKey } from './commit.ts';
import { memberId } from './groupIds.ts';
import { firstStatus, newAppointment } from './newAppointment.ts';
import { noShowRefusal } from './noShows.ts';
import { priceOf } from './price.ts';
import { bookedOf } from './rows.ts';

interface Deps {
  readonly readMany: ManyReader;
  readonly committer: Committer;
  readonly clock: Clock;
}

/** A start and its customer, or why there is nothing to judge. */
export type Wanted = StartAmongMany | Refused;

/** What an appointment of a group says beside its time. */
export interface MemberDetail {
  readonly options: ItemOptions;
  /** How often its customer did not come. */
  readonly noShows: number;
  readonly recurrence?: Recurrence;
}

/** What is booked together. */
export interface GroupToBook {
  readonly group: GroupId;
  readonly wanted: readonly Wanted[];
  readonly detail: (place: number) => MemberDetail;
  readonly by: 'customer' | 'company' | undefined;
  /** Whether nothing is booked where something cannot be had. */
  readonly isWhole: boolean;
  /** Whether one who can serve the most of them is preferred for all. */
  readonly prefersOne: boolean;
  readonly key: WriteKey;
  /** What the write says of these customers. */
  readonly customers: (ids: ReadonlySet<CustomerId | null>) => Pick<BookingWrite, 'requireCustomers' | 'customers'>;
  /** Whether it is only looked at. */
  readonly isPreview?: boolean;
}

/** An appointment of a group with all that it takes. */
export interface Member extends Taking {
  readonly appointment: Appointment;
}

/** What an attempt came to; `answers` are in the order of what was wanted. */
export type GroupOutcome =
  | { readonly kind: 'done' | 'refused'; readonly answers: readonly JudgedOne<Member>[] }
  | { readonly kind: 'replayed'; readonly resultId: ClaimOwner | GroupId }
  | { readonly kind: 'again' }
  | { readonly kind: 'failed'; readonly refused: Refused };

/** Judges what is wanted and books it in one transaction. */
export async function bookGroup(
  { readMany, committer, clock }: Deps,
  company: CompanyId,
  toBook: GroupToBook,
): Promise<GroupOutcome> {
  const { group, wanted, isWhole, key } = toBook;
  const open = wanted.flatMap((start, place) => ('ok' in start ? [] : [{ start, place }]));
  const many = await readMany(
    company,
    open.map(({ start }) => start),
  );
  if (!many.ok) return { kind: 'failed', refused: many };
  const nowMs = clock.now();
  const take = (judged: Judged, at: number): Member | Refused => {
    const { place = NaN, start } = open[at] ?? {};
    return memberOf(company, toBook, place, judged, start?.customerId ?? null, nowMs);
  };
  const judged = await many.judge(take, { prefer: toBook.prefersOne ? await mostServing(many, take) : undefined });
  let next = 0;
  const answers = wanted.map((each): JudgedOne<Member> => ('ok' in each ? each : (judged[next++] ?? NOT_JUDGED)));
  const taken = answers.flatMap((answer) => (answer.ok ? [answer.taken] : []));
  if (isWhole && taken.length < answers.length) return { kind: 'refused', answers };
  if (taken.length === 0 || toBook.isPreview === true) return { kind: 'done', answers };
  const outcome = await committer.commit(company, {
    idempotency: key === undefined ? undefined : { ...key, resultId: group },
    ...joined(taken),
    ...toBook.customers(new Set(taken.map(({ appointment }) => appointment.customerId))),
    appointments: taken.map(({ appointment }) => ({ row: appointment, expectedVersion: 0 })),
    events: taken.map(({ appointment }) =>
      committer.event(company, 'appointment.booked', appointment.id, { appointment }),
    ),
  });
  switch (outcome.kind) {
    case 'committed':
      return { kind: 'done', answers };
    case 'replayed':
      return outcome;
    case 'key-reused':
      return { kind: 'failed', refused: refuse('KEY_REUSED', { key: key?.key ?? '' }) };
    case 'taken':
    case 'limit-reached':
    case 'session-full':
    case 'customer-raced':
    case 'version-conflict':
    case 'hold-expired':
      return { kind: 'again' };
  }
}

function memberOf(
  companyId: CompanyId,
  { group, detail, by }: GroupToBook,
  place: number,
  judged: Judged,
  customerId: CustomerId | null,
  nowMs: number,
): Member | Refused {
  const { options, noShows, recurrence } = detail(place);
  const booked = bookedOf(judged);
  const unwelcome = noShowRefusal(judged.catalog, booked, { noShows }, by);
  if (unwelcome !== undefined) return unwelcome;
  const id = memberId(group, place);
  const appointment = newAppointment(booked, {
    id,
    companyId,
    customerId,
    price: priceOf(judged.catalog, booked),
    options: { ...options, status: firstStatus(judged.catalog, booked, { status: options.status, by }) },
    nowMs,
    groupId: group,
    ...(recurrence === undefined ? {} : { recurrence }),
  });
  return { appointment, ...claimsOf(judged.catalog, booked, { owner: id, expiresMs: null, customerId }) };
}

/** Who of those that would serve without a preference can serve the most; undefined where one serves all anyway. */
async function mostServing(
  many: Many,
  take: (judged: Judged, at: number) => Member | Refused,
): Promise<ResourceId | undefined> {
  const serving = (await many.judge(take)).flatMap((each) => (each.ok ? each.judged.slot.resourceIds.slice(0, 1) : []));
  let best: { readonly id: ResourceId; readonly count: number } | undefined;
  const able = [...new Set(serving)];
  if (able.length < 2) return able[0];
  for (const id of able) {
    const count = many.servedBy(take, id);
    if (best === undefined || count > best.count) best = { id, count };
  }
  return best?.id;
}

/** Stands for an answer that is always there. */
const NOT_JUDGED = refuse('NO_SLOT', { reasons: [], alternatives: [] });

/** What all of them take, as one write takes it. */
export function joined(taken: readonly Taking[]): Taking {
  const units = taken.flatMap((each) => each.units ?? []);
  const seats = taken.flatMap((each) => each.seats ?? []);
  return {
    claims: taken.flatMap((each) => each.claims ?? []),
    ...(seats.length === 0 ? {} : { seats }),
    ...(units.length === 0 ? {} : { units }),
  };
}
