import type { CompanyDefinition, ResourceDefinition, ServiceDefinition } from '../../src/index.ts';
import { salon } from './salon.ts';

const resources: readonly ResourceDefinition[] = [
  { key: 'anna', name: 'Anna', schedule: 'week' },
  { key: 'ben', name: 'Ben', schedule: 'week' },
  { key: 'carla', name: 'Carla', schedule: 'week' },
  { key: 'room', name: 'Room', kind: 'room', schedule: 'week' },
];

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

const services: readonly ServiceDefinition[] = [
  {
    key: 'cut',
    name: 'Cut',
    durationMinutes: 30,
    stepMinutes: 30,
    bufferBeforeMinutes: 5,
    bufferAfterMinutes: 10,
    price: euros(3_000),
    resources: ['anna', 'ben'],
  },
  {
    key: 'colour',
    name: 'Colour',
    durationMinutes: 60,
    stepMinutes: 30,
    bufferBeforeMinutes: 15,
    bufferAfterMinutes: 20,
    price: euros(6_000),
    resources: ['carla'],
  },
  {
    key: 'perm',
    name: 'Perm',
    stepMinutes: 30,
    keep: 'preferred',
    resources: ['anna', 'carla'],
    segments: [
      { key: 'wrap', durationMinutes: 30, gapAfterMinutes: 30 },
      { key: 'rinse', durationMinutes: 15 },
    ],
  },
  { key: 'beard', name: 'Beard', durationMinutes: 30, stepMinutes: 30, resources: ['ben'], limits: { perDay: 1 } },
  { key: 'advice', name: 'Advice', durationMinutes: 30, stepMinutes: 30, resources: ['carla'] },
  { key: 'yoga', name: 'Yoga', durationMinutes: 60, seats: 4, resources: ['anna'] },
  { key: 'show', name: 'Show', durationMinutes: 60, assign: 'all', resources: ['anna', 'ben'] },
  { key: 'massage', name: 'Massage', durationMinutes: 60, stepMinutes: 30, assign: { staff: 1, room: 1 } },
  { key: 'bath', name: 'Bath', durationMinutes: 30, stepMinutes: 30, assign: { room: 1 } },
];

/** A salon whose services are done by different people, so that a visit of several has several. */
export const visitSalon = (over: Partial<CompanyDefinition> = {}): CompanyDefinition =>
  salon({ resources, services, ...over });
