import { noLimits, type CompanyId } from 'askpro/adapter';
import { unitSubject } from '../../src/adapters/sequelize/unitSubject.ts';
import { createEngine, type CompanyDefinition } from 'askpro';
import { Storage } from 'askpro/adapter';
import { cellTakes, timeText, type Holding, type Take } from './checker/history.ts';
import { bare, type Scarce } from './checker/tables.ts';
import type { Told } from './deed.ts';
import type { Site } from './crew.ts';
import { storageAt } from './place.ts';

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const grainMs = 300_000;

/** Two members of staff, a room for two at a time, classes, and a service that is done three times a day. */
const definition: CompanyDefinition = {
  key: 'shop',
  name: 'Shop',
  timeZone: 'UTC',
  country: 'DE',
  policies: { noticeMinutes: 0 },
  branches: [{ key: 'mitte', name: 'Mitte' }],
  schedules: [
    { key: 'always', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: '06:00', to: '22:00' }] },
  ],
  resources: [
    { key: 'anna', name: 'Anna', schedule: 'always' },
    { key: 'ben', name: 'Ben', schedule: 'always' },
    { key: 'room', name: 'Room', kind: 'room', schedule: 'always', capacity: 2 },
  ],
  services: [
    { key: 'cut', name: 'Cut', durationMinutes: 30, resources: ['anna', 'ben'] },
    {
      key: 'colour',
      name: 'Colour',
      durationMinutes: 45,
      bufferBeforeMinutes: 10,
      bufferAfterMinutes: 15,
      resources: ['anna', 'ben'],
    },
    { key: 'room', name: 'Room', durationMinutes: 60, resources: ['room'] },
    { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 60, seats: 4, resources: ['anna'] },
    { key: 'check', name: 'Check', durationMinutes: 15, limits: { perDay: 3 }, resources: ['ben'] },
  ],
};

/** What people ask for, the more often the more there is of it. */
export const wanted = ['cut', 'cut', 'colour', 'room', 'room', 'yoga', 'yoga', 'check'] as const;

/** Quarters of an hour of the mornings of two days to come: few, so that most of what is asked for collides. */
export const startsFrom = (nowMs: number): readonly number[] =>
  [1, 2].flatMap((day) => {
    const morningMs = (Math.floor(nowMs / DAY_MS) + day) * DAY_MS + 36 * QUARTER_MS;
    return Array.from({ length: 16 }, (_, index) => morningMs + index * QUARTER_MS);
  });

/** A company that is set up through the engine, and how much it has of what is scarce. */
export interface Shop {
  readonly site: Site;
  readonly scarce: Scarce;
  /** What somebody has who was told of this. */
  holdingOf(told: Told): Holding;
}

/** Sets the company up in a database. */
export async function openShop(places: Site['places']): Promise<Shop> {
  const engine = await createEngine({ storage: storageAt(places[0]), relay: false });
  try {
    const applied = await engine.setup.apply({ companies: [definition] });
    const id = applied.ok ? applied.companies[0]?.id : undefined;
    const config = id === undefined ? undefined : await engine.get(Storage).config(id);
    if (id === undefined || config === undefined) throw new Error(`the shop was refused: ${JSON.stringify(applied)}`);
    return shopOf({ places, company: id satisfies CompanyId }, config);
  } finally {
    await engine.stop();
  }
}

type Config = NonNullable<Awaited<ReturnType<Storage['config']>>>;

function shopOf(site: Site, { resources, services }: Config): Shop {
  const capacities = new Map(resources.map(({ id, capacity }) => [bare(id), capacity]));
  const seats = new Map(services.map((service) => [bare(service.id), service.seats]));
  const perDay = new Map(
    services.flatMap(({ id, limits: { perDay: most } = noLimits }) => (most === null ? [] : [[bare(id), most]])),
  );
  const limits = new Map(
    services.flatMap(({ id, limits: { perDay: most } }) =>
      most === null ? [] : [[unitSubject(`day:service:${id}`).toString('hex'), most]],
    ),
  );
  const takesOf = ({ id, spans, sessionId, serviceId, partySize, startMs }: Told): readonly Take[] => {
    const time = spans.map((span) => ({ ...span, capacity: capacities.get(bare(span.resourceId)) }));
    const most = perDay.get(bare(serviceId));
    return [
      ...cellTakes(time, grainMs, sessionId ?? id),
      ...(sessionId === null
        ? []
        : [{ register: `seats ${sessionId}`, most: seats.get(bare(serviceId)) ?? 1, units: partySize, holder: id }]),
      ...(most === undefined
        ? []
        : [{ register: `units ${serviceId} ${Math.floor(startMs / DAY_MS)}`, most, units: 1, holder: id }]),
    ];
  };
  return {
    site,
    scarce: { grainMs, capacities, seats, limits },
    holdingOf: (told) => ({
      owner: told.id,
      takes: takesOf(told),
      time: timeText(told.spans),
      expiresMs: told.expiresMs,
    }),
  };
}
