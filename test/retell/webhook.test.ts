import { afterAll, beforeAll, expect, test } from 'vitest';
import { signRetellBody } from '../../src/plugins/retell/index.ts';
import { apiKey, phoneCall, voiceHost, type VoiceHost } from './voiceHost.ts';

let host: VoiceHost;
beforeAll(async () => {
  host = await voiceHost();
});
afterAll(() => host.stop());

const inbound = (more: object = {}): object => ({
  event: 'call_inbound',
  call_inbound: { from_number: '+493023125500', to_number: '+493023125001', agent_id: 'agent_salon', ...more },
});
const variables = async (body: object): Promise<Record<string, string>> => {
  const response = await host.post('/webhooks/retell', body);
  expect(response.status).toBe(200);
  return (response.body as { call_inbound: { dynamic_variables: Record<string, string> } }).call_inbound
    .dynamic_variables;
};
const callOf = async (id: string) => (await host.door('salon')).calls.get('retell', id);

test('a ringing call is told whose it is, in texts alone', async () => {
  const told = await variables(inbound());
  expect(told).toMatchObject({
    company_known: 'true',
    company_name: 'Salon Mitte',
    branch_name: 'Mitte',
    caller_known: 'false',
    caller_has_number: 'true',
    customer_name: '',
    language: 'de',
    today: 'Montag, der 23. November 2026',
    now: '8 Uhr',
    services: 'Haarschnitt, Färben',
  });
  expect(Object.values(told).every((value) => typeof value === 'string')).toBe(true);
});

test('another company is told in its own language and time', async () => {
  const told = await variables(inbound({ to_number: '+12125550123', agent_id: 'agent_dental' }));
  expect(told).toMatchObject({
    company_name: 'Harbor Dental',
    language: 'en',
    today: 'Monday, November 23rd, 2026',
    now: '2 AM',
  });
});

test('an unknown, an inactive and a contradictory number are answered without anyone’s data', async () => {
  for (const more of [
    { to_number: '+493023125999', agent_id: 'agent_of_nobody' },
    { to_number: '+493023125003', agent_id: undefined },
    { to_number: '+493023125001', agent_id: 'agent_dental' },
    { to_number: 'garbage', agent_id: '' },
  ]) {
    const told = await variables(inbound(more));
    expect(told).toMatchObject({ company_known: 'false', company_name: '', customer_name: '', language: 'en' });
    expect(JSON.stringify(told)).not.toMatch(/Salon|Harbor|Haarschnitt/);
  }
});

test('an anonymous caller is an ordinary caller', async () => {
  for (const from_number of ['anonymous', '', null, 'unknown'])
    expect(await variables(inbound({ from_number }))).toMatchObject({
      company_known: 'true',
      caller_has_number: 'false',
    });
});

test('a forged signature reaches neither storage nor parser', async () => {
  const body = JSON.stringify({ event: 'call_started', call: { call_id: 'forged', to_number: '+493023125001' } });
  for (const signature of [
    signRetellBody(body, 'key_of_someone_else', host.clock.now()),
    signRetellBody(`${body} `, apiKey, host.clock.now()),
    signRetellBody(body, apiKey, host.clock.now() - 300_001),
    signRetellBody(body, apiKey, host.clock.now() + 300_001),
    '',
  ])
    expect((await host.post('/webhooks/retell', body, signature)).status).toBe(401);
  expect((await host.post('/webhooks/retell', 'no json', 'v=1,d=0')).status).toBe(401);
  expect(await callOf('forged')).toBeUndefined();
});

test('control: the same body, rightly signed, is stored', async () => {
  const body = JSON.stringify({ event: 'call_started', call: { call_id: 'signed', to_number: '+493023125001' } });
  const response = await host.post('/webhooks/retell', body, signRetellBody(body, apiKey, host.clock.now()));
  expect(response.status).toBe(204);
  expect(await callOf('signed')).toMatchObject({ status: 'ongoing' });
});

test('endpoints other than the account’s are unknown', async () => {
  const { status } = await host.post('/webhooks/retell/main', { event: 'chat_started' });
  expect(status).toBe(204);
  expect((await host.post('/webhooks/retell/other', { event: 'chat_started' })).status).toBe(404);
});

test('wrong types are refused by field', async () => {
  const response = await host.post('/webhooks/retell', { event: 'call_ended', call: { call_id: 5, transcript: [] } });
  expect(response.status).toBe(400);
  expect(response.body).toMatchObject({
    code: 'INPUT_INVALID',
    errors: [{ path: 'call.call_id' }, { path: 'call.transcript' }],
  });
  expect((await host.post('/webhooks/retell', [])).status).toBe(400);
  expect((await host.post('/webhooks/retell/functions/book', { args: {} })).body).toMatchObject({
    errors: [{ path: 'call' }],
  });
  expect((await host.post('/webhooks/retell/functions/unheard_of', { call: {} })).status).toBe(404);
});

test('events in any order, repeated or missing come to the same state', async () => {
  const ended = {
    end_timestamp: 1_795_417_300_000,
    disconnection_reason: 'user_hangup',
    transcript: 'Agent: Hallo.\nUser: Hallo.',
  };
  const events = [
    ['call_started', {}],
    ['transcript_updated', { transcript: 'Agent: Hallo.' }],
    ['call_ended', ended],
    ['call_analyzed', { ...ended, call_analysis: { call_summary: 'Sagte Hallo.' } }],
  ] as const;
  const orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1, 2, 0], [3], [1, 3, 3, 3]];
  const states: unknown[] = [];
  for (const [index, order] of orders.entries()) {
    const call = phoneCall(host, `order${index}`);
    for (const at of order) {
      const [event, more] = events[at] ?? events[0];
      expect(await call.event(event, more)).toEqual({ status: 204 });
    }
    const {
      id: _,
      providerCallId: __,
      version: ___,
      updatedMs: ____,
      ...state
    } = (await callOf(call.id)) ?? expect.fail();
    states.push(state);
  }
  expect(states[0]).toMatchObject({
    status: 'analyzed',
    summary: 'Sagte Hallo.',
    outcome: 'user_hangup',
    from: '+493023125500',
  });
  for (const state of states) expect(state).toEqual(states[0]);
});

test('events of a call that is nobody’s, and kinds of another day, are taken and dropped', async () => {
  const call = phoneCall(host, 'nobody', { to_number: '+493023125999', agent_id: undefined });
  expect(await call.event('call_started')).toEqual({ status: 204 });
  expect(await callOf('nobody')).toBeUndefined();
  expect(await host.post('/webhooks/retell', { event: 'chat_ended', chat: {} })).toEqual({ status: 204 });
});

test('of an outbound call the dialling number is the company’s', async () => {
  const call = phoneCall(host, 'outbound', {
    direction: 'outbound',
    from_number: '+493023125001',
    to_number: '030 23125501',
  });
  await call.event('call_started');
  expect(await callOf('outbound')).toMatchObject({ from: '+493023125001', to: '+493023125501' });
});

test('a call without numbers is found by its agent', async () => {
  await phoneCall(host, 'web', { from_number: undefined, to_number: undefined, call_type: 'web_call' }).event(
    'call_started',
  );
  expect(await callOf('web')).toMatchObject({ from: null, to: null });
});

test('a call stays with the company that it first belonged to', async () => {
  await phoneCall(host, 'kept').event('call_started');
  await phoneCall(host, 'kept', { to_number: '+12125550123', agent_id: 'agent_dental' }).event('call_ended', {
    transcript: 'x',
  });
  expect(await callOf('kept')).toMatchObject({ to: '+493023125001', status: 'completed', transcript: 'x' });
  expect(await (await host.door('dental')).calls.get('retell', 'kept')).toBeUndefined();
});

test('an account that may speak for one company is told nothing of another', async () => {
  const narrow = await voiceHost({ accounts: [{ endpoint: 'dental', apiKey, companies: ['dental'] }] });
  try {
    const response = await narrow.post('/webhooks/retell/dental', inbound());
    expect(JSON.stringify(response.body)).not.toContain('Salon');
    await narrow.post('/webhooks/retell/dental', {
      event: 'call_started',
      call: { call_id: 'c', to_number: '+493023125001' },
    });
    expect(await (await narrow.door('salon')).calls.get('retell', 'c')).toBeUndefined();
    expect(
      JSON.stringify(
        (await narrow.post('/webhooks/retell', inbound({ to_number: '+12125550123', agent_id: '' }))).body,
      ),
    ).toContain('Harbor');
  } finally {
    await narrow.stop();
  }
});

test('control: without the restriction the account is told', async () => {
  expect(JSON.stringify((await host.post('/webhooks/retell/main', inbound())).body)).toContain('Salon');
});
