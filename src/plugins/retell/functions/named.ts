import type { Resource, Service } from '../../../plugin.ts';
import type { Spoken, Turn } from './turn.ts';

/** What was found for a spoken name, or the sentence that asks again. */
export type Found<T> = { readonly ok: true; readonly found: T } | { readonly ok: false; readonly answer: Spoken };

const MAX_CHOICES = 6;

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The one whose key, id or name it is, spelling of accents and case aside; none is guessed. */
function byName<T extends { readonly id: string; readonly key: string; readonly name: string }>(
  things: readonly T[],
  spoken: string,
): T | undefined {
  const wanted = plain(spoken);
  const exact = things.find(({ id, key }) => id === spoken || key === spoken);
  const named = things.filter(({ key, name }) => plain(name) === wanted || plain(key) === wanted);
  return exact ?? (named.length === 1 ? named[0] : undefined);
}

/** The service asked for; else the line's own, else the only one, else a question. */
export async function serviceFor(turn: Turn, spoken: string | undefined): Promise<Found<Service>> {
  const services = (await turn.door.services()).filter(({ active }) => active);
  const { phrases } = turn.speech;
  const choice = phrases.choice(services.slice(0, MAX_CHOICES).map(({ name }) => name));
  if (spoken !== undefined) {
    const found = byName(services, spoken);
    if (found !== undefined) return { ok: true, found };
    return { ok: false, answer: { ok: false, say: phrases.unknownService(choice), reason: 'SERVICE_UNKNOWN' } };
  }
  const byLine = services.find(({ id }) => id === turn.line?.defaultServiceId);
  const found = byLine ?? (services.length === 1 ? services[0] : undefined);
  if (found !== undefined) return { ok: true, found };
  return { ok: false, answer: { ok: false, say: phrases.askService(choice), reason: 'SERVICE_MISSING' } };
}

/** Who shall do it: as asked for, else the line's own, else anyone. */
export async function staffFor(turn: Turn, spoken: string | undefined): Promise<Found<Resource | undefined>> {
  const resources = (await turn.door.resources()).filter(({ active }) => active);
  if (spoken === undefined) return { ok: true, found: resources.find(({ id }) => id === turn.line?.defaultResourceId) };
  const found = byName(resources, spoken);
  if (found !== undefined) return { ok: true, found };
  const { phrases } = turn.speech;
  const staff = resources.filter(({ kind }) => kind === 'staff').slice(0, MAX_CHOICES);
  const say = phrases.unknownStaff(phrases.choice(staff.map(({ name }) => name)));
  return { ok: false, answer: { ok: false, say, reason: 'RESOURCE_UNKNOWN' } };
}
