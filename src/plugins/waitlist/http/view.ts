import { localFormat, zoneNamed, type CompanyDoor, type InstantFormat } from '../../../plugin.ts';
import type { WaitlistEntry } from '../entry.ts';

/** Instants in the local time of a branch; of none in particular in that of the company. */
export type FormatAt = (branchId: string | null) => InstantFormat;

const formatIn = (timeZone: string): InstantFormat => {
  const found = zoneNamed(timeZone);
  return found.ok ? localFormat(found.zone) : (ms) => new Date(ms).toISOString();
};

/** How a company writes its times. */
export async function formatsOf({ company, branches }: CompanyDoor): Promise<FormatAt> {
  const home = formatIn(company.timeZone);
  const formats = new Map((await branches()).map(({ id, timeZone }) => [id as string, formatIn(timeZone)]));
  return (branchId) => (branchId === null ? home : (formats.get(branchId) ?? home));
}

/** An entry as it is answered. */
export function entryView(entry: WaitlistEntry, formatAt: FormatAt): object {
  const { wish, offer, customer } = entry;
  const { fromMs, toMs, isExact, serviceId, branchId, resourceId } = wish;
  const format = formatAt(branchId);
  const time = isExact
    ? { start: format(fromMs) }
    : { from: format(fromMs), to: format(toMs), weekdays: wish.weekdays, partOfDay: wish.partOfDay };
  return {
    id: entry.id,
    status: entry.status,
    position: entry.position,
    serviceId,
    branchId,
    resourceId,
    ...time,
    partySize: wish.partySize,
    customer,
    contact: entry.contact,
    callId: entry.callId,
    notes: entry.notes,
    joined: format(entry.joinedMs),
    offers: entry.offers,
    appointmentId: entry.appointmentId,
    offer:
      offer === null
        ? null
        : {
            branchId: offer.branchId,
            resourceIds: offer.resourceIds,
            start: formatAt(offer.branchId)(offer.startMs),
            end: formatAt(offer.branchId)(offer.endMs),
            expires: formatAt(offer.branchId)(offer.expiresMs),
          },
  };
}
