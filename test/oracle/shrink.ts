import type { CaseFile } from './caseFile.ts';

const MINUTE_MS = 60_000;
/** Without these there is no case, or no thing of which they are the fields. */
const NEEDED = new Set([
  ...['range', 'from', 'to', 'service', 'visit', 'services', 'resources', 'id', 'durationMinutes'],
  ...['days', 'date', 'windows', 'start', 'end', 'taken', 'min', 'max', 'ask'],
]);

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
  for (const resource of file.resources) {
    if (file.resources.length > 1) yield without(file, resource.id);
  }
  yield* smallerRanges(file);
  if (file.ask !== undefined) {
    const { ask: _ask, ...rest } = file;
    yield rest;
  }
  if (file.now !== undefined) {
    const { now: _now, ...rest } = file;
    yield JSON.parse(JSON.stringify(rest, (key, value: unknown) => (TIMED.has(key) ? undefined : value))) as CaseFile;
  }
  for (let depth = 1; depth <= DEEPEST; depth++) for (const value of smallerAt(file, depth)) yield value as CaseFile;
}

/** What needs a `now`. */
const TIMED = new Set(['noticeMinutes', 'horizonDays']);
const DEEPEST = 8;

/** The case without one resource, wherever its id stands. */
function without(file: CaseFile, id: string): CaseFile {
  const resources = file.resources.filter((resource) => resource.id !== id);
  const clear = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((each) => each !== id).map(clear);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => key !== id);
    return Object.fromEntries(entries.map(([key, each]) => [key, clear(each)]));
  };
  return clear({ ...file, resources }) as CaseFile;
}

function* smallerRanges(file: CaseFile): Generator<CaseFile> {
  if (file.range.to === undefined) return;
  const from = Date.parse(file.range.from);
  const to = Date.parse(file.range.to);
  for (const share of [0.5, 0.25, 0.1]) {
    const cut = Math.floor(((to - from) * share) / MINUTE_MS) * MINUTE_MS;
    if (cut < MINUTE_MS) continue;
    yield { ...file, range: { ...file.range, to: new Date(to - cut).toISOString() } };
    yield { ...file, range: { ...file.range, from: new Date(from + cut).toISOString() } };
  }
}

/** The value with one field or item less, so many levels down; the last item of a list stays. */
function* smallerAt(value: unknown, depth: number): Generator<unknown> {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (depth === 1 && items.length > 1) for (const index of items.keys()) yield items.toSpliced(index, 1);
    if (depth === 1) return;
    for (const [index, item] of items.entries()) {
      for (const smaller of smallerAt(item, depth - 1)) yield items.with(index, smaller);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, field] of Object.entries(value)) {
      if (depth > 1) for (const smaller of smallerAt(field, depth - 1)) yield { ...value, [key]: smaller };
      else if (!NEEDED.has(key)) yield Object.fromEntries(Object.entries(value).filter(([each]) => each !== key));
    }
  }
}
