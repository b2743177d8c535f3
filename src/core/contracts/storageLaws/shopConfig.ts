import type { CompanyConfig } from '../../model/company.ts';
import { simpleComposition } from '../../model/composition.ts';
import { noLimits } from '../../model/limits.ts';
import type { Id } from '../../model/ids.ts';

/** A small company that uses every field of the configuration. Keys, numbers and agents are told apart by the key. */
export function shopConfig(key: string, newId: <I extends Id<string>>() => I): CompanyConfig {
  const [branchId, scheduleId, anna, ben] = [
    newId<CompanyConfig['branches'][number]['id']>(),
    newId<CompanyConfig['schedules'][number]['id']>(),
    newId<CompanyConfig['resources'][number]['id']>(),
    newId<CompanyConfig['resources'][number]['id']>(),
  ];
  const serviceId = newId<CompanyConfig['services'][number]['id']>();
  const resource = {
    kind: 'staff',
    branchId,
    scheduleId: null,
    timeOff: [],
    withinBranch: false,
    skills: [],
    priority: 0,
    limits: noLimits,
    capacity: 1,
    active: true,
  } as const;
  return {
    company: {
      id: newId(),
      key,
      name: `${key} – Frisör „Ö“ 💇`,
      timeZone: 'Europe/Berlin',
      locale: 'de-DE',
      country: 'DE',
      grainMinutes: 5,
      policies: {
        noticeMinutes: 60,
        horizonDays: null,
        cancelNoticeMinutes: 120,
        rescheduleNoticeMinutes: 30,
        customerLimits: { perDay: null, perWeek: 3 },
        outsideStaleMinutes: 90,
        holdSeconds: 300,
        maxReschedules: 3,
        lateCancelFee: { percent: 50 },
      },
      active: true,
    },
    revision: 0,
    branches: [
      {
        id: branchId,
        key: 'mitte',
        name: 'Mitte',
        timeZone: 'Europe/Berlin',
        address: null,
        scheduleId,
        policies: { maxNoShows: 2, horizonDays: null },
        active: true,
      },
    ],
    numbers: [
      {
        id: newId(),
        e164: numberOf(key),
        branchId,
        defaultServiceId: serviceId,
        defaultResourceId: anna,
        active: true,
      },
    ],
    agents: [{ agentId: `agent-${key}`, branchId, active: true }],
    schedules: [
      {
        id: scheduleId,
        key: 'hours',
        timeZone: null,
        weekly: [{ days: ['mo', 'fr'], from: '09:00', to: '24:00' }],
        overrides: [{ date: '2026-12-24', windows: [{ from: '09:00', to: '12:00' }] }],
        closedDates: [],
        validFrom: '2026-01-01',
        validTo: null,
        active: true,
      },
    ],
    resources: [
      { ...resource, id: anna, key: 'anna', name: 'Anna', policies: { noticeMinutes: 90, cancelQuota: null } },
      { ...resource, id: ben, key: 'ben', name: 'Ben', timeOff: [{ startMs: 1, endMs: 2, reason: null }] },
    ],
    services: [
      {
        id: serviceId,
        key: 'cut',
        name: 'Haircut',
        durationMinutes: 30,
        stepMinutes: 15,
        bufferBeforeMinutes: 5,
        bufferAfterMinutes: 10,
        buffersWithinHours: true,
        grid: 'window',
        noticeMinutes: null,
        horizonDays: 90,
        horizonDate: null,
        composition: simpleComposition,
        limits: { perDay: 4, perWeek: null },
        seats: 8,
        price: { amountMinor: 4500, currency: 'EUR' },
        // Preference, which is not the order of the ids.
        resourceIds: [ben, anna],
        policies: { requiresConfirmation: true, noShowFee: { amountMinor: 1500, currency: 'EUR' } },
        active: true,
      },
    ],
    keys: [{ id: newId(), name: 'web', prefix: 'ak_12345', hash: hashOf(key), managed: true, active: true }],
  };
}

/** The number of a shop: E.164, the same for the same key. */
export const numberOf = (key: string): string => `+4930${(textNumber(key) % 90_000_000) + 10_000_000}`;

/** The hash of a shop's API key: as long as a SHA-256 in lower-case hex. */
export const hashOf = (key: string): string => textNumber(key).toString(16).padStart(64, 'abcdef0123456789');

const textNumber = (text: string): number => {
  let number = 7;
  for (const character of text) number = (number * 31 + (character.codePointAt(0) ?? 0)) % 2_147_483_647;
  return number;
};
