import type { SlotAnswer } from './caseAnswer.ts';
import type { CaseBusy, CaseFile, CaseResource, CaseService } from './caseFile.ts';
import type { Random } from './random.ts';
import { isoText, randomSpan, shifted, type Stage } from './randomStage.ts';

/** Gives resources busy time at random, at the edges of slots, in the gaps of slots, and where a slot would be. */
export function withBusy(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): CaseFile {
  const shared = [
    ...(slots.length > 0 && random.chance(0.4) ? appointments(random, file, slots, stage) : []),
    ...((file.visit ?? file.service)?.assignBy === 'fewestChanges' ? neighbours(random, file, slots, stage) : []),
  ];
  const resources = file.resources.map((resource) => {
    const busy: CaseBusy[] = [];
    if (random.chance(0.4)) {
      const count = random.int(1, 3 * stage.days);
      for (let each = 0; each < count; each++) busy.push(randomSpan(random, stage, 120));
    }
    if (slots.length > 0 && random.chance(0.5)) busy.push(touching(random, file, random.pick(slots), stage));
    if (slots.length > 0 && random.chance(0.5)) busy.push(...afterFirstPart(random, file, slots, stage));
    for (const { ids, span } of shared) if (ids.includes(resource.id)) busy.push(span);
    return withSpans(random, resource, [...(resource.busy ?? []), ...sideBySide(random, resource, busy)]);
  });
  return { ...file, resources };
}

/** The buffers around an appointment of the case, as the first and last of its services have them. */
export function buffersOf(file: CaseFile): { before: number; after: number } {
  const services: readonly CaseService[] = file.visit?.services ?? (file.service ? [file.service] : []);
  return { before: services.at(0)?.bufferBeforeMinutes ?? 0, after: services.at(-1)?.bufferAfterMinutes ?? 0 };
}

function withSpans(random: Random, resource: CaseResource, busy: readonly CaseBusy[]): CaseResource {
  if (busy.length === 0) return resource;
  const named = busy.map((span) =>
    random.chance(0.1) ? { ...span, kind: random.pick(['appointment', 'external', 'break']) } : span,
  );
  return { ...resource, busy: random.shuffled(named) };
}

/** What takes more than one at a time gets its busy time so many times over, the last of them cut by a minute at times. */
function sideBySide(random: Random, { capacity = 1 }: CaseResource, busy: readonly CaseBusy[]): CaseBusy[] {
  return busy.flatMap((span) => {
    const again = random.int(0, capacity - 1);
    const cut = random.pick([0, 0, 1, -1]);
    return [
      span,
      ...Array.from({ length: again }, () => {
        const end = shifted(span.end, cut);
        return Date.parse(end.toString()) > Date.parse(span.start) ? { start: span.start, end: end.toString() } : span;
      }),
    ];
  });
}

/** Up to three slots that are taken, with all who would serve. */
function appointments(
  random: Random,
  file: CaseFile,
  slots: readonly SlotAnswer[],
  stage: Stage,
): { ids: readonly string[]; span: CaseBusy }[] {
  const { before, after } = buffersOf(file);
  return random
    .shuffled(slots)
    .slice(0, random.int(1, 3))
    .map((slot) => ({
      // Somebody who serves, and whoever stands next to him in the list.
      ids: random.chance(0.6) ? slot.resources : file.resources.slice(0, random.int(1, 3)).map(({ id }) => id),
      span: {
        start: isoText(random, shifted(slot.start, -before), stage.zone),
        end: isoText(random, shifted(slot.end, after), stage.zone),
      },
    }));
}

/** Appointments of two or three that end where a slot's occupied span starts, or start where it ends. */
function neighbours(
  random: Random,
  file: CaseFile,
  slots: readonly SlotAnswer[],
  stage: Stage,
): { ids: readonly string[]; span: CaseBusy }[] {
  const { before, after } = buffersOf(file);
  return random
    .shuffled(slots)
    .slice(0, 8)
    .flatMap((slot) => {
      const minutes = random.pick([10, 30, 60]);
      const [first = '', ...rest] = slot.resources;
      const idle = random
        .shuffled(file.resources.filter(({ id }) => !slot.resources.includes(id)))
        .slice(0, 1)
        .map(({ id }) => id);
      const others = random.shuffled(file.resources.map(({ id }) => id)).slice(0, random.int(0, 2));
      const start = random.pick([
        shifted(slot.start, -before - minutes),
        shifted(slot.start, -before - minutes),
        shifted(slot.end, after),
        shifted(slot.end, after),
        // While others go on.
        shifted(slot.segments?.[0]?.end ?? slot.start, random.int(0, 20)),
      ]);
      const span = {
        start: isoText(random, start, stage.zone),
        end: isoText(random, start.add({ minutes }), stage.zone),
      };
      return [{ ids: [random.pick([first, ...rest]), ...idle, ...others], span }];
    });
}

/** Busy time that ends or starts exactly where the slot's occupied span does, or a minute within it. */
function touching(random: Random, file: CaseFile, slot: SlotAnswer, stage: Stage): CaseBusy {
  const overlap = random.pick([0, 0, 1]);
  const { before, after } = buffersOf(file);
  const minutes = random.int(5, 60);
  const start = random.chance(0.5)
    ? shifted(slot.start, overlap - before - minutes)
    : shifted(slot.end, after - overlap);
  return { start: isoText(random, start, stage.zone), end: isoText(random, start.add({ minutes }), stage.zone) };
}

/** Busy time from the end of a slot's first part on, as long as the least gap, the longest, or a minute more. */
function afterFirstPart(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): CaseBusy[] {
  const service = file.visit?.services[0] ?? file.service;
  const [first] = service?.segments ?? (file.visit ? [{ durationMinutes: service?.durationMinutes ?? 5 }] : []);
  if (first === undefined || service?.segments?.length === 1) return [];
  const wait = file.visit?.maxWaitMinutes ?? 0;
  const gap = ('gapAfterMinutes' in first ? first.gapAfterMinutes : undefined) ?? { min: 0, max: wait };
  const { min, max } = typeof gap === 'number' ? { min: gap, max: gap } : gap;
  return random
    .shuffled(slots)
    .slice(0, 3)
    .map((slot) => {
      const start = shifted(slot.start, first.durationMinutes);
      const minutes = Math.max(1, random.pick([min, max, max, max + 1]));
      return { start: isoText(random, start, stage.zone), end: isoText(random, start.add({ minutes }), stage.zone) };
    });
}
