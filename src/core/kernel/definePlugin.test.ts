import { expect, expectTypeOf, test } from 'vitest';
import type { Appointment } from '../model/appointment.ts';
import { contributionPoint } from './contribution.ts';
import { definePlugin, type Plugin } from './definePlugin.ts';
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

const clock: Clock = { nowMs: () => 0 };
const mail: Mail = { send: () => {} };

/** Holds code that only the compiler looks at. */
const compiles = (misuse: () => unknown): void => expect(misuse).toBeTypeOf('function');

test('an undeclared provide does not compile', () => {
  compiles(() =>
    definePlugin({
      name: 'a',
      apiVersion: 1,
      provides: [Clock],
      setup({ provide }) {
        provide(Clock, clock);
        // @ts-expect-error mail is not in provides
        provide(Mail, mail);
      },
    }),
  );
  // @ts-expect-error nothing is in provides
  compiles(() => definePlugin({ name: 'a', apiVersion: 1, setup: ({ provide }) => provide(Clock, clock) }));
});

test('a provide of the wrong value does not compile', () =>
  compiles(() =>
    definePlugin({
      name: 'a',
      apiVersion: 1,
      provides: [Clock, Mail],
      setup({ provide }) {
        provide(Mail, mail);
        // @ts-expect-error a mail is no clock
        provide(Clock, mail);
        // @ts-expect-error nowMs answers a number
        provide(Clock, { nowMs: () => 'noon' });
      },
    }),
  ));

test('a contribution of the wrong type does not compile', () =>
  compiles(() =>
    definePlugin({
      name: 'a',
      apiVersion: 1,
      setup({ contribute }) {
        contribute(Rule, { check: (start) => start > 0 });
        // @ts-expect-error check answers a boolean
        contribute(Rule, { check: () => 'yes' });
        // @ts-expect-error a token is not contributed to
        contribute(Clock, clock);
      },
    }),
  ));

test('names and payloads of events are checked', () =>
  compiles(() =>
    definePlugin({
      name: 'a',
      apiVersion: 1,
      setup({ on, handle }) {
        on('appointment.booked', ({ appointment }, event) => {
          expectTypeOf(appointment).toEqualTypeOf<Appointment>();
          expectTypeOf(event.name).toEqualTypeOf<'appointment.booked'>();
        });
        // @ts-expect-error it is spelled with two l
        on('appointment.canceled', () => {});
        // @ts-expect-error it is spelled with two l
        handle('appointment.canceled', 'a.cancel', () => {});
        // @ts-expect-error a booking carries no reason
        on('appointment.booked', ({ reason }) => void reason);
        const wrong = ({ appointment }: { readonly appointment: string }): string => appointment;
        // @ts-expect-error the payload carries an appointment
        handle('appointment.cancelled', 'a.cancel', (payload) => void wrong(payload));
      },
    }),
  ));

test('another API version does not compile', () => {
  // @ts-expect-error this engine speaks version 1
  compiles(() => definePlugin({ name: 'a', apiVersion: 2, setup() {} }));
});

test('a plugin is a frozen value, and runs nothing when it is defined', () => {
  let ran = false;
  const plugin = definePlugin({
    name: 'quiet',
    apiVersion: 1,
    setup() {
      ran = true;
    },
  });
  expectTypeOf(plugin).toEqualTypeOf<Plugin>();
  expect([Object.isFrozen(plugin), ran, plugin.requires, plugin.provides]).toEqual([true, false, {}, []]);
});
