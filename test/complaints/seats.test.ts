import { describe, expect } from 'vitest';
import type { SessionId } from '../../src/core/model/ids.ts';
import { TEN } from '../http/api.ts';
import { between, writing } from '../failures/between.ts';
import { guarded } from '../failures/guarded.ts';

const salon = {
  services: [
    { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 60, seats: 4, resources: ['anna'] },
    { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30, resources: ['anna'] },
  ],
};

describe('a class with seats', () => {
  guarded(
    'the first two who book at once share one session, and the fifth finds it full',
    async (desk) => {
      const far = await desk.beside();
      try {
        const book = (index: number) =>
          (index % 2 === 0 ? desk : far).salon('POST', '/api/v2/appointments', {
            body: { service: 'yoga', start: TEN },
          });
        const two = await Promise.all([book(0), book(1)]);
        expect(two.map(({ status }) => status)).toEqual([201, 201]);
        expect(desk.rows.count('sessions')).toBe(1);
        // Twelve cells of Anna's time once, and a seat for each.
        expect(desk.rows.count('claims')).toBe(12 + 2);
        const crowd = await Promise.all(Array.from({ length: 10 }, (_, index) => book(index)));
        expect(crowd.filter(({ status }) => status === 201)).toHaveLength(2);
        for (const { status, body } of crowd)
          if (status !== 201) {
            expect([status, body.code]).toEqual([409, 'SLOT_TAKEN']);
            expect(body['alternatives']).toHaveLength(3);
          }
        expect(desk.rows.appointments()).toHaveLength(4);
        expect(desk.rows.count('sessions')).toBe(1);
        expect(desk.rows.count('claims')).toBe(12 + 4);
        const other = await desk.salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: TEN } });
        expect([other.status, other.body.code]).toEqual([409, 'SLOT_TAKEN']);
        for (const { id } of desk.rows.appointments())
          expect((await desk.salon('POST', `/api/v2/appointments/${id}/cancel`, { body: {} })).status).toBe(200);
        expect([desk.rows.count('sessions'), desk.rows.count('claims'), desk.rows.count('units')]).toEqual([0, 0, 0]);
        expect(
          (await desk.salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: TEN } })).status,
        ).toBe(201);
      } finally {
        await far.close();
      }
    },
    {
      'one seat more than there are': {
        storage: (inner) =>
          between(() => ({
            busy: async (company, query) => {
              const answer = await inner.busy(company, query);
              const fewer = answer.sessions?.map((each) => ({ ...each, taken: Math.max(1, each.taken - 1) }));
              return fewer === undefined ? answer : { ...answer, sessions: fewer };
            },
          }))(
            writing((write) => ({ ...write, seats: write.seats?.map((seat) => ({ ...seat, seats: seat.seats + 1 })) }))(
              inner,
            ),
          ),
      },
      'a session of his own for each': {
        storage: writing((write) => ({
          ...write,
          seats: write.seats?.map((seat) => ({ ...seat, session: seat.owner as string as SessionId })),
        })),
      },
    },
    { salon },
  );
});
