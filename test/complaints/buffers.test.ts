import { describe, expect } from 'vitest';
import { between, writing } from '../failures/between.ts';
import { guarded } from '../failures/guarded.ts';

const on = (time: string): string => `2026-11-24T${time}:00+01:00`;
const QUARTER_MS = 15 * 60_000;

/** A quarter of an hour before and after, starts each quarter. */
const salon = {
  services: [
    {
      key: 'colour',
      name: 'Colour',
      durationMinutes: 60,
      stepMinutes: 15,
      bufferBeforeMinutes: 15,
      bufferAfterMinutes: 15,
      resources: ['anna'],
    },
  ],
};

/** Every five minutes from eight to six. */
const clock = Array.from({ length: 120 }, (_, index) => Date.parse(on('08:00')) + index * 300_000);

describe('time around an appointment', () => {
  guarded(
    'what is listed can be had, and what is not listed is refused, to the last five minutes of the day',
    async ({ salon: ask, rows }) => {
      await ask('POST', '/api/v2/appointments', { body: { service: 'colour', start: on('11:00') } });
      const range = `from=${encodeURIComponent(on('00:00'))}&to=${encodeURIComponent(on('23:59'))}`;
      const { body } = await ask('GET', `/api/v2/slots?service=colour&${range}`);
      const listed = body.slots.map(({ start }) => Date.parse(String(start)));
      // The after of the first and the before of the second lie between two.
      expect(body.slots.map(({ start }) => String(start).slice(11, 16))).toEqual([
        ...['09:00', '09:15', '09:30', '12:30', '12:45', '13:00', '13:15', '13:30', '13:45'],
        ...['14:00', '14:15', '14:30', '14:45', '15:00', '15:15', '15:30', '15:45', '16:00'],
      ]);
      for (const startMs of clock) {
        const start = new Date(startMs).toISOString();
        const held = await ask('POST', '/api/v2/holds', { body: { service: 'colour', start, owner: 'a' } });
        expect([start, held.status === 201]).toEqual([start, listed.includes(startMs)]);
        if (held.status === 201) {
          // From a quarter before to a quarter after.
          expect(rows.claims(held.body.id)).toHaveLength(18);
          await ask('DELETE', `/api/v2/holds/${held.body.id}?owner=a`);
        } else expect(held.status).toBe(409);
      }
    },
    {
      'a list that looks at appointments without the time after them': {
        storage: between((inner) => ({
          busy: async (company, query) => {
            const answer = await inner.busy(company, query);
            if (query.toMs - query.fromMs < 12 * 3_600_000) return answer;
            const shorter = answer.busy.map((own) => own.map((ms, index) => (index % 2 === 1 ? ms - QUARTER_MS : ms)));
            return { ...answer, busy: shorter };
          },
        })),
      },
    },
    { salon },
  );

  guarded(
    'a time that is written by hand into a request has no way past the buffers',
    async ({ salon: ask, rows, clock: { now } }) => {
      const first = await ask('POST', '/api/v2/appointments', { body: { service: 'colour', start: on('11:00') } });
      const other = await ask('POST', '/api/v2/appointments', { body: { service: 'colour', start: on('15:00') } });
      const { body: offered } = await ask('POST', '/api/v2/offers', {
        body: { service: 'colour', start: on('12:30') },
      });
      // The start stands in the token, first, in base 36.
      const [version = '', start = '', ...rest] = offered.offer.split('.');
      const earlier = (parseInt(start, 36) - QUARTER_MS).toString(36);
      const forged = [version, earlier, ...rest].join('.');
      for (const body of [
        { service: 'colour', start: on('12:15') },
        { service: 'colour', start: on('12:00') },
        { service: 'colour', start: on('09:45') },
        { service: 'colour', start: on('12:00'), replacing: { appointment: other.body.id, version: 1 } },
        { offer: forged },
      ]) {
        const booked = await ask('POST', '/api/v2/appointments', { body });
        expect([body, [400, 409].includes(booked.status)]).toEqual([body, true]);
        const held = await ask('POST', '/api/v2/holds', {
          body: 'offer' in body ? { offer: forged, owner: 'a' } : { service: 'colour', start: body.start, owner: 'a' },
        });
        expect([body, [400, 409].includes(held.status)]).toEqual([body, true]);
      }
      const moved = await ask('POST', `/api/v2/appointments/${other.body.id}/reschedule`, {
        body: { start: on('12:15') },
      });
      expect([moved.status, moved.body.code]).toEqual([409, 'SLOT_TAKEN']);
      expect(rows.appointments().map(({ id }) => id)).toEqual([first.body.id, other.body.id]);
      expect(rows.count('holds')).toBe(0);
      expect(rows.contradictions(now())).toEqual([]);
    },
    {
      'claims without what lies before and after': {
        storage: writing((write) => ({
          ...write,
          claims: write.claims?.map((claim) => ({
            ...claim,
            spans: claim.spans.map((span) => ({
              ...span,
              startMs: span.startMs + QUARTER_MS,
              endMs: span.endMs - QUARTER_MS,
            })),
          })),
        })),
      },
    },
    { salon },
  );
});
