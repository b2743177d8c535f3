import { describe, expect } from 'vitest';
import { TEN, type Body } from '../http/api.ts';
import { between } from '../failures/between.ts';
import { guarded } from '../failures/guarded.ts';

const WEEK_MS = 7 * 86_400_000;
const series = { service: 'anna-only', start: TEN, rule: 'FREQ=WEEKLY;COUNT=20' };

const occurrencesOf = (body: Body): readonly Body[] => body['occurrences'] as readonly Body[];
const codeOf = (occurrence: Body): string | undefined => (occurrence['refusal'] as Body | null)?.code;

describe('what repeats', () => {
  guarded(
    'every date of a series has an answer of its own, the fifteenth as much as the first, and keeps its time over the change of clocks',
    async ({ salon, rows, clock }) => {
      const taken = { service: 'anna-only', start: '2027-03-09T10:30:00+01:00' };
      expect((await salon('POST', '/api/v2/appointments', { body: taken })).status).toBe(201);
      const whole = await salon('POST', '/api/v2/series', { body: { ...series, conflicts: 'fail' } });
      expect(whole).toMatchObject({
        status: 409,
        body: { code: 'BATCH_REFUSED', items: [{ path: 'occurrences[15]' }] },
      });
      expect(rows.appointments()).toHaveLength(1);
      const checked = await salon('POST', '/api/v2/series/check', { body: { ...series, conflicts: 'skip' } });
      const refused = (list: readonly Body[]) =>
        list.flatMap((each, index) => (codeOf(each) === undefined ? [] : [index]));
      expect(refused(occurrencesOf(checked.body))).toEqual([15]);
      const some = await salon('POST', '/api/v2/series', { body: { ...series, conflicts: 'skip' } });
      expect(some.status).toBe(201);
      const occurrences = occurrencesOf(some.body);
      expect(occurrences).toHaveLength(20);
      expect(occurrences.map(codeOf)).toEqual(occurrences.map((_, index) => (index === 15 ? 'SLOT_TAKEN' : undefined)));
      expect(new Set(occurrences.map(({ start }) => String(start).slice(11)))).toEqual(
        new Set(['10:00:00.000+01:00', '10:00:00.000+02:00']),
      );
      const booked = rows.appointments().filter(({ startMs }) => startMs !== Date.parse(taken.start));
      expect(booked).toHaveLength(19);
      for (const { id } of booked) expect(rows.claims(id)).toHaveLength(12);
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {
      'only the first two weeks looked at and claimed': {
        storage: between((inner) => ({
          busy: async (company, query) => {
            const answer = await inner.busy(company, query);
            return Date.parse(TEN) + 2 * WEEK_MS > query.fromMs && query.toMs - query.fromMs < WEEK_MS
              ? answer
              : { ...answer, busy: answer.busy.map(() => new Float64Array(0)) };
          },
          write: (company, write) =>
            inner.write(company, {
              ...write,
              claims: write.claims?.filter(({ spans }) =>
                spans.every(({ startMs }) => startMs < Date.parse(TEN) + 2 * WEEK_MS),
              ),
            }),
        })),
      },
    },
  );

  guarded(
    'of two series that want the same dates at once each date is had by one',
    async (desk) => {
      const far = await desk.beside();
      try {
        const ask = { body: { ...series, conflicts: 'skip' } };
        const answers = await Promise.all([
          desk.salon('POST', '/api/v2/series', ask),
          far.salon('POST', '/api/v2/series', ask),
        ]);
        const won = answers.map(({ body }) => occurrencesOf(body).map((each) => codeOf(each) === undefined));
        for (let index = 0; index < 20; index++)
          expect([won[0]?.[index], won[1]?.[index]].filter(Boolean)).toHaveLength(1);
        expect(desk.rows.appointments()).toHaveLength(20);
        expect(desk.rows.contradictions(desk.clock.now())).toEqual([]);
      } finally {
        await far.close();
      }
    },
    {
      'claims without their key, where all have looked a moment before': {
        storage: between((inner) => ({
          busy: async (company, query) => {
            const answer = await inner.busy(company, query);
            return { ...answer, busy: answer.busy.map(() => new Float64Array(0)) };
          },
        })),
        breaks: ({ rows }) => void rows.dropClaimsKey(),
      },
    },
  );
});
