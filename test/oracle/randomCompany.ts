import type { CaseResource, CaseSchedule } from './caseFile.ts';
import type { Random } from './random.ts';
import { randomClosedDates, randomSchedule, randomTimeOff } from './randomSchedule.ts';
import { kindsIn, randomCounts, SKILLS, type Company } from './randomServing.ts';
import { given, ZONES, type Stage } from './randomStage.ts';

/** The resources of a case, the schedules within which they are, and what its services have in common. */
export interface RandomCompany extends Company {
  readonly schedules: Readonly<Record<string, CaseSchedule>> | undefined;
}

/** Makes one to six resources; adds the tags of the shapes they use. */
export function randomCompany(
  random: Random,
  stage: Stage,
  shape: 'service' | 'sessions' | 'visit',
  tags: Set<string>,
): RandomCompany {
  const team = random.chance(shape === 'service' ? 0.15 : 0.1) ? random.shuffled(random.pick(TEAMS[shape] ?? [])) : [];
  const count = team.length || random.pick(shape === 'visit' ? [1, 2, 2, 3, 4] : [1, 1, 2, 2, 3, 3, 4, 5, 6]);
  const isMixed = count > 1 && random.chance(shape === 'sessions' ? 0.5 : 0.3);
  if (isMixed) tags.add('zones mixed');
  const isAlike = count > 1 && random.chance(team.length > 0 ? 0.8 : 0.5);
  const usesSkills = random.chance(0.15);
  const schedules = random.chance(0.2) ? randomSchedules(random, stage, tags) : undefined;
  const resources: CaseResource[] = [];
  for (let index = 0; index < count; index++) {
    const kind = team[index] ?? random.pick(['staff', 'staff', 'staff', 'room', 'room', 'equipment']);
    const own = { ...stage, zone: isMixed ? random.pick(ZONES) : stage.zone };
    const hours = randomHours(random, own, schedules, isAlike ? resources[0]?.weekly : undefined, tags);
    resources.push({
      id: `${kind}-${index + 1}`,
      ...given({ kind: kind !== 'staff' || random.chance(0.5) ? kind : undefined }),
      ...hours,
      ...given({
        capacity: random.chance(0.12) ? random.pick([1, 2, 2, 3]) : undefined,
        skills: usesSkills ? SKILLS.filter(() => random.chance(0.8)) : undefined,
      }),
    });
  }
  const isJoint = kindsIn(resources).length > 1;
  const isMeeting = shape === 'sessions' && isMixed;
  const form =
    team.length > 0 ? 'kinds' : random.pick(isMeeting ? FORMS_OF_MEETINGS : isJoint ? FORMS_OF_SEVERAL : FORMS_OF_ONE);
  // All of many are hardly ever free.
  if (form === 'all') resources.splice(random.int(2, 3));
  return {
    schedules: schedules && resources.some(({ within }) => within) ? schedules : undefined,
    resources,
    usesSkills,
    form: shape === 'visit' && form === 'all' ? 'any' : form,
    counts: team.length > 0 ? oneOfEach(random, team) : form === 'kinds' ? randomCounts(random, resources) : {},
    keep:
      shape === 'sessions' ? undefined : random.pick([undefined, 'required', 'preferred', 'preferred', 'free', 'free']),
  };
}

/** Enough of two or three kinds for a choice that depends on the other kind. */
const TEAM = ['staff', 'staff', 'room', 'room', 'room'] as const;
const TEAM_OF_THREE = ['staff', 'staff', 'room', 'room', 'equipment', 'equipment'] as const;
const SMALL_TEAM = ['staff', 'staff', 'room', 'room'] as const;
const TEAMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  service: [TEAM, TEAM, TEAM_OF_THREE],
  visit: [SMALL_TEAM],
  sessions: [TEAM, TEAM_OF_THREE],
};

const FORMS_OF_ONE = ['any', 'any', 'any', 'all', 'kinds'] as const;
/** Sessions that several hold together, each in a zone of his own. */
const FORMS_OF_MEETINGS = ['any', 'all', 'all', 'kinds', 'kinds'] as const;
const FORMS_OF_SEVERAL = ['any', 'all', 'kinds', 'kinds', 'kinds'] as const;

function oneOfEach(random: Random, kinds: readonly string[]): Record<string, number> {
  return Object.fromEntries(random.shuffled([...new Set(kinds)]).map((kind) => [kind, 1]));
}

/** One or two schedules under a name, mostly with wide hours, so that something is left within them. */
function randomSchedules(random: Random, stage: Stage, tags: Set<string>): Record<string, CaseSchedule> {
  const names = random.chance(0.6) ? ['salon'] : ['salon', 'house'];
  return Object.fromEntries(
    names.map((name) => {
      const zone = random.chance(0.3) ? random.pick(ZONES) : stage.zone;
      const schedule = randomSchedule(random, { ...stage, zone }, tags);
      if (random.chance(0.4)) return [name, schedule];
      const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
      const window = random.pick([
        { from: '00:00', to: '24:00' },
        { from: '07:30', to: '21:10' },
        { from: '10:00', to: '03:00' },
      ]);
      return [name, { ...schedule, weekly: [{ days, ...window }] }];
    }),
  );
}

/** Hours of its own, those of others, or its own within those of others. */
function randomHours(
  random: Random,
  stage: Stage,
  schedules: RandomCompany['schedules'],
  shared: CaseSchedule['weekly'],
  tags: Set<string>,
): Partial<CaseResource> {
  const own = randomSchedule(random, stage, tags);
  const hours = shared === undefined ? own : { ...own, weekly: shared };
  if (schedules === undefined || !random.chance(0.85)) return hours;
  const names = random.shuffled(Object.keys(schedules));
  const within = names.slice(0, random.int(1, names.length));
  if (random.chance(0.35)) {
    return {
      within,
      ...given({
        closedDates: random.chance(0.2) ? randomClosedDates(random, stage) : undefined,
        timeOff: random.chance(0.2) ? randomTimeOff(random, stage, tags) : undefined,
      }),
    };
  }
  const { timeZone, ...zoneless } = hours;
  return { within, ...zoneless, ...given({ timeZone: random.chance(0.4) ? undefined : timeZone }) };
}
