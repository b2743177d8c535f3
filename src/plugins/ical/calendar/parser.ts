import { EngineError } from '../../../plugin.ts';
import { UnreadableCalendar } from './jcal.ts';

/** Reads iCalendar text as jCal (RFC 7265); throws UnreadableCalendar, without anything of the text in its message. */
export type Parser = (text: string) => unknown;

/** What is used of ical.js: its reader of lines. Its expansion of rules is not, because some rules never let it return. */
interface IcalLibrary {
  parse(text: string): unknown;
}

/** Loads ical.js, which only this plugin needs; DEPENDENCY_MISSING with the command that installs it. */
export async function loadParser(): Promise<Parser> {
  const library = await import('ical.js').then(
    ({ default: loaded }): IcalLibrary => loaded,
    (cause: unknown) => {
      throw new EngineError('DEPENDENCY_MISSING', 'The package ical.js is not installed: npm install ical.js.', cause);
    },
  );
  return (text) => {
    const calendar = text.replace(/^\uFEFF/, '');
    requireNesting(calendar);
    try {
      return library.parse(calendar);
    } catch {
      throw new UnreadableCalendar('a line cannot be read');
    }
  };
}

/** A text that was cut must not read as one with fewer events; the reader lets some of them pass. */
function requireNesting(text: string): void {
  const open: string[] = [];
  let seen = 0;
  for (const [, mark = '', name = ''] of text.matchAll(/^(BEGIN|END):(.*?)\s*$/gim)) {
    seen++;
    if (mark.toUpperCase() === 'BEGIN') open.push(name.toUpperCase());
    else if (open.pop() !== name.toUpperCase()) throw new UnreadableCalendar('a component ends that did not begin');
  }
  if (open.length > 0) throw new UnreadableCalendar('it ends before its components do');
  if (seen === 0) throw new UnreadableCalendar('there is no calendar in it');
}
