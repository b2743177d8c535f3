const MAX_OCTETS = 75;

/** Folds a content line (RFC 5545, 3.1): at most 75 octets a line, no character cut in two. */
export function foldedLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return `${folded}\r\n`;
}

/** Escapes a text value (RFC 5545, 3.3.11). Control characters, which no value may hold, are left out. */
export const escapedText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');

/** An instant as a UTC date-time: `20261124T080000Z`. */
export const utcText = (ms: number): string => `${new Date(ms).toISOString().replaceAll(/[-:]|\..*$/g, '')}Z`;

/** Lines as the text of a calendar. */
export const calendarText = (lines: readonly string[]): string => lines.map(foldedLine).join('');
