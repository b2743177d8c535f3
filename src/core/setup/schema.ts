import { z } from 'zod';
import { isMoney } from '../model/money.ts';
import { isStorableText, UNSTORABLE } from '../model/storableText.ts';
import { parseInstant } from '../time/instant.ts';
import { parseLocalDate } from '../time/localDate.ts';
import { zoneNamed } from '../time/zone.ts';

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a–z, 0–9 and "-", beginning with a letter or digit');
const text = z.string().refine(isStorableText, UNSTORABLE);
const name = text.trim().min(1).max(200);
const zone = z.string().refine((text) => zoneNamed(text).ok, 'must be an IANA time zone, like Europe/Berlin');
const time = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be HH:MM, up to 24:00');
const startTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM, before 24:00');
const date = z
  .string()
  .refine((text) => parseLocalDate(text) !== undefined, 'must be a date that exists, like 2026-12-24');
const instant = z.string().refine((text) => parseInstant(text) !== undefined, 'must be an instant with an offset');
const minutes = (most: number): z.ZodNumber => z.number().int().min(0).max(most);
const window = z.strictObject({ from: startTime, to: time });
const list = <T extends z.ZodType>(item: T, most: number): z.ZodOptional<z.ZodArray<T>> =>
  z.array(item).max(most).optional();

const limit = z.number().int().min(0).max(1000).optional();
const limits = z.strictObject({ perDay: limit, perWeek: limit });

const DAY_MINUTES = 1440;

/** A price for as many people as may take part, and a percentage of that, stay exact integers. */
const MOST_MONEY = 10_000_000_000;
const money = z
  .strictObject({ amountMinor: z.number().int().min(0).max(MOST_MONEY), currency: z.string() })
  .refine(isMoney, 'must be an integer amount of minor units and an ISO 4217 code');
const fee = z
  .union([money, z.strictObject({ percent: z.number().int().min(1).max(100) })], {
    error: 'must be money, or a whole percentage of the price from 1 to 100: { "percent": 50 }',
  })
  .nullable()
  .optional();
const atMost = z.number().int().min(0).max(1000).nullable().optional();
const policyFields = {
  noticeMinutes: minutes(525_600).optional(),
  horizonDays: minutes(3660).nullable().optional(),
  cancelNoticeMinutes: minutes(525_600).optional(),
  rescheduleNoticeMinutes: minutes(525_600).optional(),
  maxReschedules: atMost,
  cancelQuota: atMost,
  lateCancelFee: fee,
  noShowFee: fee,
  requiresConfirmation: z.boolean().optional(),
  maxHoldsPerOwner: z.number().int().min(1).max(1000).nullable().optional(),
  holdSeconds: z.number().int().min(10).max(3600).optional(),
  maxNoShows: z.number().int().min(1).max(1000).nullable().optional(),
};
const policyRules = z.strictObject(policyFields).optional();

const isLanguageTag = (text: string): boolean => {
  try {
    return Intl.getCanonicalLocales(text)[0] === text;
  } catch {
    return false;
  }
};

const branch = z.strictObject({
  key,
  name,
  timeZone: zone.optional(),
  address: text.max(500).optional(),
  schedule: key.optional(),
  policies: policyRules,
  active: z.boolean().optional(),
});

const number = z.strictObject({
  number: z.string().min(3).max(40),
  branch: key.optional(),
  agent: text.min(1).max(128).optional(),
  defaultService: key.optional(),
  defaultResource: key.optional(),
  active: z.boolean().optional(),
});

const agent = z.strictObject({
  id: text.min(1).max(128),
  branch: key.optional(),
  active: z.boolean().optional(),
});

const weekday = z.enum(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']);

const schedule = z.strictObject({
  key,
  timeZone: zone.optional(),
  weekly: z
    .array(
      z.strictObject({
        days: z.array(weekday).min(1).max(7),
        from: startTime,
        to: time,
        validFrom: date.optional(),
        validTo: date.optional(),
      }),
    )
    .max(200),
  closedDates: list(z.union([date, z.strictObject({ from: date, to: date })]), 10_000),
  overrides: list(z.strictObject({ date, windows: z.array(window).max(24) }), 10_000),
  validFrom: date.optional(),
  validTo: date.optional(),
  active: z.boolean().optional(),
});

const timeOff = z
  .strictObject({ start: instant, end: instant, reason: text.max(200).optional() })
  .refine(({ start, end }) => (parseInstant(start) ?? 0) < (parseInstant(end) ?? 0), {
    path: ['end'],
    message: 'must be after start',
  });

const resource = z.strictObject({
  key,
  name,
  kind: z.enum(['staff', 'room', 'equipment']).optional(),
  branch: key.optional(),
  schedule: key.optional(),
  timeOff: list(timeOff, 1000),
  withinBranch: z.boolean().optional(),
  capacity: z.number().int().min(1).max(1000).optional(),
  limits: limits.optional(),
  skills: list(text.min(1).max(63), 100),
  priority: z.number().int().min(-1000).max(1000).optional(),
  policies: policyRules,
  active: z.boolean().optional(),
});

const kind = z.enum(['staff', 'room', 'equipment']);
const kinds = z
  .partialRecord(kind, z.number().int().min(1).max(100))
  .refine((each) => Object.keys(each).length > 0, 'must name at least one kind');
const skills = z.partialRecord(kind, z.array(text.min(1).max(63)).max(20));
const length = z.number().int().min(1).max(DAY_MINUTES);
const minutesOf = z.record(key, length);

const segment = z.strictObject({
  key,
  durationMinutes: length,
  gapAfterMinutes: z
    .union([
      minutes(DAY_MINUTES),
      z
        .strictObject({ min: minutes(DAY_MINUTES), max: minutes(DAY_MINUTES) })
        .refine(({ min, max }) => min <= max, { path: ['max'], message: 'must not be less than min' }),
    ])
    .optional(),
  assign: kinds.optional(),
  skills: skills.optional(),
  minutesOf: minutesOf.optional(),
});

const service = z.strictObject({
  key,
  name,
  durationMinutes: length.optional(),
  segments: z.array(segment).min(1).max(24).optional(),
  assign: z.union([z.enum(['any', 'all']), kinds]).optional(),
  skills: skills.optional(),
  keep: z.enum(['required', 'preferred', 'free']).optional(),
  assignBy: z.enum(['order', 'priority', 'mostFree', 'fewestChanges']).optional(),
  minutesOf: minutesOf.optional(),
  stepMinutes: z.number().int().min(1).max(DAY_MINUTES).optional(),
  bufferBeforeMinutes: minutes(DAY_MINUTES).optional(),
  bufferAfterMinutes: minutes(DAY_MINUTES).optional(),
  buffersWithinHours: z.boolean().optional(),
  grid: z.enum(['auto', 'midnight', 'window']).optional(),
  noticeMinutes: minutes(525_600).optional(),
  horizonDays: minutes(3660).optional(),
  horizonDate: date.optional(),
  limits: limits.optional(),
  price: money.optional(),
  seats: z.number().int().min(1).max(1000).optional(),
  resources: list(key, 1000),
  policies: policyRules,
  active: z.boolean().optional(),
});

const days = z.number().int().min(1).max(36_500).nullable().optional();

const retention = z.strictObject({
  appointmentsDays: days,
  callsDays: days,
  transcriptsDays: days,
  customersDays: days,
});

const policies = z.strictObject({
  ...policyFields,
  customerLimits: limits.optional(),
  outsideStaleMinutes: z.number().int().min(1).max(43_200).nullable().optional(),
  retention: retention.optional(),
});

const company = z.strictObject({
  key,
  name,
  timeZone: zone,
  locale: z.string().max(35).refine(isLanguageTag, 'must be a BCP 47 tag in its usual spelling, like de-DE').optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code in capitals, like DE'),
  grainMinutes: z.literal([1, 5]).optional(),
  policies: policies.optional(),
  branches: z.array(branch).min(1).max(1000),
  numbers: list(number, 10_000),
  agents: list(agent, 1000),
  schedules: list(schedule, 5000),
  resources: list(resource, 5000),
  services: list(service, 5000),
  keys: list(z.strictObject({ name, secret: text.min(32).max(256) }), 100),
  active: z.boolean().optional(),
});

/** The form of a setup document. References and grains are judged afterwards. */
export const definitionSchema = z.strictObject({ companies: z.array(company).min(1).max(10_000) });

/** The form of one entry of each kind. */
export const entrySchemas = { branch, number, agent, schedule, resource, service } as const;

/** The form of what a company decides for itself. */
export const companyFieldsSchema = company
  .pick({ name: true, timeZone: true, locale: true, country: true, policies: true, active: true })
  .partial();
