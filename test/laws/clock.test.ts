import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/core/contracts/clock.ts';
import { clockLaws, type ClockSubject } from '../../src/core/contracts/clockLaws.ts';
import { fakeClock } from '../../src/core/contracts/fakeClock.ts';
import { systemClock } from '../../src/core/contracts/systemClock.ts';

const fake = (): ClockSubject => {
  const clock = fakeClock(Date.UTC(2026, 10, 23, 8));
  return { clock, pass: async (byMs) => clock.advance(byMs) };
};

describe('the fake clock', () => {
  for (const law of clockLaws({ create: fake })) test(law.name, law.run);
});

describe('the system clock', () => {
  const pass = (byMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, byMs));
  for (const law of clockLaws({ create: () => ({ clock: systemClock, pass }) })) test(law.name, law.run);

  test('keeps no process alive', async () => {
    const source = new URL('../../src/core/contracts/systemClock.ts', import.meta.url).href;
    const program = `import(${JSON.stringify(source)}).then((m) => m.systemClock.after(3_600_000, () => {}))`;
    const ended = promisify(execFile)(process.execPath, ['--eval', program], { timeout: 20_000 });
    await expect(ended).resolves.toBeDefined();
  });
});

/** Each is the fake clock with one fault, and the laws which that breaks. */
const broken: readonly { readonly fault: string; readonly of: (clock: Clock) => Clock; readonly breaks: RegExp }[] = [
  { fault: 'tells seconds', of: (c) => ({ ...c, now: () => Math.floor(c.now() / 1000) }), breaks: /^now/ },
  {
    fault: 'stands still',
    of: (c) => ({
      ...c,
      now: (
        (at) => () =>
          at
      )(c.now()),
    }),
    breaks: /^now/,
  },
  {
    fault: 'calls back at once',
    of: (c) => ({ ...c, after: (_, callback) => (callback(), () => undefined) }),
    breaks: /and not before|never within|in the order|never comes|of months/,
  },
  {
    fault: 'never calls back',
    of: (c) => ({ ...c, after: () => () => undefined }),
    breaks: /and not before|once|never within|in the order|never comes/,
  },
  {
    fault: 'calls back again and again',
    of: (c) => ({
      ...c,
      after: (delayMs, callback) => {
        const again = (): void => void (callback(), (cancel = c.after(Math.max(delayMs, 50), again)));
        let cancel = c.after(delayMs, again);
        return () => cancel();
      },
    }),
    breaks: /and not before|once|in the order|never comes/,
  },
  {
    fault: 'forgets the first of the milliseconds',
    of: (c) => ({ ...c, after: (delayMs, callback) => c.after(delayMs > 25 ? 0 : delayMs, callback) }),
    breaks: /and not before|in the order|of months/,
  },
  {
    fault: 'ignores cancelling',
    of: (c) => ({ ...c, after: (delayMs, callback) => (c.after(delayMs, callback), () => undefined) }),
    breaks: /never comes/,
  },
  {
    fault: 'keeps delays in 31 bits',
    of: (c) => ({ ...c, after: (delayMs, callback) => c.after(delayMs > 2 ** 31 - 1 ? 1 : delayMs, callback) }),
    breaks: /of months/,
  },
];

describe('a clock that', () => {
  for (const { fault, of, breaks } of broken) {
    test(`${fault} breaks exactly the laws that say so`, async () => {
      const create = (): ClockSubject => {
        const { clock, pass } = fake();
        return { clock: of(clock), pass };
      };
      for (const law of clockLaws({ create })) {
        const broke = await law.run().then(
          () => false,
          () => true,
        );
        expect([law.name, broke]).toEqual([law.name, breaks.test(law.name)]);
      }
    });
  }

  test('is broken in no way is the only one that passes: each law is broken by some fault', () => {
    const names = clockLaws({ create: fake }).map((law) => law.name);
    expect(names.filter((name) => !broken.some(({ breaks }) => breaks.test(name)))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
