import { formatUtc, localFormat, zoneNamed, type InstantFormat } from '../../adapter.ts';

const formats = new Map<string, InstantFormat>();

/** Writes instants in a zone's local time with its offset; an unknown zone is written in UTC. There are some 600 zones. */
export function isoIn(timeZone: string): InstantFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const lookup = zoneNamed(timeZone);
    format = lookup.ok ? localFormat(lookup.zone) : formatUtc;
    if (lookup.ok) formats.set(timeZone, format);
  }
  return format;
}
