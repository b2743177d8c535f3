import { Temporal } from 'temporal-polyfill';

import type { CaseAnswer } from './caseAnswer.ts';
import type {
  CaseFile,
  CaseLimits,
  CaseResource,
  CaseSchedule,
  CaseService,
  CaseTerms,
  CaseVisit,
} from './caseFile.ts';
import { oracleAnswer } from './oracle.ts';

/** A mistake an engine could make, as the answer it would then give in place of the right one. */
export interface PlantedFault {
  readonly name: string;
  readonly answer: (file: CaseFile, right: CaseAnswer) => CaseAnswer;
}

/** Answers another question than the one asked. */
export function misreading(name: string, misread: (file: CaseFile) => CaseFile): PlantedFault {
  return {
    name,
    answer: (file, right) => {
      const other = misread(file);
      return JSON.stringify(other) === JSON.stringify(file) ? right : oracleAnswer(other);
    },
  };
}

/** Misreads the service, and each service of a visit. */
export function onService(name: string, change: (service: CaseService) => CaseService): PlantedFault {
  return misreading(name, (file) => ({
    ...file,
    ...(file.service ? { service: change(file.service) } : {}),
    ...(file.visit ? { visit: { ...file.visit, services: file.visit.services.map(change) } } : {}),
  }));
}

/** Misreads what a service or a visit says of the whole appointment. */
export function onTerms(name: string, change: <Terms extends CaseTerms>(terms: Terms) => Terms): PlantedFault {
  return misreading(name, (file) => ({
    ...file,
    ...(file.service ? { service: change(file.service) } : {}),
    ...(file.visit ? { visit: change(file.visit) } : {}),
  }));
}

export function onVisit(name: string, change: (visit: CaseVisit) => CaseVisit): PlantedFault {
  return misreading(name, (file) => (file.visit ? { ...file, visit: change(file.visit) } : file));
}

export function onResource(name: string, change: (resource: CaseResource) => CaseResource): PlantedFault {
  return misreading(name, (file) => ({ ...file, resources: file.resources.map(change) }));
}

/** Misreads the hours of resources and of named schedules. */
export function onSchedule(name: string, change: <Hours extends CaseSchedule>(schedule: Hours) => Hours): PlantedFault {
  return misreading(name, (file) => ({
    ...file,
    resources: file.resources.map(change),
    ...(file.schedules
      ? { schedules: Object.fromEntries(Object.entries(file.schedules).map(([key, each]) => [key, change(each)])) }
      : {}),
  }));
}

/** Misreads all limits; each is given the zone of the first resource. */
export function onLimits(name: string, change: (limits: CaseLimits, zone: string) => CaseLimits): PlantedFault {
  return misreading(name, (file) => {
    const zone = file.resources[0]?.timeZone ?? 'UTC';
    const changed = <Limited extends { readonly limits?: CaseLimits }>(limited: Limited): Limited =>
      limited.limits ? { ...limited, limits: change(limited.limits, zone) } : limited;
    return {
      ...file,
      resources: file.resources.map(changed),
      ...(file.service ? { service: changed(file.service) } : {}),
      ...(file.visit ? { visit: { ...file.visit, services: file.visit.services.map(changed) } } : {}),
      ...(file.customer ? { customer: changed(file.customer) } : {}),
    };
  });
}

/** The object without one field. */
export function without<Whole extends object, Key extends keyof Whole>(whole: Whole, key: Key): Omit<Whole, Key> {
  const { [key]: _gone, ...rest } = whole;
  return rest;
}

export function later(iso: string, milliseconds: number): string {
  return Temporal.Instant.from(iso).add({ milliseconds }).toString();
}
