import { expect, test } from 'vitest';
import { checked, eventSchema, functionSchema, inboundSchema, readJson } from './payload.ts';

const call = { call_id: 'c1', from_number: '+491701234567', to_number: '+49301234567', direction: 'inbound' };

test('fields that the provider adds some day do not matter', () => {
  const event = checked(eventSchema, {
    event: 'call_ended',
    call: { ...call, call_cost: { total: 1 }, brand_new: [] },
    more: 1,
  });
  expect(event).toMatchObject({ ok: true, value: { event: 'call_ended', call: { call_id: 'c1' } } });
});

test('a null is as good as nothing', () => {
  const event = checked(eventSchema, { event: 'call_ended', call: { ...call, transcript: null, from_number: null } });
  expect(event.ok && event.value.call.from_number).toBeUndefined();
});

test('wrong types are refused by field', () => {
  const event = checked(eventSchema, {
    event: 'call_ended',
    call: { call_id: 7, start_timestamp: 'noon', direction: 'up' },
  });
  expect(event.ok ? [] : event.errors.map(({ path }) => path)).toEqual([
    'call.call_id',
    'call.direction',
    'call.start_timestamp',
  ]);
  const inbound = checked(inboundSchema, { event: 'call_inbound', call_inbound: { from_number: {} } });
  expect(inbound.ok ? [] : inbound.errors.map(({ path }) => path)).toEqual([
    'call_inbound.from_number',
    'call_inbound.to_number',
  ]);
});

test('arguments stand under args or at the root', () => {
  const nested = checked(functionSchema, { name: 'book', call, args: { offer: 2 } });
  expect(nested.ok && nested.value.args).toEqual({ offer: 2 });
  const root = checked(functionSchema, { call, offer: 2 });
  expect(root.ok && root.value.args).toEqual({ offer: 2 });
});

test('what is no JSON, or no UTF-8, is refused', () => {
  expect(readJson(new TextEncoder().encode('{'))).toMatchObject({ ok: false });
  expect(readJson(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({ ok: false });
});

test('a __proto__ in the body reaches no prototype', () => {
  const body = readJson(
    new TextEncoder().encode('{"call":{"call_id":"c1","__proto__":{"x":1}},"args":{"__proto__":{"x":1}}}'),
  );
  const read = checked(functionSchema, body.ok ? body.value : undefined);
  expect(read.ok && Object.getPrototypeOf(read.value.args)).toBe(Object.prototype);
  expect(({} as { x?: number }).x).toBeUndefined();
});
