import type { CaseFile, CaseResource, CaseSegment, CaseService } from './caseFile.ts';

const MINUTE_MS = 60_000;

/** Takes away from a case whatever can go while it still fails, until nothing more can. Needs `fails(file)` to hold at first. */
export function shrink(file: CaseFile, fails: (smaller: CaseFile) => boolean): CaseFile {
  let smallest = file;
  for (;;) {
    const smaller = firstFailing(oneSmaller(smallest), fails);
    if (smaller === undefined) return smallest;
    smallest = smaller;
  }
}

function firstFailing(candidates: Iterable<CaseFile>, fails: (smaller: CaseFile) => boolean): CaseFile | undefined {
  for (const candidate of candidates) if (fails(candidate)) return candidate;
  return undefined;
}

/** Every case that is one thing smaller, the biggest things first. */
function* oneSmaller(file: CaseFile): Generator<CaseFile> {
  for (const resources of withoutOne(file.resources)) if (resources.length > 0) yield { ...file, resources };
  yield* smallerRanges(file);
  if (file.now !== undefined) {
    const { now: _now, ...rest } = file;
    const { noticeMinutes: _notice, horizonDays: _horizon, ...service } = file.service;
    yield { ...rest, service };
  }
  for (const service of smallerServices(file.service)) yield { ...file, service };
  for (const [index, resource] of file.resources.entries()) {
    for (const smaller of smallerResources(resource)) yield { ...file, resources: file.resources.with(index, smaller) };
  }
}

function* smallerRanges(file: CaseFile): Generator<CaseFile> {
  const from = Date.parse(file.range.from);
  const to = Date.parse(file.range.to);
  for (const share of [0.5, 0.25, 0.1]) {
    const cut = Math.floor(((to - from) * share) / MINUTE_MS) * MINUTE_MS;
    if (cut < MINUTE_MS) continue;
    yield { ...file, range: { ...file.range, to: new Date(to - cut).toISOString() } };
    yield { ...file, range: { ...file.range, from: new Date(from + cut).toISOString() } };
  }
}

function* smallerServices(service: CaseService): Generator<CaseService> {
  for (const key of Object.keys(service)) {
    if (key === 'durationMinutes' || key === 'segments') continue;
    yield Object.fromEntries(Object.entries(service).filter(([each]) => each !== key)) as unknown as CaseService;
  }
  if (service.segments === undefined) return;
  const { segments, ...unsegmented } = service;
  yield unsegmented;
  for (const fewer of withoutOne(segments)) {
    const last = fewer.at(-1);
    if (last === undefined) continue;
    const ended = fewer.with(-1, { durationMinutes: last.durationMinutes });
    yield { ...service, segments: ended, durationMinutes: leastMinutes(ended) };
  }
}

/** The duration of a service of these segments: their sum with the least gaps between them. */
function leastMinutes(segments: readonly CaseSegment[]): number {
  return segments.reduce((sum, { durationMinutes, gapAfterMinutes: gap = 0 }) => {
    return sum + durationMinutes + (typeof gap === 'number' ? gap : gap.min);
  }, 0);
}

function* smallerResources(resource: CaseResource): Generator<CaseResource> {
  for (const key of Object.keys(resource)) {
    if (key === 'id') continue;
    yield Object.fromEntries(Object.entries(resource).filter(([each]) => each !== key)) as unknown as CaseResource;
  }
  for (const busy of withoutOne(resource.busy ?? [])) yield { ...resource, busy };
  for (const timeOff of withoutOne(resource.timeOff ?? [])) yield { ...resource, timeOff };
  for (const overrides of withoutOne(resource.overrides ?? [])) yield { ...resource, overrides };
  for (const [index, override] of (resource.overrides ?? []).entries()) {
    for (const windows of withoutOne(override.windows)) {
      yield { ...resource, overrides: (resource.overrides ?? []).with(index, { ...override, windows }) };
    }
  }
  for (const weekly of withoutOne(resource.weekly ?? [])) yield { ...resource, weekly };
  for (const [index, window] of (resource.weekly ?? []).entries()) {
    for (const days of withoutOne(window.days)) {
      if (days.length > 0) yield { ...resource, weekly: (resource.weekly ?? []).with(index, { ...window, days }) };
    }
  }
}

function withoutOne<Item>(items: readonly Item[]): Item[][] {
  return items.map((_item, index) => items.toSpliced(index, 1));
}
