import { expect, expectTypeOf, test } from 'vitest';
import type { Composition } from './compose.ts';
import { contributionPoint } from './contribution.ts';
import { definePlugin } from './definePlugin.ts';
import { bind, token, type Token } from './token.ts';

interface Clock {
  readonly nowMs: () => number;
}
interface Mail {
  readonly send: (text: string) => void;
}
interface Rule {
  readonly check: (start: number) => boolean;
}

const Clock = token<Clock>()('test/clock');
const OtherClock = token<Clock>()('test/other-clock');
const Mail = token<Mail>()('test/mail');
const Rule = contributionPoint<Rule>()('test/rule');

const clock: Clock = { nowMs: () => 0 };
const mail: Mail = { send: () => {} };

/** Holds code that only the compiler looks at. */
const compiles = (misuse: () => unknown): void => expect(misuse).toBeTypeOf('function');

test('two tokens of equal shape are not interchangeable', () => {
  compiles(() =>
    definePlugin({
      name: 'a',
      apiVersion: 1,
      provides: [Clock],
      setup({ provide }) {
        // @ts-expect-error OtherClock has the shape of Clock but another name
        provide(OtherClock, clock);
      },
    }),
  );
  expectTypeOf(OtherClock).not.toEqualTypeOf(Clock);
  expectTypeOf(Clock).toEqualTypeOf<Token<Clock, 'test/clock'>>();
  // @ts-expect-error the names differ
  compiles((): typeof Clock => OtherClock);
});

test('a name without an owner, or one that is no literal, makes no token', () => {
  // @ts-expect-error the owner before the slash is missing
  compiles(() => token<Clock>()('clock'));
  // @ts-expect-error a computed name is not known to the compiler
  compiles((name: string = 'a/b') => token<Clock>()(name));
});

test('a binding fits its token, and the host gets the type of what it asks for', () => {
  compiles(() => bind(Clock, clock));
  // @ts-expect-error a mail is no clock
  compiles(() => bind(Clock, mail));
  compiles(() => (composition: Composition): void => {
    expectTypeOf(composition.get(Clock)).toEqualTypeOf<Clock>();
    expectTypeOf(composition.all(Rule)).toEqualTypeOf<readonly Rule[]>();
  });
});
