import { toE164 } from '../phone/e164.ts';
import type { FieldError } from '../refusals.ts';
import { compositionErrors } from './compositionErrors.ts';
import { leastMinutes, mostMinutes } from './compositions.ts';
import type { CompanyDefinition } from './definition.ts';
import { seatErrors } from './seatErrors.ts';

const DAY_MINUTES = 1440;

/** What a form cannot tell: references that lead nowhere, keys given twice, times off the company's grain. */
export function contradictions(company: CompanyDefinition, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const add = (where: string, message: string): void => void errors.push({ path: `${path}.${where}`, message });
  const branches = keysOf(company.branches, 'branches', add);
  const schedules = keysOf(company.schedules ?? [], 'schedules', add);
  const resources = keysOf(company.resources ?? [], 'resources', add);
  const services = keysOf(company.services ?? [], 'services', add);
  const refer = (known: ReadonlySet<string>, key: string | undefined, where: string, what: string): void => {
    if (key !== undefined && !known.has(key)) add(where, `names no ${what} of this company: "${key}"`);
  };

  company.branches.forEach((branch, i) => refer(schedules, branch.schedule, `branches[${i}].schedule`, 'schedule'));
  company.resources?.forEach((resource, i) => {
    refer(schedules, resource.schedule, `resources[${i}].schedule`, 'schedule');
    refer(branches, resource.branch, `resources[${i}].branch`, 'branch');
    if (resource.branch === undefined && company.branches.length > 1)
      add(`resources[${i}].branch`, 'must name one of the branches, because there are several');
  });
  company.services?.forEach((service, i) => {
    service.resources?.forEach((key, j) => refer(resources, key, `services[${i}].resources[${j}]`, 'resource'));
    for (const field of ['noticeMinutes', 'horizonDays'] as const)
      if (service[field] !== undefined && service.policies?.[field] !== undefined)
        add(`services[${i}].policies.${field}`, `is given twice: it stands beside the policies as well`);
    [...compositionErrors(service, company.resources ?? []), ...seatErrors(service)].forEach(
      ({ path: where, message }) => add(`services[${i}].${where}`, message),
    );
  });
  const dialled = new Set<string>();
  company.numbers?.forEach((number, i) => {
    refer(branches, number.branch, `numbers[${i}].branch`, 'branch');
    refer(services, number.defaultService, `numbers[${i}].defaultService`, 'service');
    refer(resources, number.defaultResource, `numbers[${i}].defaultResource`, 'resource');
    const e164 = toE164(number.number, company.country);
    if (e164 === undefined) add(`numbers[${i}].number`, 'must be a phone number, best in E.164 like +49301234567');
    else if (dialled.has(e164)) add(`numbers[${i}].number`, `is given twice: ${e164}`);
    else dialled.add(e164);
  });
  const agents = new Set<string>();
  company.agents?.forEach((agent, i) => {
    refer(branches, agent.branch, `agents[${i}].branch`, 'branch');
    if (agents.has(agent.id)) add(`agents[${i}].id`, `is given twice: ${agent.id}`);
    agents.add(agent.id);
  });
  const keys = new Set<string>();
  const secrets = new Set<string>();
  company.keys?.forEach(({ name, secret }, i) => {
    if (keys.has(name)) add(`keys[${i}].name`, `is given twice: ${name}`);
    if (secrets.has(secret)) add(`keys[${i}].secret`, 'is given twice');
    keys.add(name);
    secrets.add(secret);
  });
  grain(company, add);
  return errors;
}

type Add = (where: string, message: string) => void;

function keysOf(entries: readonly { readonly key: string }[], list: string, add: Add): ReadonlySet<string> {
  const seen = new Set<string>();
  entries.forEach(({ key }, i) => {
    if (seen.has(key)) add(`${list}[${i}].key`, `is given twice: ${key}`);
    seen.add(key);
  });
  return seen;
}

function grain(company: CompanyDefinition, add: Add): void {
  const grainMinutes = company.grainMinutes ?? 5;
  const fits = (minutes: number | undefined, where: string): void => {
    if (minutes !== undefined && minutes % grainMinutes !== 0)
      add(where, `must be a multiple of the company's grain of ${grainMinutes} minutes`);
  };
  const window = (entry: { readonly from: string; readonly to: string }, where: string): void => {
    fits(minuteOf(entry.from), `${where}.from`);
    fits(minuteOf(entry.to), `${where}.to`);
  };
  company.schedules?.forEach((schedule, i) => {
    schedule.weekly.forEach((entry, j) => {
      window(entry, `schedules[${i}].weekly[${j}]`);
      if (entry.validFrom !== undefined && entry.validTo !== undefined && entry.validTo < entry.validFrom)
        add(`schedules[${i}].weekly[${j}].validTo`, 'must not be before validFrom');
    });
    schedule.closedDates?.forEach((dates, j) => {
      if (typeof dates !== 'string' && dates.to < dates.from)
        add(`schedules[${i}].closedDates[${j}].to`, 'must not be before from');
    });
    const dates = new Set<string>();
    schedule.overrides?.forEach((override, j) => {
      const where = `schedules[${i}].overrides[${j}]`;
      if (dates.has(override.date)) add(`${where}.date`, `is given twice: ${override.date}`);
      dates.add(override.date);
      override.windows.forEach((entry, k) => window(entry, `${where}.windows[${k}]`));
    });
    if (schedule.validFrom !== undefined && schedule.validTo !== undefined && schedule.validTo < schedule.validFrom)
      add(`schedules[${i}].validTo`, 'must not be before validFrom');
  });
  company.services?.forEach((service, i) => {
    const where = `services[${i}]`;
    fits(service.durationMinutes, `${where}.durationMinutes`);
    fits(service.stepMinutes ?? 15, `${where}.stepMinutes`);
    fits(service.bufferBeforeMinutes, `${where}.bufferBeforeMinutes`);
    fits(service.bufferAfterMinutes, `${where}.bufferAfterMinutes`);
    Object.entries(service.minutesOf ?? {}).forEach(([key, minutes]) => fits(minutes, `${where}.minutesOf.${key}`));
    service.segments?.forEach(({ durationMinutes, gapAfterMinutes: gap, minutesOf }, j) => {
      const segment = `${where}.segments[${j}]`;
      fits(durationMinutes, `${segment}.durationMinutes`);
      if (typeof gap === 'object') {
        fits(gap.min, `${segment}.gapAfterMinutes.min`);
        fits(gap.max, `${segment}.gapAfterMinutes.max`);
      } else fits(gap, `${segment}.gapAfterMinutes`);
      Object.entries(minutesOf ?? {}).forEach(([key, minutes]) => fits(minutes, `${segment}.minutesOf.${key}`));
    });
    const least = service.segments === undefined ? service.durationMinutes : leastMinutes(service.segments);
    if (least === undefined) add(`${where}.durationMinutes`, 'is required, unless there are segments');
    else if (service.durationMinutes !== undefined && service.durationMinutes !== least)
      add(`${where}.durationMinutes`, `must be the segments' sum with the least gaps, ${least}, or be left out`);
    const occupied = mostMinutes(service) + (service.bufferBeforeMinutes ?? 0) + (service.bufferAfterMinutes ?? 0);
    if (occupied > DAY_MINUTES) add(`${where}.durationMinutes`, 'must, with its buffers, not be longer than 24 hours');
  });
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
