import { afterEach, expect, test, vi } from 'vitest';
import { MINUTE_MS, Upkeep } from '../../src/plugin.ts';
import { granted } from '../engine/salon.ts';
import { HOUR, lineBench, NINE, type LineBench } from './line.ts';

const opened: LineBench[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** More than are looked at in one turn. */
const PEOPLE = 30;
const LAST_START = NINE + 7 * HOUR;

/** All who join, each under a number of his own. */
async function crowded(startOf: (index: number) => number): Promise<{ at: LineBench; ids: readonly string[] }> {
  const at = await lineBench({ maxPerSlot: 100, offerMinutes: 10 });
  opened.push(at);
  await at.fill(7);
  granted(await at.door.hold({ service: 'anna-only', start: LAST_START }, { owner: 'a caller', ttlSeconds: 60 }));
  const ids: string[] = [];
  for (let index = 0; index < PEOPLE; index++) {
    const who = { customer: { name: 'N', phone: `+49170000${1_000 + index}` } };
    const wish = { service: 'anna-only', start: startOf(index) };
    ids.push(granted(await at.list.join(at.company, wish, who)).entry.id);
  }
  return { at, ids };
}

test('the last of a long line is noticed too when something became free without a word', async () => {
  const { at, ids } = await crowded((index) => (index === PEOPLE - 1 ? LAST_START : NINE));
  await at.turn();
  at.clock.advance(5 * MINUTE_MS);
  const upkeep = at.engine.all(Upkeep).find(({ name }) => name === 'waitlist');
  // A turn looks at some of them and says that there is more to do: whoever stopped here would never come to the last.
  expect(await upkeep?.turn()).toBe(true);
  expect(at.offered).toEqual([]);
  await at.turn();
  expect(at.offered).toEqual([ids.at(-1)]);
});

test('what nobody takes goes through the whole line, each once and in order', async () => {
  const { at, ids } = await crowded(() => LAST_START);
  at.clock.advance(2 * MINUTE_MS);
  for (let index = 0; index < PEOPLE; index++) {
    at.clock.advance(10 * MINUTE_MS);
    await at.turn();
    await vi.waitFor(() => expect(at.offered).toHaveLength(index + 1));
  }
  expect(at.offered).toEqual(ids);
});
