import type { SlotAnswer } from './caseAnswer.ts';
import type { CaseFile } from './caseFile.ts';
import { epochMs, localDay, localTimeMs } from './clocks.ts';
import { unmetBy } from './wishes.ts';

const WEEK_DAYS = 7;

/** What could be offered in place of a start, best first. */
export function alternativesTo(
  file: CaseFile,
  start: string,
  slots: readonly SlotAnswer[],
  zone: string,
): SlotAnswer[] {
  const startMs = epochMs(start);
  const startDay = localDay(startMs, zone);
  const possible = slots.filter((slot) => epochMs(slot.start) !== startMs && !isCustomerBusy(file, slot));
  const wished = possible.filter((slot) => file.wish !== undefined && unmetBy(slot, file.wish, zone).length === 0);
  const offered = wished.length > 0 ? wished : possible;

  const dayOf = (slot: SlotAnswer): number => localDay(epochMs(slot.start), zone);
  const away = (slot: SlotAnswer): number => Math.abs(epochMs(slot.start) - startMs);
  const atSameTime = (slot: SlotAnswer): boolean =>
    localTimeMs(epochMs(slot.start), zone) === localTimeMs(startMs, zone);
  const nextDay = Math.min(...offered.map(dayOf).filter((day) => day > startDay));
  const inTurn = [
    ...offered.filter((slot) => dayOf(slot) === startDay).sort((one, other) => away(one) - away(other)),
    ...offered.filter((slot) => dayOf(slot) === nextDay && atSameTime(slot)),
    ...offered.filter((slot) => dayOf(slot) === startDay + WEEK_DAYS && atSameTime(slot)),
    ...offered.filter((slot) => epochMs(slot.start) > startMs),
    ...offered.filter((slot) => epochMs(slot.start) < startMs).toReversed(),
  ];
  return [...new Set(inTurn)];
}

function isCustomerBusy({ customer }: CaseFile, slot: SlotAnswer): boolean {
  return (customer?.busy ?? []).some(
    ({ start, end }) => epochMs(start) < epochMs(slot.end) && epochMs(slot.start) < epochMs(end),
  );
}
