import './reflect.ts';
import { container as processWide } from 'tsyringe';
import { expect, test } from 'vitest';
import { Container } from './container.ts';
import { contributionPoint } from './contribution.ts';
import { token } from './token.ts';

const Size = token<number>()('test/size');
const Rule = contributionPoint<string>()('test/rule');

test('a factory runs once, and only when its value is asked for', () => {
  let runs = 0;
  const container = new Container();
  container.set(Size, () => (runs += 1));
  expect(runs).toBe(0);
  expect([container.get(Size), container.get(Size), runs]).toEqual([1, 1, 1]);
});

test('a value that counts as false is a value', () => {
  const container = new Container();
  container.set(Size, () => 0);
  expect(container.find(Size)).toBe(0);
});

test('an unknown token is an error for get and undefined for find', () => {
  const container = new Container();
  expect(() => container.get(Size)).toThrow(expect.objectContaining({ code: 'PLUGIN_REQUIREMENT_MISSING' }));
  expect(container.find(Size)).toBeUndefined();
});

test('tokens of one name are one token, as they are across two copies of the package', () => {
  const container = new Container();
  container.set(Size, () => 7);
  expect(container.get(token<number>()('test/size'))).toBe(7);
});

test('two containers share nothing', () => {
  const [one, other] = [new Container(), new Container()];
  one.set(Size, () => 1);
  one.contribute(Rule, 'only here');
  expect(other.has(Size)).toBe(false);
  expect(other.all(Rule)).toEqual([]);
});

test('what others register in the process is not seen', () => {
  processWide.register('test/size', { useValue: 99 });
  expect(new Container().find(Size)).toBeUndefined();
  // Control: without asking for its own registrations first, a child container does see it.
  expect(processWide.createChildContainer().resolve('test/size')).toBe(99);
  processWide.reset();
});

test('contributions are one array for whoever asks, frozen once the container is sealed', () => {
  const container = new Container();
  const early = container.all(Rule);
  container.contribute(Rule, 'first');
  container.contribute(Rule, 'second');
  container.seal();
  expect(early).toEqual(['first', 'second']);
  expect(container.all(Rule)).toBe(early);
  expect(Object.isFrozen(early)).toBe(true);
  expect(() => container.contribute(Rule, 'late')).toThrow(TypeError);
  expect(Object.isFrozen(container.all(contributionPoint<string>()('test/never-used')))).toBe(true);
});
