import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceDefinition } from '../../src/index.ts';
import { bench, refusedWith, salon, type Bench } from './salon.ts';

const DAY = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' };
const TEN = '2026-11-24T10:00:00+01:00';
const yoga = { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 60, seats: 4, resources: ['anna'] };
const cut = { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30, resources: ['anna'] };

let at: Bench;
beforeEach(async () => {
  at = await bench({ companies: [salon({ services: [yoga, cut] })] });
});
afterEach(() => at.close());

describe('what cannot be', () => {
  test('is refused by its field when it is set up', async () => {
    const wrong = async (service: Partial<ServiceDefinition>): Promise<unknown> => {
      const one = { key: 'x', name: 'X', seats: 4, ...service };
      const applied = await at.engine.setup.apply({ companies: [salon({ services: [one] })] });
      return applied.ok ? 'applied' : (applied.refusal as { errors: unknown }).errors;
    };
    const error = (path: string, message: string): readonly object[] => [
      { path: `companies[0].services[0].${path}`, message: expect.stringContaining(message) as string },
    ];
    const parts = (second: object): NonNullable<ServiceDefinition['segments']> => [
      { key: 'one', durationMinutes: 30, gapAfterMinutes: 5, assign: { staff: 1 } },
      { key: 'two', durationMinutes: 30, assign: { staff: 1 }, ...second },
    ];
    expect(await wrong({ durationMinutes: 60, keep: 'free' })).toEqual(error('keep', 'must be required'));
    expect(await wrong({ segments: parts({ assign: { staff: 1, room: 1 } }) })).toEqual(
      error('segments[1].assign', 'the same as in segments[0]'),
    );
    expect(await wrong({ segments: parts({ skills: { staff: ['dye'] } }) })).toEqual(
      error('segments[1].skills', 'the same as in segments[0]'),
    );
    expect(await wrong({ durationMinutes: 60, seats: 0 })).toMatchObject([{ path: 'companies[0].services[0].seats' }]);
    expect(await wrong({ segments: parts({}) })).toBe('applied');
  });

  test('is refused by its field when it is asked', async () => {
    for (const partySize of [0, -1, 1.5, NaN, 1001])
      for (const answer of [
        await at.door.find({ service: 'yoga', ...DAY, partySize }),
        await at.door.check({ service: 'yoga', start: TEN, partySize }),
        await at.door.explain({ service: 'yoga', start: TEN, partySize }),
        await at.door.book({ service: 'yoga', start: TEN, partySize }),
        await at.door.hold({ service: 'yoga', start: TEN, partySize }, { owner: 'call' }),
      ])
        expect(answer).toMatchObject({ refusal: { code: 'INPUT_INVALID', errors: [{ path: 'partySize' }] } });
    // Whoever has somebody to himself is one.
    expect(refusedWith(await at.door.book({ service: 'cut', start: TEN, partySize: 2 }))).toBe('LIMIT_REACHED');
  });
});
