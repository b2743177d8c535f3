import { afterEach, expect, test } from 'vitest';
import { Maintenance } from '../../src/adapter.ts';
import { phoneCall, voiceHost, type VoiceHost } from './voiceHost.ts';

const MINUTE_MS = 60_000;
const SILENT_MS = 120 * MINUTE_MS;

let host: VoiceHost;
afterEach(() => host.stop());

/** A call of three hours, in which every half hour happens what leaves nothing behind in it; which calls count as silent. */
async function silentAfter(happens: (call: ReturnType<typeof phoneCall>) => Promise<unknown>): Promise<unknown> {
  host = await voiceHost();
  const call = phoneCall(host, 'long');
  await call.event('call_started');
  for (let turn = 0; turn < 6; turn++) {
    host.clock.advance(30 * MINUTE_MS);
    await happens(call);
  }
  const silent = await host.engine.get(Maintenance).staleCalls(SILENT_MS, 10);
  return silent.map(({ providerCallId }) => providerCallId);
}

test('a call does not count as silent while its agent asks, though the answers leave nothing behind in it', async () => {
  expect(await silentAfter(async (call) => expect((await call.ask('cancel')).ok).toBe(false))).toEqual([]);
});

test('nor while its events come, though they tell nothing new', async () => {
  expect(await silentAfter(async (call) => expect((await call.event('call_started')).status).toBe(204))).toEqual([]);
});

test('control: it does when nothing comes', async () => {
  expect(await silentAfter(() => Promise.resolve())).toEqual(['long']);
});

test('that a call goes on is written once a minute at most, and not at all when it is over', async () => {
  host = await voiceHost();
  const door = await host.door('salon');
  const call = phoneCall(host, 'c1');
  const version = async (): Promise<number | undefined> => (await door.calls.get('retell', 'c1'))?.version;
  await call.event('call_started');
  host.clock.advance(MINUTE_MS - 1);
  await call.ask('cancel');
  expect(await version()).toBe(1);
  host.clock.advance(1);
  await Promise.all([call.ask('cancel'), call.ask('reschedule', { offer: 1 })]);
  await call.ask('cancel');
  expect(await version()).toBe(2);
  await call.event('call_ended', { disconnection_reason: 'user_hangup' });
  host.clock.advance(MINUTE_MS);
  await call.ask('cancel');
  expect(await door.calls.get('retell', 'c1')).toMatchObject({ status: 'completed', version: 3 });
});
