import { expect, test, vi } from 'vitest';
import { inAnyOrder } from './callEvents.ts';
import { frontDesk } from './frontDesk.ts';

vi.mock('../../src/core/calls/mergeCall.ts', () => ({
  mergeCall: (call: object, update: object) => ({
    ...call,
    ...Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined)),
  }),
}));

test('control: where the last event wins, the order in which they come tells', async () => {
  const desk = await frontDesk();
  try {
    await expect(inAnyOrder(desk)).rejects.toMatchObject({ name: 'AssertionError' });
  } finally {
    await desk.close();
  }
});
