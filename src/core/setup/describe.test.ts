import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompanyDefinition } from './definition.ts';
import { definitions, documentOf, salon } from './definitions.scene.ts';
import { describe } from './describe.ts';
import { scene } from './setup.scene.ts';

/** What the arbitrary documents do not have. */
const rich: CompanyDefinition = {
  ...salon,
  policies: { horizonDays: null, cancelQuota: 3, noShowFee: { percent: 50 }, customerLimits: { perWeek: 2 } },
  branches: [
    { key: 'mitte', name: 'Mitte', schedule: 'open', address: 'Weg 1', policies: { maxReschedules: null } },
    { key: 'tokyo', name: 'Tokyo', timeZone: 'Asia/Tokyo', active: false },
  ],
  schedules: [
    ...(salon.schedules ?? []),
    { key: 'closed', timeZone: 'Asia/Tokyo', weekly: [], closedDates: ['2026-12-24'] },
  ],
  resources: [
    ...(salon.resources ?? []),
    {
      key: 'room',
      name: 'Room',
      kind: 'room',
      branch: 'tokyo',
      withinBranch: true,
      capacity: 3,
      skills: ['quiet'],
      priority: -2,
      policies: { requiresConfirmation: true },
      limits: { perDay: 4, perWeek: 9 },
      active: false,
    },
  ],
  services: [
    ...(salon.services ?? []),
    {
      key: 'perm',
      name: 'Perm',
      segments: [
        { key: 'wind', durationMinutes: 50, gapAfterMinutes: 15, minutesOf: { anna: 40 } },
        { key: 'rinse', durationMinutes: 5, gapAfterMinutes: { min: 10, max: 30 }, skills: { staff: ['perm'] } },
        { key: 'cut', durationMinutes: 40, assign: { staff: 1 } },
      ].map((segment) => ({ ...segment, assign: { staff: 1 } })),
      assign: { staff: 1 },
      skills: { staff: ['hair'] },
      keep: 'preferred',
      assignBy: 'mostFree',
      limits: { perDay: 3 },
      noticeMinutes: 0,
      policies: { lateCancelFee: { amountMinor: 500, currency: 'EUR' } },
      horizonDays: 10,
      horizonDate: '2027-06-30',
      buffersWithinHours: true,
      bufferAfterMinutes: 5,
      grid: 'window',
      active: false,
    },
    { key: 'long', name: 'Long', durationMinutes: 30, minutesOf: { anna: 60 }, assign: 'any' },
  ],
};

const unchanged = async (at: ReturnType<typeof scene>, key: string): Promise<void> => {
  const stored = await at.stored(key);
  const again = await at.setup.apply({ companies: [describe(stored)] }, { keepKeys: true });
  expect(again).toMatchObject({ ok: true, changes: [] });
  expect(await at.stored(key)).toEqual(stored);
};

test('what is stored, described and applied again, changes nothing, whatever was applied before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(definitions, { minLength: 1, maxLength: 4 }), async (history) => {
      const at = scene();
      for (const definition of history) {
        expect(await at.setup.apply(definition)).toMatchObject({ ok: true });
        for (const { key } of definition.companies) await unchanged(at, key);
      }
    }),
  );
});

test('everything that can be configured is described', async () => {
  const at = scene();
  expect(await at.setup.apply(documentOf(rich))).toMatchObject({ ok: true });
  await unchanged(at, 'salon');
});

test('a description stands alone: another company is made from it with the same content', async () => {
  const at = scene();
  await at.setup.apply(documentOf(rich));
  const copy = { ...describe(await at.stored('salon')), key: 'copy', numbers: [], agents: [] };
  expect(await at.setup.apply(documentOf(copy))).toMatchObject({ ok: true });
  const { numbers: _, agents: __, key: ___, ...described } = describe(await at.stored('copy'));
  expect(copy).toMatchObject(described);
});
