import { z } from 'zod';
import type { Branch, Resource, Service } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { endpoint } from './endpoint.ts';
import { id, money } from './fields.ts';

const tag = 'Company';
const named = { id, key: z.string(), name: z.string() };
const listOf = (item: z.ZodType): z.ZodObject => z.strictObject({ items: z.array(item) });

const companySchema = z
  .strictObject({ ...named, timeZone: z.string(), locale: z.string(), country: z.string(), grainMinutes: z.int() })
  .meta({ id: 'Company' });

/** The company of the key. */
export const getCompany = endpoint({
  method: 'GET',
  path: '/company',
  id: 'getCompany',
  tag,
  summary: 'Tells which company the key belongs to.',
  answers: { 200: { description: 'The company.', schema: companySchema } },
  refusals: [],
  run({ door }) {
    const { id, key, name, timeZone, locale, country, grainMinutes } = door.company;
    return Promise.resolve(json(200, { id, key, name, timeZone, locale, country, grainMinutes }));
  },
});

const branchSchema = z
  .strictObject({ ...named, timeZone: z.string(), address: z.string().nullable() })
  .meta({ id: 'Branch' });

const branchView = ({ id, key, name, timeZone, address }: Branch): z.output<typeof branchSchema> => ({
  id,
  key,
  name,
  timeZone,
  address,
});

/** Places of the company. */
export const listBranches = endpoint({
  method: 'GET',
  path: '/branches',
  id: 'listBranches',
  tag,
  summary: 'Lists the branches.',
  answers: { 200: { description: 'All active branches.', schema: listOf(branchSchema) } },
  refusals: [],
  async run({ door }) {
    return json(200, { items: (await door.branches()).map(branchView) });
  },
});

const segmentSchema = z
  .strictObject({
    key: z.string(),
    durationMinutes: z.int(),
    minGapAfterMinutes: z.int(),
    maxGapAfterMinutes: z.int(),
  })
  .meta({ id: 'ServiceSegment' });

const serviceSchema = z
  .strictObject({
    ...named,
    durationMinutes: z.int(),
    segments: z.array(segmentSchema).meta({ description: 'Its parts, in order; none of a simple service.' }),
    stepMinutes: z.int(),
    bufferBeforeMinutes: z.int(),
    bufferAfterMinutes: z.int(),
    noticeMinutes: z.int(),
    horizonDays: z.int().nullable(),
    seats: z.int().meta({ description: 'How many people one group session takes; 1: no session.' }),
    price: money.nullable(),
    resourceIds: z
      .array(id)
      .meta({ description: 'Who can do it, in order of preference; empty: every member of staff.' }),
  })
  .meta({ id: 'Service' });

/** Services with what the company decides where they do not. */
export const listServices = endpoint({
  method: 'GET',
  path: '/services',
  id: 'listServices',
  tag,
  summary: 'Lists the services.',
  answers: { 200: { description: 'All active services.', schema: listOf(serviceSchema) } },
  refusals: [],
  async run({ door }) {
    const { noticeMinutes, horizonDays } = door.company.policies;
    const view = (service: Service): z.output<typeof serviceSchema> => ({
      id: service.id,
      key: service.key,
      name: service.name,
      durationMinutes: service.durationMinutes,
      segments: service.composition.segments.map(
        ({ key, durationMinutes, minGapAfterMinutes, maxGapAfterMinutes }) => ({
          key,
          durationMinutes,
          minGapAfterMinutes,
          maxGapAfterMinutes,
        }),
      ),
      stepMinutes: service.stepMinutes,
      bufferBeforeMinutes: service.bufferBeforeMinutes,
      bufferAfterMinutes: service.bufferAfterMinutes,
      noticeMinutes: service.noticeMinutes ?? service.policies?.noticeMinutes ?? noticeMinutes,
      horizonDays:
        service.horizonDays ??
        (service.policies?.horizonDays === undefined ? horizonDays : service.policies.horizonDays),
      seats: service.seats,
      price: service.price === null ? null : { ...service.price },
      resourceIds: [...service.resourceIds],
    });
    return json(200, { items: (await door.services()).map(view) });
  },
});

const resourceSchema = z
  .strictObject({
    ...named,
    kind: z.enum(['staff', 'room', 'equipment']),
    branchId: id,
    skills: z.array(z.string()),
    capacity: z.int(),
  })
  .meta({ id: 'Resource' });

/** Time off and its reasons are nobody's business outside. */
const resourceView = (resource: Resource): z.output<typeof resourceSchema> => ({
  id: resource.id,
  key: resource.key,
  name: resource.name,
  kind: resource.kind,
  branchId: resource.branchId,
  skills: [...resource.skills],
  capacity: resource.capacity,
});

/** Staff, rooms and equipment. */
export const listResources = endpoint({
  method: 'GET',
  path: '/resources',
  id: 'listResources',
  tag,
  summary: 'Lists staff, rooms and equipment.',
  answers: { 200: { description: 'All active resources.', schema: listOf(resourceSchema) } },
  refusals: [],
  async run({ door }) {
    return json(200, { items: (await door.resources()).map(resourceView) });
  },
});
