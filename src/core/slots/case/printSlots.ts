import { utcFormat, type InstantFormat } from '../../time/instant.ts';
import {
  endMsAt,
  resourceIdsAt,
  seatsLeftAt,
  segmentsAt,
  type FoundSlots,
  type Slot,
  type SlotSegment,
} from '../found.ts';
import { isPreferredAt, preferenceOf } from '../preference.ts';
import type { Unmet } from '../wish.ts';
import type { SegmentAnswer, SlotAnswer, SlotsAnswer } from './caseAnswer.ts';
import type { ParsedQuestion } from './parseCase.ts';

/** Found slots in the form that is printed: all of them, or those listed. */
export function printSlots(question: ParsedQuestion, found: FoundSlots, listed?: readonly number[]): SlotsAnswer {
  const print = slotPrinter(question, found);
  const slots: SlotAnswer[] = [];
  const count = listed === undefined ? found.count : listed.length;
  for (let at = 0; at < count; at++) slots.push(print(listed === undefined ? at : (listed[at] ?? NaN)));
  return withPreference(question, found, slots, listed);
}

/** Found slots that were ranked, each with what it does not meet. */
export function printRanked(
  question: ParsedQuestion,
  found: FoundSlots,
  ranked: readonly { readonly index: number; readonly unmet: readonly Unmet[] }[],
): SlotsAnswer {
  const print = slotPrinter(question, found);
  const slots = ranked.map(({ index, unmet }): SlotAnswer => ({ ...print(index), unmet }));
  const listed = ranked.map(({ index }) => index);
  return withPreference(question, found, slots, listed);
}

/** One slot in the form that is printed. */
export function printSlot({ prefer, printsSegments = false }: ParsedQuestion, slot: Slot): SlotAnswer {
  const format = utcFormat();
  const { startMs, endMs, resources, segments, seatsLeft } = slot;
  return {
    start: format(startMs),
    end: format(endMs),
    resources,
    ...(printsSegments ? { segments: printSegments(segments, format) } : {}),
    ...(seatsLeft === undefined ? {} : { seatsLeft }),
    ...(prefer === undefined ? {} : { preferred: resources.some((id) => prefer.includes(id)) }),
  };
}

function slotPrinter(
  { prefer, printsSegments = false, service }: ParsedQuestion,
  found: FoundSlots,
): (index: number) => SlotAnswer {
  // Two, because starts and ends may lie on different dates, and each remembers one.
  const formatStart = utcFormat();
  const formatEnd = utcFormat();
  const plain = (index: number): SlotAnswer => ({
    start: formatStart(found.startsMs[index] ?? NaN),
    end: formatEnd(endMsAt(found, index)),
    resources: resourceIdsAt(found, index),
  });
  if (prefer === undefined && !printsSegments && service.seats === 1) return plain;
  return (index) => {
    const seatsLeft = seatsLeftAt(found, index);
    return {
      ...plain(index),
      ...(printsSegments ? { segments: printSegments(segmentsAt(found, index), formatStart) } : {}),
      ...(seatsLeft === undefined ? {} : { seatsLeft }),
      ...(prefer === undefined ? {} : { preferred: isPreferredAt(found, index, prefer) }),
    };
  };
}

function printSegments(segments: readonly SlotSegment[], format: InstantFormat): readonly SegmentAnswer[] {
  return segments.map(({ startMs, endMs, resources, service }) => ({
    start: format(startMs),
    end: format(endMs),
    resources,
    ...(service === undefined ? {} : { service }),
  }));
}

function withPreference(
  question: ParsedQuestion,
  found: FoundSlots,
  slots: readonly SlotAnswer[],
  listed: readonly number[] | undefined,
): SlotsAnswer {
  if (question.prefer === undefined) return { slots };
  const preference = preferenceOf(question, found, listed);
  return { slots, preference: Object.fromEntries(preference.map(({ resource, status }) => [resource, status])) };
}
