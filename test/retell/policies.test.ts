import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompanyDefinition, Definition } from '../../src/index.ts';
import { phoneCall, voiceHost, type VoiceHost } from './voiceHost.ts';

let host: VoiceHost;
beforeAll(async () => {
  host = await voiceHost();
});
afterAll(() => host.stop());

const hours = [
  { key: 'hours', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }] },
] as const;

/** A company that takes half the price of who cancels within a day of his appointment. */
const strict = (
  more: Pick<CompanyDefinition, 'key' | 'locale' | 'country' | 'numbers' | 'agents'>,
): CompanyDefinition => ({
  ...more,
  name: 'Strict',
  timeZone: 'Europe/Berlin',
  policies: { cancelNoticeMinutes: 24 * 60, rescheduleNoticeMinutes: 24 * 60 },
  branches: [{ key: 'mitte', name: 'Mitte', schedule: 'hours' }],
  schedules: [...hours],
  resources: [{ key: 'anna', name: 'Anna' }],
  services: [
    {
      key: 'cut',
      name: 'Cut',
      durationMinutes: 30,
      price: { amountMinor: 4500, currency: 'EUR' },
      policies: { lateCancelFee: { percent: 50 } },
    },
  ],
});
const companies: Definition = {
  companies: [
    strict({
      key: 'streng',
      locale: 'de-DE',
      country: 'DE',
      numbers: [{ number: '+493023125801', defaultService: 'cut' }],
      agents: [{ id: 'agent_streng' }],
    }),
    strict({
      key: 'strict',
      locale: 'en-US',
      country: 'US',
      numbers: [{ number: '+12125550801', defaultService: 'cut' }],
      agents: [{ id: 'agent_strict' }],
    }),
  ],
};

test.each([
  {
    agent: { to_number: '+493023125801', agent_id: 'agent_streng' },
    asks: 'Kostenfrei war die Absage bis Sonntag, der 22. November um 12 Uhr, jetzt kostet sie 22,50 Euro. Soll ich trotzdem absagen?',
    late: 'Zum Verschieben ist es leider zu spät, bitte sprechen Sie direkt mit uns. Möglich war es bis Sonntag, der 22. November um 12 Uhr.',
    done: 'Ihr Termin ist abgesagt: Montag, der 23. November um 12 Uhr. Dafür fallen 22,50 Euro an.',
    fee: '22,50 Euro',
  },
  {
    agent: { to_number: '+12125550801', agent_id: 'agent_strict' },
    asks: 'You could cancel free of charge until Sunday, November 22nd at noon, now it costs 22.50 euros. Shall I cancel anyway?',
    late: 'Unfortunately it is too late to move it, please speak to us directly. It was possible until Sunday, November 22nd at noon.',
    done: 'Your appointment on Monday, November 23rd at noon is cancelled. The fee for this is 22.50 euros.',
    fee: '22.50 euros',
  },
])(
  'a late cancellation is asked about with its fee and its latest time, and told with what is owed ($fee)',
  async ({ agent, asks, late, done, fee }) => {
    const applied = await host.engine.setup.apply(companies);
    expect(applied.ok).toBe(true);
    const call = phoneCall(host, `late_${agent.agent_id}`, { from_number: '+493023125999', ...agent });
    await call.ask('find_slots', { date: '2026-11-23', time: '12:00' });
    expect(await call.ask('book', { offer: 1, customer_name: 'Ida' })).toMatchObject({ ok: true });
    await call.ask('find_slots', { date: '2026-11-25', time: '12:00', for_reschedule: true });
    expect(await call.ask('reschedule', { offer: 2 })).toMatchObject({
      ok: false,
      reason: 'RESCHEDULE_TOO_LATE',
      say: late,
    });
    expect(await call.ask('cancel')).toEqual({ ok: false, reason: 'CANCEL_TOO_LATE', say: asks, fee });
    const cancelled = await call.ask('cancel', { accept_fee: true });
    expect(cancelled).toMatchObject({ ok: true, say: done, fee });
    expect(await call.ask('cancel', { accept_fee: true })).toEqual(cancelled);
  },
);
