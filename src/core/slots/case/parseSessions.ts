import { covers, normalise, type Intervals } from '../../time/interval.ts';
import type { Session, SlotResource } from '../question.ts';
import type { CompiledService } from '../service.ts';
import { describe, readFields, readList, refuse, within, type Reading } from './fields.ts';
import { LISTS } from './maxima.ts';
import { readInstant } from './moments.ts';
import { readText, readWhole } from './values.ts';

/** The fields of a session. */
export const SESSION_FIELDS = ['start', 'resources', 'taken'] as const;

/** Reads the sessions that exist; undefined when they are absent. */
export function readSessions(
  reading: Reading,
  value: unknown,
  service: CompiledService,
  resources: readonly SlotResource[],
): readonly Session[] | undefined {
  if (value === undefined) return undefined;
  const list = readList(reading, value, 'sessions', { most: LISTS.sessions });
  if (list.length > 0 && service.seats === 1) {
    return refuse(reading, 'sessions', 'are only for a service with seats above 1');
  }
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const busy = new Map<string, Intervals>();
  return list.flatMap((entry, index) => {
    const path = `sessions[${index}]`;
    const session = readSession(reading, entry, path, service.seats, byId);
    if (session === undefined) return [];
    const spans = spansOf(service, session, byId);
    session.resources.forEach((id, at) => {
      const own = busy.get(id) ?? normalise(byId.get(id)?.busy ?? new Float64Array(0));
      busy.set(id, own);
      if (spans.every(([startMs, endMs]) => covers(own, startMs, endMs))) return;
      const reason = 'the time of a session stands in the busy of its resources as well';
      refuse(reading, `${path}.resources[${at}]`, `is not busy during all of the session; ${reason}`);
    });
    return [session];
  });
}

function readSession(
  reading: Reading,
  value: unknown,
  path: string,
  seats: number,
  byId: ReadonlyMap<string, SlotResource>,
): Session | undefined {
  const fields = readFields(reading, value, path, SESSION_FIELDS);
  if (fields === undefined) return undefined;
  const startMs = readInstant(reading, fields.get('start'), within(path, 'start'));
  const taken = readWhole(reading, fields.get('taken'), within(path, 'taken'), { least: 0, most: seats });
  const resourcesPath = within(path, 'resources');
  const list = readList(reading, fields.get('resources'), resourcesPath, { least: 1, most: LISTS.sessionResources });
  const ids = list.flatMap((entry, index) => {
    const here = `${resourcesPath}[${index}]`;
    const id = readText(reading, entry, here);
    if (id === undefined) return [];
    if (!byId.has(id)) return refuse(reading, here, `is the id of no resource of the case: ${describe(id)}`) ?? [];
    return list.indexOf(id) < index ? (refuse(reading, here, `names ${describe(id)} a second time`) ?? []) : [id];
  });
  if (startMs === undefined || taken === undefined || ids.length < list.length || ids.length === 0) return undefined;
  return { startMs, resources: ids, taken };
}

/** When the segments of a session take place; its service has fixed gaps. */
function spansOf(
  { lengthsMs, minGapsMs, segments }: CompiledService,
  { startMs, resources }: Session,
  byId: ReadonlyMap<string, SlotResource>,
): readonly (readonly [startMs: number, endMs: number])[] {
  let cursorMs = startMs;
  return lengthsMs.map((lengthMs, index) => {
    const segment = segments[index];
    const own = segment?.ownLengthsMs;
    // Whoever is of the kind that has own lengths decides; with any and all everyone is.
    const kind = typeof segment?.assign === 'object' ? byId.get([...(own?.keys() ?? [])][0] ?? '')?.kind : undefined;
    const deciding = own?.size === 0 ? [] : resources.filter((id) => kind === undefined || byId.get(id)?.kind === kind);
    const lengths = deciding.map((id) => own?.get(id) ?? lengthMs);
    const fromMs = cursorMs;
    const toMs = fromMs + (lengths.length === 0 ? lengthMs : Math.max(...lengths));
    cursorMs = toMs + (minGapsMs[index] ?? 0);
    return [fromMs, toMs];
  });
}
