import type { SlotAnswer } from './caseAnswer.ts';
import { DAY_NAMES, type CaseFile, type CaseLimits, type CaseSpan, type CaseWish } from './caseFile.ts';
import { zoneOf } from './minuteCalendar.ts';
import type { Random } from './random.ts';
import { given, isoText, shifted, type Stage } from './randomStage.ts';

const FORMS = [
  ...Array.from({ length: 10 }, () => 'all' as const),
  ...(['next', 'next', 'next', 'firstOfDay', 'firstOfDay', 'countPerDay', 'countPerDay'] as const),
  ...(['check', 'check', 'explain', 'explain', 'alternatives', 'alternatives', 'alternatives'] as const),
  ...(['wish', 'wish', 'wish'] as const),
];

/** Asks something of the case, near some of its slots. */
export function withAsk(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): CaseFile {
  const form = random.pick(FORMS);
  const count = random.pick([undefined, undefined, 1, 2, 5, 20]);
  switch (form) {
    case 'all':
      return withPrefer(random, file);
    case 'next': {
      const ask = { next: random.pick([1, 1, 2, 3, 5, 100]) };
      // What has an end all the same is looked at for 400 days, which takes long.
      const isOpen = slots.length > 3 && random.chance(endsAnyway(file) ? 0.03 : 0.15);
      if (!isOpen) return withPrefer(random, { ...file, ask });
      const { to: _to, ...range } = file.range;
      return withPrefer(random, { ...file, range, ask: { next: random.int(1, 2) } });
    }
    case 'firstOfDay':
      return withPrefer(random, { ...file, ask: { firstOfDay: true } });
    case 'countPerDay':
      return withPrefer(random, { ...file, ask: { countPerDay: true } });
    case 'check':
      return withPrefer(random, { ...file, ask: { check: nearSlot(random, file, slots, stage) } });
    case 'explain':
      return withPrefer(random, { ...file, ask: { explain: nearSlot(random, file, slots, stage) } });
    case 'alternatives': {
      const ask = { alternatives: nearSlot(random, file, slots, stage), ...given({ count }) };
      const asked = withCustomerBusy(random, { ...file, ask }, slots, stage);
      if (!random.chance(0.4)) return withPrefer(random, asked);
      return withPrefer(random, { ...asked, wish: randomWish(random, file, slots, stage) });
    }
    case 'wish':
      return withPrefer(random, {
        ...file,
        ask: { wish: randomWish(random, file, slots, stage), ...given({ count }) },
      });
  }
}

/** Whether a horizon, or a limit that allows nothing, leaves nothing after the first days. */
function endsAnyway(file: CaseFile): boolean {
  const terms = file.visit ?? file.service ?? {};
  const closes = ({ perDay, perWeek }: CaseLimits): boolean => perDay === 0 || perWeek === 0;
  const limits = [file.service, ...file.resources, file.customer].map((each) => each?.limits);
  const hasHorizon = terms.horizonDate !== undefined || terms.horizonDays !== undefined;
  return hasHorizon || limits.some((each) => each !== undefined && closes(each));
}

/** Names some of the resources, now and then somebody who is none. */
function withPrefer(random: Random, file: CaseFile): CaseFile {
  if (!random.chance(0.22)) return file;
  const ids = random.shuffled(file.resources.map(({ id }) => id)).slice(0, random.int(1, 3));
  return { ...file, prefer: random.chance(0.15) ? [...ids, 'nobody'] : ids };
}

/** A slot's start, mostly; else a little beside it, or anywhere in the range. */
function nearSlot(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): string {
  const start = slots.length > 0 && random.chance(0.85) ? random.pick(slots).start : file.range.from;
  const minutes = random.pick([0, 0, 0, 0, 1, -5, 15, 60, random.int(-600, 1500)]);
  return isoText(random, shifted(start, minutes), stage.zone);
}

/** The customer's own appointments at the edges of slots. */
function withCustomerBusy(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): CaseFile {
  if (slots.length === 0 || !random.chance(0.5)) return file;
  const busy = random
    .shuffled(slots)
    .slice(0, random.int(1, 4))
    .map((slot): CaseSpan => {
      const minutes = random.int(5, 90);
      const overlap = random.pick([0, 0, 1]);
      const start = random.chance(0.5) ? shifted(slot.start, overlap - minutes) : shifted(slot.end, -overlap);
      return { start: isoText(random, start, stage.zone), end: isoText(random, start.add({ minutes }), stage.zone) };
    });
  return { ...file, customer: { ...file.customer, busy } };
}

function randomWish(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): CaseWish {
  const ids = random.shuffled(file.resources.map(({ id }) => id)).slice(0, random.int(1, 2));
  const wish = given({
    weekdays: random.chance(0.4) ? random.shuffled(DAY_NAMES).slice(0, random.int(1, 4)) : undefined,
    partOfDay: random.chance(0.5) ? randomPartOfDay(random, file, slots) : undefined,
    resources: random.chance(0.3) ? ids : undefined,
    around: random.chance(0.5) ? randomAround(random, file, slots, stage) : undefined,
  });
  return Object.keys(wish).length > 0 ? wish : { partOfDay: 'morning' };
}

function randomPartOfDay(random: Random, file: CaseFile, slots: readonly SlotAnswer[]): CaseWish['partOfDay'] {
  const named = random.pick(['morning', 'noon', 'afternoon', 'evening', 'own', 'night'] as const);
  if (named !== 'own' && named !== 'night') return named;
  const border = (): string => (slots.length > 0 ? timeOf(file, random.pick(slots).start) : '09:00');
  const from = border();
  if (named === 'night') return randomNight(from, border());
  return from < '23:00' ? { from, to: random.pick(['23:30', '24:00', from < '12:00' ? '12:00' : '24:00']) } : 'evening';
}

/** From the later to the earlier, which is on the next day; equals are a whole day. */
function randomNight(one: string, other: string): CaseWish['partOfDay'] {
  return one < other ? { from: other, to: one } : { from: one, to: other };
}

/** A time of day, or an instant, at a slot or between two. */
function randomAround(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): string {
  const start = slots.length > 0 ? random.pick(slots).start : file.range.from;
  const near = shifted(start, random.pick([0, 0, 7, 30, -20]));
  return random.chance(0.5) ? timeOf(file, near.toString()) : isoText(random, near, stage.zone);
}

function timeOf(file: CaseFile, iso: string): string {
  const [first] = file.resources;
  const zone = first === undefined ? 'UTC' : zoneOf(file, first);
  return shifted(iso, 0).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
}
