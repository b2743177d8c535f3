import { expect, expectTypeOf, test } from 'vitest';
import { contributionPoint, type ContributionPoint } from './contribution.ts';
import { definePlugin } from './definePlugin.ts';
import { all, optional } from './requirement.ts';
import { token } from './token.ts';

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
const Mail = token<Mail>()('test/mail');
const Rule = contributionPoint<Rule>()('test/rule');

/** Holds code that only the compiler looks at. */
const compiles = (misuse: () => unknown): void => expect(misuse).toBeTypeOf('function');

test('requirements arrive under their alias with their own type', () =>
  compiles(() =>
    definePlugin({
      name: 'typed',
      apiVersion: 1,
      requires: { clock: Clock, mail: optional(Mail), rules: all(Rule) },
      setup(_, required) {
        expectTypeOf(required.clock).toEqualTypeOf<Clock>();
        expectTypeOf(required.mail).toEqualTypeOf<Mail | undefined>();
        expectTypeOf(required.rules).toEqualTypeOf<readonly Rule[]>();
        // @ts-expect-error the array belongs to the composition
        required.rules.push({ check: () => true });
      },
    }),
  ));

test('an undeclared requirement does not compile', () => {
  // @ts-expect-error mail is not required
  compiles(() => definePlugin({ name: 'a', apiVersion: 1, requires: { clock: Clock }, setup: (_, { mail }) => mail }));
  // @ts-expect-error nothing is required
  compiles(() => definePlugin({ name: 'a', apiVersion: 1, setup: (_, { mail }) => void mail }));
});

test('a token is no contribution point, nor the other way round', () => {
  // @ts-expect-error a token has one value
  compiles(() => all(Clock));
  // @ts-expect-error a point has many
  compiles(() => optional(Rule));
  // @ts-expect-error a point is required through all()
  compiles(() => definePlugin({ name: 'a', apiVersion: 1, requires: { rules: Rule }, setup() {} }));
  expectTypeOf(Rule).toEqualTypeOf<ContributionPoint<Rule, 'test/rule'>>();
});
