import { describe, expect } from 'vitest';
import { inAnyOrder } from './callEvents.ts';
import { guarded } from './guarded.ts';

describe('what the provider tells of a call', () => {
  guarded('events in any order, repeated, at once or never come to one row and one state', inAnyOrder, {});

  guarded(
    'a booking is tied to its call whether the call was announced before, after or never',
    async ({ call, rows }) => {
      const wish = { date: '2026-11-24', service: 'Cut', count: 1 };
      const [before, after, never] = [call('before'), call('after'), call('never')];
      await before.event('call_started');
      for (const caller of [before, after, never]) {
        const found = await caller.ask('find_slots', wish);
        expect(await caller.ask('book', { offer: found.offers?.[0]?.number ?? 0 })).toMatchObject({ ok: true });
      }
      await after.event('call_started');
      await after.event('call_ended');
      const calls = rows.calls();
      expect(calls.map(({ provider, status }) => `${provider} ${status}`)).toEqual([
        'after completed',
        'before ongoing',
        'never ongoing',
      ]);
      for (const { id, appointment } of calls)
        expect(rows.appointments().find((row) => row.id === appointment)?.call).toBe(id);
      expect(new Set(calls.map(({ appointment }) => appointment)).size).toBe(3);
    },
    {},
  );
});
