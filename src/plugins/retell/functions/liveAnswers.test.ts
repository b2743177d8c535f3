import { expect, test } from 'vitest';
import { fakeClock } from '../../../testing.ts';
import { LiveAnswers } from './liveAnswers.ts';

const late = (): string => 'one moment';

/** Work that ends when it is told to, and counts how often it was begun. */
function work(): { readonly run: () => Promise<string>; end: (answer: string) => void; begun: number } {
  const one = {
    begun: 0,
    end: (_: string): void => {},
    run: () =>
      new Promise<string>((resolve) => {
        one.begun += 1;
        one.end = resolve;
      }),
  };
  return one;
}

test('what is ready in time is the answer', async () => {
  const answers = new LiveAnswers<string>(fakeClock(0), 3_000);
  expect(await answers.answer('k', () => Promise.resolve('booked'), late)).toBe('booked');
});

test('past the deadline the caller hears a sentence, and a repetition gets the outcome of the work that went on', async () => {
  const clock = fakeClock(0);
  const answers = new LiveAnswers<string>(clock, 3_000);
  const slow = work();
  const first = answers.answer('k', slow.run, late);
  clock.advance(2_999);
  clock.advance(1);
  expect(await first).toBe('one moment');
  const second = answers.answer('k', slow.run, late);
  slow.end('booked');
  expect(await second).toBe('booked');
  expect(slow.begun).toBe(1);
});

test('what has ended is not kept: the same question later is asked anew', async () => {
  const answers = new LiveAnswers<number>(fakeClock(0), 3_000);
  let count = 0;
  const run = (): Promise<number> => Promise.resolve(++count);
  expect(await answers.answer('next', run, () => 0)).toBe(1);
  expect(await answers.answer('next', run, () => 0)).toBe(2);
});

test('other questions do not wait', async () => {
  const answers = new LiveAnswers<string>(fakeClock(0), 3_000);
  const slow = work();
  const first = answers.answer('a', slow.run, late);
  expect(await answers.answer('b', () => Promise.resolve('b'), late)).toBe('b');
  slow.end('a');
  expect(await first).toBe('a');
});

test('stopping waits for work that outlived its deadline', async () => {
  const clock = fakeClock(0);
  const answers = new LiveAnswers<string>(clock, 3_000);
  const slow = work();
  const first = answers.answer('k', slow.run, late);
  clock.advance(3_000);
  await first;
  let isSettled = false;
  const settled = answers.settled().then(() => (isSettled = true));
  await Promise.resolve();
  expect(isSettled).toBe(false);
  slow.end('booked');
  await settled;
});
