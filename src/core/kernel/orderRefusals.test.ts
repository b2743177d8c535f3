import { expect, test } from 'vitest';
import { contributionPoint } from './contribution.ts';
import { errorOf, orderOf, plugin } from './order.scene.ts';
import { all, optional } from './requirement.ts';
import { token } from './token.ts';

test('a missing requirement names the plugin, the token, and what was probably meant', () => {
  const error = errorOf([plugin('waitlist', ['documants']), plugin('store', [], ['documents'])]);
  expect(error.code).toBe('PLUGIN_REQUIREMENT_MISSING');
  expect(error.message).toContain('"waitlist" requires "test/documants"');
  expect(error.message).toContain('did you mean "test/documents" of "store"?');
});

test('a missing requirement that resembles nothing comes without a guess, and all are listed at once', () => {
  const { message } = errorOf([plugin('a', ['mail']), plugin('b', ['calendar'])]);
  expect(message).not.toContain('did you mean');
  expect(message).toContain('"test/mail"');
  expect(message).toContain('"test/calendar"');
});

test('what the host brings along satisfies a requirement', () => {
  expect(orderOf([plugin('a', ['clock'])], ['test/clock'])).toEqual(['a']);
});

test('an optional requirement may be absent, and decides the order where it is present', () => {
  const reader = { ...plugin('reader'), requires: { mail: optional(token<unknown>()('test/mail')) } };
  expect(orderOf([reader])).toEqual(['reader']);
  expect(orderOf([reader, plugin('mail')])).toEqual(['mail', 'reader']);
});

test('contributions impose no order', () => {
  const reader = { ...plugin('reader'), requires: { rules: all(contributionPoint<unknown>()('test/rules')) } };
  expect(orderOf([reader, plugin('other')])).toEqual(['reader', 'other']);
});

test('a token provided twice names both providers', () => {
  const error = errorOf([plugin('one', [], ['mail']), plugin('two', [], ['mail'])]);
  expect(error.code).toBe('PLUGIN_PROVIDED_TWICE');
  expect(error.message).toContain('"one" and "two" provide "test/mail"');
  expect(errorOf([plugin('one', [], ['mail'])], ['test/mail']).message).toContain('"host" and "one"');
});

test('a plugin of another API version is refused by name', () => {
  const error = errorOf([{ ...plugin('later'), apiVersion: 2 }]);
  expect(error.code).toBe('PLUGIN_API_VERSION');
  expect(error.message).toContain('"later" was written for version 2');
});

test('two plugins of one name are refused, and so is the name of the host', () => {
  expect(errorOf([plugin('twin'), plugin('twin', [], [])]).code).toBe('PLUGIN_NAME_TAKEN');
  expect(errorOf([plugin('host')]).code).toBe('PLUGIN_NAME_TAKEN');
});
