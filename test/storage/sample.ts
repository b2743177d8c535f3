import { randomFillSync } from 'node:crypto';
import { noLimits, simpleComposition, uuidV7Source } from '../../src/adapter.ts';
import type {
  Appointment,
  BookingWrite,
  ClaimOwner,
  CompanyConfig,
  CompanyId,
  DomainEvent,
  EventId,
  ResourceId,
} from '../../src/adapter.ts';

const nextId = uuidV7Source((bytes) => randomFillSync(bytes));

/** A new id of whatever kind is asked for. */
export const newId = <I extends string>(): I => nextId(Date.now()) as I;

/** Epoch milliseconds of a Monday at 8:00 UTC. */
export const mondayMs = Date.UTC(2026, 10, 23, 8);

/** Milliseconds of that many minutes. */
export const minutes = (count: number): number => count * 60_000;

/** A company with that many members of staff, and keys that no other sample has. */
export function sampleCompany(staff = 2, changes: Partial<CompanyConfig> = {}): CompanyConfig {
  const id = newId<CompanyId>();
  const branchId = newId<CompanyConfig['branches'][number]['id']>();
  const scheduleId = newId<CompanyConfig['schedules'][number]['id']>();
  const resourceIds = Array.from({ length: staff }, () => newId<ResourceId>());
  const serviceId = newId<CompanyConfig['services'][number]['id']>();
  const unique = id.replaceAll('-', '');
  return {
    company: {
      id,
      key: `salon-${unique}`,
      name: 'Salon Örtlich',
      timeZone: 'Europe/Berlin',
      locale: 'de-DE',
      country: 'DE',
      grainMinutes: 5,
      policies: {
        noticeMinutes: 0,
        horizonDays: 60,
        cancelNoticeMinutes: 0,
        rescheduleNoticeMinutes: 0,
        customerLimits: noLimits,
        outsideStaleMinutes: null,
        holdSeconds: 300,
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
        address: 'Am Tor 1',
        scheduleId,
        active: true,
      },
    ],
    numbers: [
      {
        id: newId(),
        e164: `+49${BigInt(`0x${unique}`) % 10_000_000_000n}`,
        branchId,
        defaultServiceId: serviceId,
        defaultResourceId: null,
        active: true,
      },
    ],
    agents: [{ agentId: `agent-${unique}`, branchId, active: true }],
    schedules: [
      {
        id: scheduleId,
        key: 'hours',
        timeZone: null,
        weekly: [{ days: ['mo', 'tu'], from: '09:00', to: '17:00' }],
        overrides: [{ date: '2026-12-24', windows: [] }],
        closedDates: [],
        validFrom: null,
        validTo: null,
        active: true,
      },
    ],
    resources: resourceIds.map((resourceId, index) => ({
      id: resourceId,
      key: `staff-${index}`,
      name: `Staff ${index}`,
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
    })),
    services: [
      {
        id: serviceId,
        key: 'cut',
        name: 'Cut',
        durationMinutes: 30,
        stepMinutes: 15,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        buffersWithinHours: true,
        grid: 'auto',
        noticeMinutes: null,
        horizonDays: null,
        horizonDate: null,
        composition: simpleComposition,
        limits: noLimits,
        seats: 1,
        price: { amountMinor: 4500, currency: 'EUR' },
        resourceIds,
        active: true,
      },
    ],
    keys: [{ id: newId(), name: 'web', prefix: 'ak_123', hash: unique.padStart(64, '0'), managed: true, active: true }],
    ...changes,
  };
}

const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new TypeError('the sample lacks an entity');
  return one;
};

/** What an appointment of the company's first service occupies. */
function sampleBooked(config: CompanyConfig, resource: ResourceId, startMs: number, endMs: number) {
  return {
    companyId: config.company.id,
    branchId: first(config.branches).id,
    serviceId: first(config.services).id,
    resourceIds: [resource],
    startMs,
    endMs,
    spans: [{ resourceId: resource, startMs, endMs }],
    parts: [],
    partySize: 1,
    sessionId: null,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
  };
}

/** An appointment of half an hour. */
export function sampleAppointment(
  config: CompanyConfig,
  resource: ResourceId,
  startMs: number,
  changes: Partial<Appointment> = {},
): Appointment {
  return {
    id: newId(),
    ...sampleBooked(config, resource, startMs, startMs + minutes(30)),
    customerId: null,
    status: 'confirmed',
    version: 1,
    source: 'test',
    callId: null,
    price: { amountMinor: 4500, currency: 'EUR' },
    notes: null,
    metadata: {},
    groupId: null,
    recurrence: null,
    fee: null,
    moves: 0,
    createdMs: mondayMs,
    updatedMs: mondayMs,
    ...changes,
  };
}

const claimOf = (owner: ClaimOwner, booked: Appointment, expiresMs: number | null) => ({
  owner,
  spans: booked.spans,
  grainMs: minutes(5),
  expiresMs,
});

const bookedEvent = (appointment: Appointment): DomainEvent<'appointment.booked'> => ({
  id: newId<EventId>(),
  companyId: appointment.companyId,
  name: 'appointment.booked',
  aggregate: appointment.id,
  occurredMs: mondayMs,
  payload: { appointment },
});

/** Everything that booking the appointment writes. */
export function bookingOf(appointment: Appointment, more: Partial<BookingWrite> = {}): BookingWrite {
  return {
    idempotency: { key: `book-${appointment.id}`, fingerprint: 'f', resultId: appointment.id },
    claims: [claimOf(appointment.id, appointment, null)],
    appointments: [{ row: appointment, expectedVersion: 0 }],
    events: [bookedEvent(appointment)],
    ...more,
  };
}
