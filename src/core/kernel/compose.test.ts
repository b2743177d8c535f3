import { expect, test } from 'vitest';
import { compose } from './compose.ts';
import { definePlugin } from './definePlugin.ts';
import { token } from './token.ts';

const Greeting = token<string>()('test/greeting');

test('a plugin receives what another provides, whatever the order given', async () => {
  let heard: string | undefined;
  const listener = definePlugin({
    name: 'listener',
    apiVersion: 1,
    requires: { greeting: Greeting },
    setup(_, { greeting }) {
      heard = greeting;
    },
  });
  const speaker = definePlugin({
    name: 'speaker',
    apiVersion: 1,
    provides: [Greeting],
    setup: ({ provide }) => provide(Greeting, 'Hello'),
  });
  const composition = await compose({ plugins: [listener, speaker], onError: () => {} });
  expect(heard).toBe('Hello');
  expect(composition.get(Greeting)).toBe('Hello');
});
