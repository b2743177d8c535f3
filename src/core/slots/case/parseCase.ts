import type { FindQuestion, SlotResource } from '../question.ts';
import type { CompiledService } from '../service.ts';
import { MOST_VARIANTS } from '../variant.ts';
import type { Wish } from '../wish.ts';
import { countCombinations } from './combinations.ts';
import { present, readFields, refuse, type FieldError, type Reading } from './fields.ts';
import { LISTS, NUMBERS } from './maxima.ts';
import { packBusy } from './packBusy.ts';
import { readAsk, type Ask } from './parseAsk.ts';
import { readCustomer } from './parseCustomer.ts';
import { countPicks, MOST_PICKS } from './picks.ts';
import { readRange, readYear } from './parseRange.ts';
import { readResources } from './parseResource.ts';
import { readService, type ReadService } from './parseService.ts';
import { readSessions } from './parseSessions.ts';
import { readVisit } from './parseVisit.ts';
import { readWish } from './parseWish.ts';
import { readSchedules } from './resourceSchedule.ts';
import { readTexts, readWhole } from './values.ts';

/** The fields of a case. */
export const CASE_FIELDS = [
  'now',
  'range',
  'service',
  'visit',
  'schedules',
  'resources',
  'sessions',
  'partySize',
  'prefer',
  'customer',
  'wish',
  'ask',
] as const;

/** What a case asks the engine, and how the answer is to be printed. */
export interface ParsedQuestion extends FindQuestion {
  /** All starts unless given. */
  readonly ask?: Ask;
  /** What alternatives shall meet if they can. */
  readonly wish?: Wish;
  /** Whether segments may differ in who serves them, and are printed. */
  readonly printsSegments?: boolean;
}

/** What {@link parseCase} answers: the question the case asks, or everything that is wrong with it. */
export type ParsedCase =
  | { readonly ok: true; readonly case: ParsedQuestion }
  | { readonly ok: false; readonly errors: readonly [FieldError, ...FieldError[]] };

/** Reads a case, see {@link CaseFile}: JSON text or what it parses to. Never throws. */
export function parseCase(input: unknown): ParsedCase {
  const packed = typeof input === 'string' ? packBusy(input) : undefined;
  const reading: Reading = packed === undefined ? { errors: [] } : { errors: [], packed: packed.lists };
  let value = input;
  if (packed !== undefined) {
    try {
      value = JSON.parse(packed.text);
    } catch (error) {
      const message = `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
      return { ok: false, errors: [{ path: '', message }] };
    }
  }
  const question = readCase(reading, value);
  const [first, ...others] = reading.errors;
  if (first !== undefined) return { ok: false, errors: [first, ...others] };
  if (question === undefined) return { ok: false, errors: [{ path: '', message: 'is not a case' }] };
  return { ok: true, case: question };
}

function readCase(reading: Reading, value: unknown): ParsedQuestion | undefined {
  const fields = readFields(reading, value, '', CASE_FIELDS);
  if (fields === undefined) return undefined;
  const ask = readAsk(reading, fields.get('ask'));
  const nowMs = fields.has('now') ? readYear(reading, fields.get('now'), 'now') : undefined;
  const range = readRange(reading, fields.get('range'), ask?.what === 'next');
  const schedules = readSchedules(reading, fields.get('schedules'));
  const resources = readResources(reading, fields.get('resources'), schedules);
  const read = readBooked(reading, fields, resources);
  const needsNow = read?.needsNow ?? timed(resources);
  if (needsNow !== undefined && !fields.has('now')) {
    refuse(reading, 'now', `is required, because ${needsNow} is counted from it`);
  }
  const party = fields.has('partySize')
    ? readWhole(reading, fields.get('partySize'), 'partySize', NUMBERS.partySize)
    : undefined;
  const others = present({
    nowMs,
    ask,
    partySize: party,
    prefer: readTexts(reading, fields.get('prefer'), 'prefer', { least: 1, most: LISTS.prefer }),
    customer: readCustomer(reading, fields.get('customer')),
    wish: readWish(reading, fields.get('wish'), 'wish'),
  });
  if (range === undefined || read === undefined || reading.errors.length > 0) return undefined;
  const { service, printsSegments } = read;
  const sessions = readSessions(reading, fields.get('sessions'), service, resources);
  refuseCombinations(reading, fields.has('visit') ? 'visit' : 'service', service, resources);
  // The next few are looked for in stretches, whatever the range.
  const picks = ask?.what === 'next' ? 0 : countPicks({ service, resources, range });
  if (picks > MOST_PICKS) {
    refuse(
      reading,
      'range',
      `has room for ${picks} picks (steps times those who serve); at most ${MOST_PICKS}, ask in parts`,
    );
  }
  return {
    range,
    service,
    resources,
    ...others,
    ...present({ sessions }),
    ...(printsSegments ? { printsSegments } : {}),
  };
}

/** The first field of a resource that can only be judged against a known now. */
function timed(resources: readonly SlotResource[]): string | undefined {
  const index = resources.findIndex(({ noticeMs = 0, horizonDays }) => noticeMs > 0 || horizonDays !== undefined);
  if (index < 0) return undefined;
  return `resources[${index}].${(resources[index]?.noticeMs ?? 0) > 0 ? 'noticeMinutes' : 'horizonDays'}`;
}

function readBooked(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  resources: readonly SlotResource[],
): ReadService | undefined {
  // What was not read of the resources is not missing.
  const kinds = reading.errors.length > 0 ? undefined : new Map(resources.map(({ id, kind }) => [id, kind]));
  if (fields.has('visit')) {
    if (fields.has('service'))
      refuse(reading, 'visit', 'must be left out where there is a service; one stands for the other');
    return readVisit(reading, fields.get('visit'), 'visit', kinds);
  }
  if (!fields.has('service')) return refuse(reading, 'service', 'is required, or visit in its place');
  return readService(reading, fields.get('service'), 'service', kinds);
}

function refuseCombinations(
  reading: Reading,
  path: string,
  service: CompiledService,
  resources: readonly SlotResource[],
): void {
  const count = countCombinations(service, resources);
  if (count <= MOST_VARIANTS) return;
  refuse(reading, path, `needs ${count} combinations of lengths and orders; at most ${MOST_VARIANTS} are allowed`);
}
