import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Appointment, Slot } from '../../src/index.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, refusalOf, refusedWith, type Bench } from './salon.ts';
import { visitSalon } from './visitSalon.ts';

const DAY = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' };
const at = (time: string): string => `2026-11-24T${time}:00+01:00`;
const BOTH = { services: ['cut', 'colour'] };

let on: Bench;
let names: ReadonlyMap<string, string>;
beforeEach(async () => {
  on = await bench({ companies: [visitSalon()] });
  const all = [...(await on.door.resources()), ...(await on.door.services())];
  names = new Map(all.map(({ id, key }) => [id as string, key]));
});
afterEach(() => on.close());

const clock = (ms: number): string => new Date(ms + 3_600_000).toISOString().slice(11, 16);
const named = (ids: readonly string[]): string => ids.map((id) => names.get(id)).join('+');
const partsOf = ({ parts }: Pick<Appointment, 'parts'>): readonly string[] =>
  parts.map((part) => `${named([part.serviceId])}/${part.key} ${clock(part.startMs)} ${named(part.resourceIds)}`);
const spansOf = ({ spans }: Appointment): readonly string[] =>
  spans.map((span) => `${named([span.resourceId])} ${clock(span.startMs)}-${clock(span.endMs)}`);
const starts = (slots: readonly Slot[]): readonly string[] => slots.map(({ startMs }) => clock(startMs));

describe('a visit of several services', () => {
  test('is one appointment: each service by its own doers, the buffers at the ends, the price of all', async () => {
    const { appointment } = granted(await on.door.book({ ...BOTH, start: at('10:00') }));
    expect(partsOf(appointment)).toEqual(['cut/cut 10:00 anna', 'colour/colour 10:30 carla']);
    expect(spansOf(appointment)).toEqual(['anna 09:55-10:30', 'carla 10:30-11:50']);
    expect(appointment).toMatchObject({
      ...{ bufferBeforeMinutes: 5, bufferAfterMinutes: 20, partySize: 1, sessionId: null },
      price: { amountMinor: 9_000, currency: 'EUR' },
    });
    expect([named([appointment.serviceId]), clock(appointment.endMs)]).toEqual(['cut', '11:30']);
    const ledger = new Ledger(on.file, 300_000);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
    ledger.close();
  });

  test('claims nobody for what another does', async () => {
    granted(await on.door.book({ ...BOTH, start: at('10:00') }));
    granted(await on.door.book({ service: 'cut', start: at('11:00'), resource: 'anna' }));
    expect(refusedWith(await on.door.check({ service: 'colour', start: at('11:00') }))).toBe('SLOT_TAKEN');
  });

  test('leaves the gaps of a service free for others', async () => {
    const { appointment } = granted(await on.door.book({ services: ['perm', 'colour'], start: at('10:00') }));
    expect(partsOf(appointment)).toEqual([
      'perm/wrap 10:00 carla',
      'perm/rinse 11:00 carla',
      'colour/colour 11:15 carla',
    ]);
    expect(appointment.price).toBe(null);
    // Between 10:30 and 11:00 she is free, for as long as that and no longer.
    granted(await on.door.book({ service: 'advice', start: at('10:30') }));
    expect(refusedWith(await on.door.check({ service: 'advice', start: at('11:00') }))).toBe('SLOT_TAKEN');
  });

  test('in any order finds what the order given does not', async () => {
    granted(await on.door.book({ service: 'colour', start: at('12:00') }));
    const list = async (order: 'given' | 'any') =>
      granted(await on.door.find({ ...BOTH, order, from: at('09:00'), to: at('11:00') })).slots;
    expect(starts(await list('given'))).toEqual(['09:00', '09:30']);
    const any = await list('any');
    expect(starts(any)).toEqual(['09:00', '09:30', '10:00', '10:30']);
    const last = any[2];
    expect(last).toMatchObject({ visit: { order: 'any', maxWaitMinutes: 0 } });
    expect([named([last?.serviceId ?? '']), last?.segments?.map(({ key }) => key)]).toEqual([
      'colour',
      ['colour', 'cut'],
    ]);
    const { appointment } = granted(await on.door.book(on.door.offer(last ?? any[0])));
    expect(partsOf(appointment)).toEqual(['colour/colour 10:00 carla', 'cut/cut 11:00 anna']);
    // The buffers are those of what is done first and last.
    expect(spansOf(appointment)).toEqual(['anna 11:00-11:40', 'carla 09:45-11:00']);
    expect(appointment).toMatchObject({ bufferBeforeMinutes: 15, bufferAfterMinutes: 10 });
  });

  test('waits between services only as long as is allowed', async () => {
    granted(await on.door.book({ service: 'colour', start: at('09:30') }));
    const asked = { ...BOTH, start: at('10:00') };
    expect(refusedWith(await on.door.check(asked))).toBe('SLOT_TAKEN');
    expect(refusedWith(await on.door.check({ ...asked, maxWaitMinutes: 15 }))).toBe('SLOT_TAKEN');
    const { appointment } = granted(await on.door.book({ ...asked, maxWaitMinutes: 20 }));
    expect(partsOf(appointment)).toEqual(['cut/cut 10:00 anna', 'colour/colour 10:50 carla']);
  });

  test('counts towards the limits of every service, and is bound by them', async () => {
    granted(await on.door.book({ services: ['cut', 'beard'], start: at('10:00') }));
    expect(refusedWith(await on.door.check({ service: 'beard', start: at('14:00') }))).toBe('LIMIT_REACHED');
    for (const order of ['given', 'any'] as const)
      expect(refusedWith(await on.door.check({ services: ['cut', 'beard'], order, start: at('14:00') }))).toBe(
        'LIMIT_REACHED',
      );
    granted(await on.door.check({ service: 'cut', start: at('14:00') }));
  });

  test('is held with the same, and booked from the hold', async () => {
    const { hold } = granted(await on.door.hold({ ...BOTH, start: at('10:00') }, { owner: 'call' }));
    expect(partsOf(hold)).toEqual(['cut/cut 10:00 anna', 'colour/colour 10:30 carla']);
    expect(refusedWith(await on.door.check({ service: 'colour', start: at('10:30') }))).toBe('SLOT_TAKEN');
    const { appointment } = granted(await on.door.book(hold));
    expect([partsOf(appointment), appointment.price?.amountMinor]).toEqual([partsOf(hold), 9_000]);
  });

  test('is moved with all of its services, and keeps its price', async () => {
    const { appointment } = granted(await on.door.book({ ...BOTH, order: 'any', start: at('10:00') }));
    const moved = granted(await on.door.reschedule(appointment.id, { start: at('10:30') }));
    expect(partsOf(moved.appointment)).toEqual(['cut/cut 10:30 anna', 'colour/colour 11:00 carla']);
    expect(moved.appointment).toMatchObject({ version: 2, price: { amountMinor: 9_000 } });
    const single = granted(await on.door.reschedule(appointment.id, { start: at('13:00'), service: 'cut' }));
    expect(single.appointment).toMatchObject({ parts: [], price: { amountMinor: 3_000 } });
    granted(await on.door.check({ service: 'colour', start: at('11:00') }));
  });

  test('of one who does all of it, where he is asked for', async () => {
    const ben = { services: ['cut', 'beard'], resource: 'ben' };
    const found = granted(await on.door.find({ ...ben, ...DAY }));
    expect(new Set(found.slots.map(({ resourceIds }) => named(resourceIds)))).toEqual(new Set(['ben']));
    const refusal = refusalOf(await on.door.find({ ...BOTH, resource: 'anna', ...DAY }), 'RESOURCE_NOT_QUALIFIED');
    expect(refusal).toMatchObject({ resource: 'anna', service: 'colour' });
  });

  test('keeps within the kinds that its services need', async () => {
    const both = { services: ['massage', 'bath'], resource: 'ben', start: at('10:00') };
    const { appointment } = granted(await on.door.book(both));
    expect(partsOf(appointment)).toEqual(['massage/massage 10:00 ben+room', 'bath/bath 11:00 room']);
    expect(spansOf(appointment)).toEqual(['ben 10:00-11:00', 'room 10:00-11:30']);
  });

  test('is booked in batches and series as any other', async () => {
    const items = ['10:00', '10:30', '11:00'].map((time) => ({ ...BOTH, start: at(time) }));
    const booked = granted(await on.door.bookMany(items, { mode: 'each' }));
    expect(booked.items.map(({ ok }) => ok)).toEqual([true, false, false]);
    const target = { ...BOTH, start: at('14:00') };
    const series = granted(await on.door.bookSeries({ target, rule: 'FREQ=WEEKLY;COUNT=3' }));
    const parts = series.occurrences.map((each) => (each.ok ? partsOf(each.appointment) : []));
    expect(parts).toEqual(Array.from({ length: 3 }, () => ['cut/cut 14:00 anna', 'colour/colour 14:30 carla']));
  });

  test('that is taken is answered with others of the same services', async () => {
    granted(await on.door.book({ ...BOTH, start: at('10:00') }));
    const { alternatives, reasons } = refusalOf(await on.door.book({ ...BOTH, start: at('10:00') }), 'SLOT_TAKEN');
    expect(reasons.map(({ code }) => code)).toContain('BUSY');
    expect(alternatives.map(({ segments = [] }) => segments.length)).toEqual([2, 2, 2]);
    const [first] = alternatives;
    if (first === undefined) throw new Error('no alternative');
    granted(await on.door.book(on.door.offer(first)));
    const explained = granted(await on.door.explain({ ...BOTH, start: at('10:00') }));
    expect([explained.free, clock(explained.nearest.nextMs ?? NaN)]).toEqual([false, '13:00']);
  });

  test('fits the configuration until a service or who does it changes', async () => {
    granted(await on.door.book({ ...BOTH, start: at('10:00') }));
    expect(granted(await on.door.conflicts()).page.items).toEqual([]);
    const { services = [] } = visitSalon();
    const changed = services.map((each) => (each.key === 'colour' ? { ...each, resources: ['ben'] } : each));
    granted(await on.engine.setup.apply({ companies: [visitSalon({ services: changed })] }));
    const { page } = granted(await on.door.conflicts());
    expect(page.items.flatMap(({ conflicts }) => conflicts.map(({ code }) => code))).toEqual([
      'RESOURCE_NOT_QUALIFIED',
    ]);
  });
});

describe('what cannot be a visit is refused by its field', () => {
  const faults = async (query: object): Promise<readonly string[]> =>
    refusalOf(await on.door.find({ ...query, ...DAY }), 'INPUT_INVALID').errors.map(
      ({ path, message }) => `${path} ${message}`,
    );

  test.each([
    [{}, ['service must be given, or else services']],
    [{ service: 'cut', services: ['cut', 'colour'] }, ['service must be left out beside services']],
    [{ service: 'cut', order: 'any' }, ['order belongs to services']],
    [{ services: ['cut'] }, ['services must be a list of 2 to 5 keys or ids']],
    [{ services: ['cut', 3] }, ['services must be a list of 2 to 5 keys or ids']],
    [{ ...BOTH, order: 'random' }, ['order must be given or any']],
    [{ ...BOTH, maxWaitMinutes: -5 }, ['maxWaitMinutes must be a whole number from 0 to 480']],
    [{ ...BOTH, maxWaitMinutes: 7 }, ['maxWaitMinutes must be a multiple of the grain, 5 minutes']],
    [{ services: ['cut', 'cut'] }, ['services[1] names cut a second time']],
    [{ services: ['cut', 'yoga'] }, ['services[1] yoga is held in group sessions and must be booked by itself']],
    [{ services: ['cut', 'show'] }, ['services[1] show needs everybody who does it and must be booked by itself']],
    [
      { services: ['cut', 'massage'] },
      ['services[1] cut does not need so many of each kind and massage does: all services of a visit must, or none'],
    ],
    [
      { services: ['cut', 'beard', 'colour'], maxWaitMinutes: 245 },
      ['maxWaitMinutes makes waits and gaps that differ by 490 minutes in all; at most 480 are allowed'],
    ],
  ])('%j', async (query, expected) => {
    expect(await faults(query)).toEqual(expected);
  });

  test('an unknown service is named', async () => {
    expect(refusalOf(await on.door.find({ services: ['cut', 'none'], ...DAY }), 'SERVICE_UNKNOWN')).toMatchObject({
      service: 'none',
    });
  });
});
