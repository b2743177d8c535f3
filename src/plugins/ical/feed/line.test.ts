import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { calendarText, escapedText, foldedLine, utcText } from './line.ts';

test('a line is folded at 75 octets, and no character is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      fc.pre(!/[\r\n]/.test(text));
      const folded = foldedLine(text);
      for (const line of folded.slice(0, -2).split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(folded.isWellFormed()).toBe(text.isWellFormed());
      expect(folded.replaceAll('\r\n ', '').slice(0, -2)).toBe(text);
    }),
  );
});

test('what is written is read back by another reader, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
      const text = name.replaceAll(/[^\P{Cc}\n]/gu, '');
      const jcal: unknown = ICAL.parse(
        calendarText([
          'BEGIN:VCALENDAR',
          'BEGIN:VEVENT',
          `SUMMARY:${escapedText(text)}`,
          'END:VEVENT',
          'END:VCALENDAR',
        ]),
      );
      expect(jcal).toEqual(['vcalendar', [], [['vevent', [['summary', {}, 'text', text]], []]]]);
    }),
  );
});

test('nothing in a text becomes a line of its own', () => {
  expect(escapedText('a\r\nBEGIN:VEVENT\u0000; b, c\\')).toBe('a\\nBEGIN:VEVENT\\; b\\, c\\\\');
  expect(utcText(Date.UTC(2026, 10, 24, 8, 5, 9, 999))).toBe('20261124T080509Z');
});
