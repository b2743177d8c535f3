import type { LlmCreateParams } from 'retell-sdk/resources/llm';
import { expect, expectTypeOf, test } from 'vitest';
import { voiceFunctions } from './all.ts';
import { retellFunctions, type RetellFunctionDefinition } from './definitions.ts';

const definitions = retellFunctions({ baseUrl: 'https://booking.example/' });

test('the definitions are what the provider’s own SDK takes', () => {
  expectTypeOf<RetellFunctionDefinition>().toExtend<LlmCreateParams.CustomTool>();
  expect(definitions.map(({ name }) => name)).toEqual(['find_slots', 'next_available', 'book', 'reschedule', 'cancel']);
});

test('what another plugin does is offered where that plugin is', () => {
  const more = (plugins: object): readonly string[] =>
    retellFunctions({ baseUrl: 'https://booking.example', ...plugins })
      .slice(5)
      .map(({ name }) => name);
  expect(more({ waitlist: true })).toEqual(['join_waitlist']);
  expect(more({ callbacks: true, waitlist: true })).toEqual(['request_callback', 'join_waitlist']);
});

test('addresses carry the endpoint of the account', () => {
  expect(definitions[0]?.url).toBe('https://booking.example/webhooks/retell/functions/find_slots');
  const [first] = retellFunctions({ baseUrl: 'https://booking.example', endpoint: 'main' });
  expect(first?.url).toBe('https://booking.example/webhooks/retell/main/functions/find_slots');
});

test('arguments are described plainly: one type each, and whether they are needed', () => {
  const book = definitions.find(({ name }) => name === 'book');
  expect(book?.parameters.required).toEqual(['offer']);
  expect(book?.parameters.properties['offer']).toMatchObject({ type: 'integer', minimum: 1 });
  expect(book?.parameters.properties['customer_name']).toMatchObject({ type: 'string' });
  expect(definitions.find(({ name }) => name === 'cancel')?.parameters.required).toBeUndefined();
  for (const { parameters } of definitions)
    for (const schema of Object.values(parameters.properties)) {
      expect(schema).toHaveProperty('type');
      expect(schema).toHaveProperty('description');
    }
});

test('numbers may come as digits, and what a language model leaves out may come as null or nothing', () => {
  const read = (name: string, args: unknown): unknown => {
    const result = voiceFunctions.get(name)?.args.safeParse(args);
    return result?.success === true ? result.data : result?.error?.issues.map(({ path }) => path.join('.'));
  };
  expect(read('book', { offer: '2', customer_name: ' Eva ', notes: null })).toEqual({ offer: 2, customer_name: 'Eva' });
  expect(read('find_slots', { date: '', part_of_day: 'Morning', for_reschedule: 'false', made_up: 1 })).toEqual({
    part_of_day: 'morning',
    for_reschedule: false,
  });
  expect(read('book', { offer: 'the second' })).toEqual(['offer']);
  expect(read('book', {})).toEqual(['offer']);
  expect(read('book', { offer: 1.5, customer_name: 7 })).toEqual(['offer', 'customer_name']);
});
