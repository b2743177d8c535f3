import { civilOf, epochDayAt, epochDayOf, type Zone } from '../../../plugin.ts';

/** For so many years from the first time on a zone is described. */
const YEARS = 10;

/** A zone as a calendar describes it (RFC 5545, 3.6.5): each change of its clock around the times that use it, one by one. */
export function vtimezone(zone: Zone, firstMs: number): readonly string[] {
  const { year } = civilOf(epochDayAt(firstMs));
  const endMs = epochDayOf(year + YEARS, 1, 1) * 86_400_000;
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone.name}`];
  let atMs = epochDayOf(year - 1, 1, 1) * 86_400_000;
  let before = zone.pieceAt(atMs).offsetMs;
  lines.push(...observance(atMs, before, before));
  for (let piece = zone.pieceAt(atMs); piece.toMs < endMs; piece = zone.pieceAt(piece.toMs)) {
    atMs = piece.toMs;
    const { offsetMs } = zone.pieceAt(atMs);
    if (offsetMs !== before) lines.push(...observance(atMs, before, offsetMs));
    before = offsetMs;
  }
  return [...lines, 'END:VTIMEZONE'];
}

function observance(atMs: number, fromMs: number, toMs: number): readonly string[] {
  const kind = toMs > fromMs ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${localText(atMs + fromMs)}`,
    `TZOFFSETFROM:${offsetText(fromMs)}`,
    `TZOFFSETTO:${offsetText(toMs)}`,
    `END:${kind}`,
  ];
}

/** A time of a wall clock: `20261124T090000`. */
export const localText = (local: number): string => new Date(local).toISOString().replaceAll(/[-:]|\..*$/g, '');

function offsetText(offsetMs: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.abs(offsetMs) / 1_000;
  const rest = seconds % 60 === 0 ? '' : pad(seconds % 60);
  return `${offsetMs < 0 ? '-' : '+'}${pad(Math.floor(seconds / 3_600))}${pad(Math.floor(seconds / 60) % 60)}${rest}`;
}
