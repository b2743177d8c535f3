import { describe, expect, vi } from 'vitest';
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

  guarded(
    'a call whose end is never told is closed, and one that is still spoken of is not',
    async ({ call, rows, clock }) => {
      const hour = 3_600_000;
      await call('silent').event('call_started');
      await call('lively').event('call_started');
      const statuses = (): readonly string[] => rows.calls().map(({ provider, status }) => `${provider} ${status}`);
      clock.advance(1.5 * hour);
      await call('lively').event('transcript_updated', { transcript: 'User: Hallo.' });
      clock.advance(0.75 * hour);
      await vi.waitFor(() => {
        clock.advance(60_000);
        expect(statuses()).toEqual(['lively ongoing', 'silent completed']);
      });
      // What comes after all is still taken.
      await call('silent').event('call_analyzed', { transcript: 'Agent: Hallo.' });
      expect(statuses()).toEqual(['lively ongoing', 'silent analyzed']);
    },
    { 'nobody who looks after silent calls': { engine: { upkeep: false } } },
    { engine: { upkeep: {} } },
  );
});
