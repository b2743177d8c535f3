import { Documents } from '../../../src/plugin.ts';
import type { CompanyId, StorageFactory } from '../../../src/adapter.ts';
import { createEngine } from '../../../src/index.ts';
import type { Appointment, CompanyDefinition, CompanyDoor, Engine, Hold } from '../../../src/index.ts';
import { fakeClock } from '../../../src/testing.ts';
import { granted, MONDAY, salon } from '../../engine/salon.ts';

const on = (time: string, date = '2026-11-24'): string => `${date}T${time}:00+01:00`;

/** A company with one of everything that can be scarce. */
export const busyCompany: CompanyDefinition = salon({
  policies: { noticeMinutes: 0, customerLimits: { perWeek: 20 }, maxHoldsPerOwner: 5 },
  resources: [
    { key: 'anna', name: 'Anna 💇', schedule: 'week', limits: { perDay: 8 } },
    { key: 'ben', name: 'Ben', schedule: 'week' },
    { key: 'pool', name: 'Pool', kind: 'equipment', schedule: 'week', capacity: 3 },
    { key: 'hall', name: 'Hall', kind: 'room', schedule: 'week' },
  ],
  services: [
    { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30, resources: ['anna'] },
    { key: 'swim', name: 'Swim', durationMinutes: 60, stepMinutes: 30, resources: ['pool'] },
    {
      key: 'yoga',
      name: 'Yoga',
      durationMinutes: 60,
      stepMinutes: 60,
      seats: 4,
      resources: ['ben'],
      limits: { perDay: 3 },
      bufferAfterMinutes: 15,
    },
    {
      key: 'perm',
      name: 'Perm',
      stepMinutes: 30,
      resources: ['anna', 'ben'],
      segments: [
        { key: 'wrap', durationMinutes: 30, gapAfterMinutes: 30 },
        { key: 'cut', durationMinutes: 30 },
      ],
    },
    { key: 'massage', name: 'Massage', durationMinutes: 60, stepMinutes: 60, assign: { staff: 1, room: 1 } },
  ],
});

/** What was booked there. */
export interface BusySalon {
  readonly company: CompanyId;
  readonly nowMs: number;
  readonly cut: Appointment;
  readonly cancelled: Appointment;
  readonly swims: readonly Appointment[];
  readonly yoga: Appointment;
  readonly massage: Appointment;
  readonly hold: Hold;
  readonly seatHold: Hold;
  readonly lapsed: Hold;
}

async function book(engine: Engine, door: CompanyDoor): Promise<Omit<BusySalon, 'company' | 'nowMs'>> {
  const customer = { name: 'Jürgen 🙂', phone: '+491711234567' };
  const begun = { status: 'ongoing', from: '+491711234567' } as const;
  const { call } = granted(await door.calls.record('retell', 'call-1', begun));
  const lapsed = granted(await door.hold({ service: 'cut', start: on('15:00') }, { owner: 'call-0' })).hold;
  const cut = granted(
    await door.book(
      { service: 'cut', start: on('09:00') },
      { customer, idempotencyKey: 'cut', callId: call.id, notes: "it's „fine“ 👍\n\\", metadata: { room: 'a' } },
    ),
  ).appointment;
  const swims = [];
  for (const time of ['10:00', '10:00', '10:30'])
    swims.push(granted(await door.book({ service: 'swim', start: on(time) }, { customer })).appointment);
  const yoga = granted(
    await door.book({ service: 'yoga', start: on('11:00'), partySize: 2 }, { customer }),
  ).appointment;
  granted(await door.book({ service: 'yoga', start: on('11:00') }));
  const seatHold = granted(await door.hold({ service: 'yoga', start: on('13:00') }, { owner: 'call-1' })).hold;
  granted(await door.book({ service: 'perm', start: on('12:00') }));
  const massage = granted(await door.book({ service: 'massage', start: on('14:00') })).appointment;
  const given = granted(
    await door.book({ service: 'cut', start: on('16:00') }, { idempotencyKey: 'given' }),
  ).appointment;
  const cancelled = granted(await door.cancel(given.id)).appointment;
  granted(await door.bookMany([{ service: 'cut', start: on('10:00', '2026-11-25') }, { service: 'cut', start: on('11:00', '2026-11-25') }], { mode: 'all', idempotencyKey: 'many' })); // prettier-ignore
  const moved = granted(await door.book({ service: 'swim', start: on('09:00', '2026-11-26') })).appointment;
  granted(await door.reschedule(moved.id, { service: 'swim', start: on('10:00', '2026-11-26') }));
  const documents = engine.get(Documents);
  await documents.put(cut.companyId, {
    collection: 'notes',
    id: 'one',
    value: { said: 'yes' },
    indexes: { said: 'yes' },
  });
  await documents.put(cut.companyId, { collection: 'notes', id: 'two', value: null, indexes: {} });
  return { cut, cancelled, swims, yoga, massage, seatHold, lapsed, hold: lapsed };
}

/** Books one of everything in a company of an empty database, and a little in another one. */
export async function fillBusySalon(storage: StorageFactory): Promise<BusySalon> {
  const clock = fakeClock(MONDAY);
  const engine = await createEngine({
    storage,
    clock,
    upkeep: false,
    relay: false,
    secret: 'the-same-secret-for-every-bench-of-a-test',
    onError: (error) => {
      throw error;
    },
  });
  try {
    const other = salon({ key: 'other', name: 'Other', numbers: [] });
    const applied = granted(await engine.setup.apply({ companies: [busyCompany, other] }));
    const [company, second] = await Promise.all(
      applied.companies.map(async ({ id }) => granted(await engine.company(id))),
    );
    if (company === undefined || second === undefined) throw new TypeError('two companies are needed');
    granted(await second.book({ service: 'cut', start: on('09:00') }, { customer: { phone: '+491711234567' } }));
    granted(await engine.keys.create(company.company.id, 'web'));
    const booked = await book(engine, company);
    // One hold runs out; the other is taken afterwards.
    clock.advance(600_000);
    const hold = granted(await company.hold({ service: 'cut', start: on('15:30') }, { owner: 'call-1' })).hold;
    const seatHold = granted(await company.hold({ service: 'yoga', start: on('16:00') }, { owner: 'call-1' })).hold;
    return { ...booked, hold, seatHold, company: booked.cut.companyId, nowMs: clock.now() };
  } finally {
    await engine.stop();
  }
}
