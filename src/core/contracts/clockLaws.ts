import type { Clock } from './clock.ts';
import { demand, demandEqual, type Law } from './law.ts';

/** A clock to be judged, and the way in which its time passes. */
export interface ClockSubject {
  readonly clock: Clock;
  /** Settles when that much of the clock's time has passed: a fake clock is moved on, a real one is waited for. */
  readonly pass: (byMs: number) => Promise<void>;
}

type ClockLaw = readonly [name: string, body: (subject: ClockSubject) => Promise<void>];

/** Far more than any machine dawdles over a few milliseconds. */
const FAR_MS = 3_600_000;

const bodies: readonly ClockLaw[] = [
  [
    'now() tells epoch milliseconds and moves with time',
    async ({ clock, pass }) => {
      const before = clock.now();
      demand(Number.isInteger(before), `now() should be an integer, not ${before}`);
      // Seconds, microseconds or a count from the start of the process would lie outside.
      const [earliest, latest] = [Date.UTC(2020, 0), Date.UTC(2200, 0)];
      demand(before > earliest && before < latest, `now() should be of our time, not ${before}`);
      await pass(20);
      const passed = clock.now() - before;
      // Machines round, and correct themselves by a little.
      demand(passed >= 15 && passed < FAR_MS, `20 ms should pass as such, not as ${passed}`);
    },
  ],
  [
    'after() calls back when the delay is over, and not before',
    async ({ clock, pass }) => {
      const called: string[] = [];
      clock.after(5, () => called.push('soon'));
      const cancel = clock.after(FAR_MS, () => called.push('far'));
      demandEqual(called, [], 'callbacks before any time passed');
      await pass(60);
      cancel();
      demandEqual(called, ['soon'], 'callbacks after 60 ms');
    },
  ],
  [
    'after() calls back once',
    async ({ clock, pass }) => {
      let calls = 0;
      clock.after(5, () => calls++);
      await pass(60);
      await pass(60);
      demandEqual(calls, 1, 'calls');
    },
  ],
  [
    'a delay of nothing is over later, never within the call of after()',
    async ({ clock, pass }) => {
      let within = true;
      let calledWithin: boolean | undefined;
      clock.after(0, () => (calledWithin = within));
      within = false;
      await pass(30);
      demandEqual(calledWithin, false, 'called back within after()');
    },
  ],
  [
    'callbacks come in the order in which they fall due',
    async ({ clock, pass }) => {
      const called: number[] = [];
      for (const delayMs of [30, 10, 20]) clock.after(delayMs, () => called.push(delayMs));
      await pass(120);
      demandEqual(called, [10, 20, 30], 'order of the callbacks');
    },
  ],
  [
    'a cancelled callback never comes, and cancelling late or twice does no harm',
    async ({ clock, pass }) => {
      const called: string[] = [];
      const cancel = clock.after(5, () => called.push('cancelled'));
      const cancelLate = clock.after(5, () => called.push('kept'));
      cancel();
      cancel();
      await pass(60);
      cancelLate();
      demandEqual(called, ['kept'], 'callbacks');
    },
  ],
  [
    'a delay of months is not taken for none',
    async ({ clock, pass }) => {
      let called = false;
      const cancel = clock.after(2 ** 31 + FAR_MS, () => (called = true));
      await pass(20);
      cancel();
      demand(!called, 'a delay longer than a timer can hold should not be over at once');
    },
  ],
];

/** The laws of {@link Clock}. `create` makes a fresh subject for each law. */
export const clockLaws = ({ create }: { readonly create: () => ClockSubject }): readonly Law[] =>
  bodies.map(([name, body]) => ({ name, run: () => body(create()) }));
