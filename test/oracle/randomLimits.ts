import type { SlotAnswer } from './caseAnswer.ts';
import type { CaseFile, CaseLimits, CaseService } from './caseFile.ts';
import { zoneOf } from './minuteCalendar.ts';
import type { Random } from './random.ts';
import { isoText, shifted, type Stage } from './randomStage.ts';

/** Puts limits on resources, services or the customer, which the dates and weeks of some slots just reach or just do not. */
export function withLimits(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): CaseFile {
  const joins = (file.sessions?.length ?? 0) > 0;
  if (!random.chance(joins ? 0.5 : stage.days > 1 ? 0.3 : 0.12)) return file;
  const who = random.pick(['resources', 'service', 'customer', 'all', ...(joins ? ['customer', 'customer'] : [])]);
  const make = (zone: string): CaseLimits => randomLimits(random, slots, zone, stage);
  const [first] = file.resources;
  const zone = first === undefined ? 'UTC' : zoneOf(file, first);
  const limited = (service: CaseService): CaseService =>
    random.chance(0.8) ? { ...service, limits: make(zone) } : service;
  const onService = who === 'service' || who === 'all';
  return {
    ...file,
    resources: file.resources.map((resource) => {
      if ((who !== 'resources' && who !== 'all') || !random.chance(0.6)) return resource;
      return { ...resource, limits: make(zoneOf(file, resource)) };
    }),
    ...(file.service && onService ? { service: limited(file.service) } : {}),
    ...(file.visit && onService ? { visit: { ...file.visit, services: file.visit.services.map(limited) } } : {}),
    ...(who === 'customer' || who === 'all' ? { customer: { limits: make(zoneOfSomebody(random, file)) } } : {}),
  };
}

function zoneOfSomebody(random: Random, file: CaseFile): string {
  return zoneOf(file, random.pick(file.resources));
}

/** Limits with bookings on the dates of some slots, at the edges of the date and of the week in the zone. */
function randomLimits(random: Random, slots: readonly SlotAnswer[], zone: string, stage: Stage): CaseLimits {
  const form = random.pick(['day', 'day', 'week', 'both']);
  const most = random.chance(0.08) ? 0 : random.int(1, 2);
  const perWeek = form === 'both' ? most + random.int(1, 2) : most;
  const count = random.pick(form === 'day' ? [most, most, most - 1] : [most, perWeek, perWeek - 1, most - 1]);
  const dates = random.shuffled(slots).slice(0, random.pick([1, 1, 2]));
  const booked = dates.flatMap((slot) =>
    Array.from({ length: Math.max(0, count) }, () =>
      isoText(random, nearDate(random, slot.start, zone, form), stage.zone),
    ),
  );
  return {
    ...(form === 'week' ? {} : { perDay: most }),
    ...(form === 'day' ? {} : { perWeek }),
    ...(booked.length > 0 || random.chance(0.5) ? { booked } : {}),
  };
}

/** The slot's start, the first or last moment of its date or week, or the moment next to that outside. */
function nearDate(random: Random, start: string, zone: string, form: string): ReturnType<typeof shifted> {
  if (random.chance(0.4)) return shifted(start, random.pick([0, 0, 60, -60]));
  const at = shifted(start, 0).toZonedDateTimeISO(zone);
  const isWeek = form !== 'day' && random.chance(0.7);
  const date = at.toPlainDate();
  const first = isWeek ? date.subtract({ days: date.dayOfWeek - 1 }) : date;
  const next = first.add({ days: isWeek ? 7 : 1 });
  return random.chance(0.5)
    ? first
        .toZonedDateTime(zone)
        .toInstant()
        .add({ milliseconds: random.pick([0, 0, 0, -1]) })
    : next
        .toZonedDateTime(zone)
        .toInstant()
        .add({ milliseconds: random.pick([-1, -1, -1, 0]) });
}
