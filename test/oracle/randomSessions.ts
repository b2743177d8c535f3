import type { SlotAnswer } from './caseAnswer.ts';
import type { CaseFile, CaseSession } from './caseFile.ts';
import type { Random } from './random.ts';
import { buffersOf } from './randomBusy.ts';
import { given, isoText, shifted, type Stage } from './randomStage.ts';

/** Sessions at some slots and next to some, with just enough seats or one too few; their time stands in busy. */
export function withSessions(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): CaseFile {
  const seats = file.service?.seats ?? 1;
  const partySize = random.pick([undefined, 1, 2, 2, 3, seats, seats, random.chance(0.2) ? seats + 1 : seats]);
  const chosen = random.shuffled(slots).slice(0, random.pick([0, 1, 2, 2, 3, 4]));
  const held = chosen.flatMap((slot) => {
    const session = sessionAt(random, slot, seats, partySize ?? 1, stage);
    const other = random.chance(0.5) ? elsewhere(random, file, session, seats - (partySize ?? 1)) : undefined;
    return [{ session, slot }, ...(other ? [{ session: other, slot }] : [])];
  });
  const { before, after } = buffersOf(file);
  const resources = file.resources.map((resource) => {
    const busy = held
      .filter(({ session }) => session.resources.includes(resource.id))
      .map(({ session, slot }) => {
        const minutes = (Date.parse(slot.end) - Date.parse(slot.start)) / 60_000;
        return {
          start: shifted(session.start, -before).toString(),
          end: shifted(session.start, minutes + after).toString(),
        };
      });
    return busy.length > 0 ? { ...resource, busy: [...(resource.busy ?? []), ...busy] } : resource;
  });
  const sessions = random.shuffled(held.map(({ session }) => session));
  return {
    ...file,
    resources,
    ...given({ sessions: sessions.length > 0 || random.chance(0.3) ? sessions : undefined, partySize }),
  };
}

function sessionAt(random: Random, slot: SlotAnswer, seats: number, party: number, stage: Stage): CaseSession {
  const left = random.pick([0, party - 1, party, party, party + 1, seats]);
  const start = shifted(slot.start, random.pick([0, 0, 0, 5, 7]));
  return {
    start: isoText(random, start, stage.zone),
    resources: random.shuffled(slot.resources),
    taken: Math.min(seats, Math.max(0, seats - left)),
  };
}

/** Another session at the same start, held by somebody else where `any` one can hold it. */
function elsewhere(random: Random, file: CaseFile, session: CaseSession, mostTaken: number): CaseSession | undefined {
  const { assign = 'any', skills, eligible, durationMinutesOf, segments = [] } = file.service ?? {};
  const isSpecial = skills !== undefined || eligible !== undefined || durationMinutesOf !== undefined;
  const hasOwnLengths = segments.some((each) => each.durationMinutesOf);
  const others = file.resources.filter(({ id }) => !session.resources.includes(id));
  if (assign !== 'any' || isSpecial || hasOwnLengths || others.length === 0) return undefined;
  return { ...session, resources: [random.pick(others).id], taken: random.int(0, Math.max(0, mostTaken)) };
}
