import { expect, test, vi } from 'vitest';
import { voiceHost } from './voiceHost.ts';

vi.mock('../../src/plugins/retell/webhook/signature.ts', async (original) => ({
  ...(await original<object>()),
  isRetellSignature: () => true,
}));

test('control: with the signature check removed, a forged event is stored', async () => {
  const host = await voiceHost();
  try {
    const body = { event: 'call_started', call: { call_id: 'forged', to_number: '+493023125001' } };
    expect((await host.post('/webhooks/retell', body, 'v=1,d=0')).status).toBe(204);
    expect(await (await host.door('salon')).calls.get('retell', 'forged')).toBeDefined();
  } finally {
    await host.stop();
  }
});
