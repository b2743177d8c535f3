import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Slot } from '../../../adapter.ts';
import { slotsJson, slotView } from './slotView.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 8 });
const instant = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const plain = {
  serviceId: fc.constantFrom('s1', 's2', '"quoted"'),
  branchId: text,
  resourceIds: fc.array(fc.oneof(fc.constantFrom('anna', 'ben'), text), { maxLength: 3 }),
  timeZone: fc.constantFrom('Europe/Berlin', 'UTC'),
  startMs: fc.maxSafeInteger(),
  endMs: fc.maxSafeInteger(),
  start: instant,
  end: instant,
};
const seats = {
  preferred: fc.option(fc.boolean(), { nil: undefined }),
  unmet: fc.option(fc.constant(['weekdays']), { nil: undefined }),
  partySize: fc.option(fc.nat(), { nil: undefined }),
  seatsLeft: fc.nat(),
  sessionId: fc.option(text, { nil: undefined }),
};
const slot = fc.oneof(fc.record(plain), fc.record({ ...plain, ...seats })) as unknown as fc.Arbitrary<Slot>;

test('slots are written exactly as JSON.stringify would write them, whatever repeats and whatever needs escaping', () => {
  fc.assert(
    fc.property(fc.array(slot, { maxLength: 20 }), fc.nat({ max: 3 }), (slots, repeats) => {
      // Neighbours that share their list of resources, as those of one company do.
      const all = slots.flatMap((each) => Array.from({ length: repeats + 1 }, () => ({ ...each })));
      expect(slotsJson(all)).toBe(JSON.stringify(all.map(slotView)));
    }),
  );
});

test('nothing but what is documented is written', () => {
  const one = { ...fc.sample(slot, { numRuns: 1, seed: 1 })[0], internal: 'secret' } as unknown as Slot;
  expect(slotsJson([one])).not.toContain('secret');
});
