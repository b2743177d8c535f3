import { expect, test } from 'vitest';
import { answerCase, parseCase } from '../../src/case.ts';
import type { CompanyDefinition, ServiceDefinition } from '../../src/index.ts';
import { bench, granted, salon } from './salon.ts';

const company: CompanyDefinition = salon({
  branches: [{ key: 'mitte', name: 'Mitte', schedule: 'house' }],
  schedules: [
    { key: 'week', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }] },
    {
      key: 'house',
      weekly: [{ days: ['tu', 'we', 'th', 'fr'], from: '10:00', to: '18:00', validTo: '2026-12-03' }],
      closedDates: ['2026-12-02'],
    },
  ],
  resources: [
    {
      key: 'anna',
      name: 'Anna',
      schedule: 'week',
      skills: ['dye'],
      limits: { perDay: 2, perWeek: 4 },
      withinBranch: true,
    },
    {
      key: 'ben',
      name: 'Ben',
      schedule: 'week',
      timeOff: [{ start: '2026-11-26T10:02:00+01:00', end: '2026-11-26T12:00:00+01:00' }],
    },
    { key: 'room', name: 'Room', kind: 'room' },
    { key: 'pool', name: 'Pool', kind: 'equipment', capacity: 2 },
  ],
  services: [
    { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30, bufferAfterMinutes: 10, minutesOf: { ben: 45 } },
    {
      key: 'dye',
      name: 'Dye',
      durationMinutes: 30,
      skills: { staff: ['dye'] },
      limits: { perDay: 1 },
      assignBy: 'mostFree',
    },
    { key: 'massage', name: 'Massage', durationMinutes: 60, stepMinutes: 30, assign: { staff: 1, room: 1 } },
    {
      key: 'swim',
      name: 'Swim',
      durationMinutes: 30,
      resources: ['pool'],
      noticeMinutes: 2_000,
      horizonDate: '2026-11-30',
    },
    {
      key: 'perm',
      name: 'Perm',
      stepMinutes: 30,
      keep: 'preferred',
      segments: [
        { key: 'wrap', durationMinutes: 30, gapAfterMinutes: { min: 5, max: 20 }, assign: { staff: 1 } },
        { key: 'rinse', durationMinutes: 15, assign: { staff: 1, room: 1 } },
      ],
    },
    {
      key: 'yoga',
      name: 'Yoga',
      durationMinutes: 45,
      stepMinutes: 30,
      seats: 3,
      assign: { staff: 1, room: 1 },
      bufferAfterMinutes: 15,
      limits: { perDay: 2 },
    },
  ] satisfies readonly ServiceDefinition[],
});

test('a live question as a case file is answered as the engine answers it', async () => {
  const at = await bench({ companies: [company] });
  const keys = new Map((await at.door.resources()).map(({ id, key }) => [id as string, key]));
  const booked = [
    ...['cut', 'massage', 'swim', 'swim'].map((service) => ({ service, start: '2026-11-26T13:00:00+01:00' })),
    { service: 'dye', start: '2026-11-25T11:00:00+01:00' },
    { service: 'perm', start: '2026-11-27T14:00:00+01:00' },
    { service: 'yoga', start: '2026-11-26T15:00:00+01:00', partySize: 2 },
    { service: 'yoga', start: '2026-11-26T15:00:00+01:00' },
    { service: 'yoga', start: '2026-11-27T12:00:00+01:00' },
  ];
  for (const each of booked) granted(await at.door.book(each));
  for (const { key: service } of company.services ?? []) {
    for (const [resource, partySize] of [[undefined], ['anna'], ['ben'], [undefined, 2]] as const) {
      if (partySize !== undefined && service !== 'yoga') continue;
      const query = {
        service,
        resource,
        partySize,
        from: '2026-11-24T00:00:00+01:00',
        to: '2026-12-05T00:00:00+01:00',
      };
      const written = await at.door.caseFile(query);
      const found = await at.door.find(query);
      if (!written.ok) {
        expect(found.ok).toBe(false);
        continue;
      }
      const parsed = parseCase(JSON.stringify(written.file));
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
      const slots = found.ok ? found.slots : [];
      expect(answerCase(parsed.case)).toMatchObject({
        slots: slots.map(({ startMs, endMs, resourceIds, seatsLeft }) => ({
          start: new Date(startMs).toISOString(),
          end: new Date(endMs).toISOString(),
          resources: resourceIds.map((id) => keys.get(id)),
          ...(seatsLeft === undefined ? {} : { seatsLeft }),
        })),
      });
      expect([service, resource, slots.length > 0]).toEqual([
        service,
        resource,
        service !== 'dye' || resource !== 'ben',
      ]);
    }
  }
  await at.close();
});

test('without an end it asks for as many as were asked for', async () => {
  const at = await bench({ companies: [company] });
  const { file } = granted(await at.door.caseFile({ service: 'cut', count: 3 }));
  const parsed = parseCase(file);
  const found = granted(await at.door.find({ service: 'cut', count: 3 }));
  expect(parsed.ok ? answerCase(parsed.case) : parsed.errors).toMatchObject({
    slots: found.slots.map(({ startMs }) => ({ start: new Date(startMs).toISOString() })),
  });
  await at.close();
});
