import type { Definition } from 'askpro';
import type { HolidayCalendar } from 'askpro/plugins/holidays';

/** Years for which the demo knows its fixed days. */
const years = Array.from({ length: 11 }, (_, index) => 2026 + index);

/** Holidays that fall on the same date each year; some days are short instead of closed. */
const everyYear = (days: Readonly<Record<string, readonly { readonly from: string; readonly to: string }[]>>) =>
  years.flatMap((year) => Object.entries(days).map(([day, windows]) => ({ date: `${year}-${day}`, windows })));

/** The two half days of Berlin. Its public holidays are those of the calendar below, as not all have a fixed date. */
const berlinHalfDays = everyYear({
  '12-24': [{ from: '09:00', to: '13:00' }],
  '12-31': [{ from: '09:00', to: '13:00' }],
});

const newYorkHolidays = everyYear({
  '01-01': [],
  '07-04': [],
  '11-11': [{ from: '08:00', to: '12:00' }],
  '12-24': [{ from: '08:00', to: '12:00' }],
  '12-25': [],
});

/** What callers of the demo need to know, in one place: numbers lie in ranges that regulators keep free for fiction. */
export const demoLines = {
  salon: {
    company: 'salon-mitte',
    agentId: 'agent_salon_mitte',
    /** The front desk of the salon. */
    number: '+493023125001',
    /** Its second number, which goes straight to Anna. */
    secondNumber: '+493023125002',
    services: ['haircut', 'colour', 'beard-trim'],
  },
  dental: {
    company: 'harbor-dental',
    agentId: 'agent_harbor_dental',
    number: '+12125550123',
    services: ['check-up', 'cleaning'],
  },
  /** Belongs to nobody. */
  unknownNumber: '+493023125999',
} as const;

/** The public holidays on which the salon is closed. */
export const salonHolidays: HolidayCalendar = { company: demoLines.salon.company, country: 'DE', state: 'BE' };

/**
 * Two companies on two continents, so that isolation and time zones show. The salon has what is harder than a haircut: a perm
 * that leaves its stylist free in between, a massage that needs a room, a class with seats, and public holidays.
 */
export const demo: Definition = {
  companies: [
    {
      key: demoLines.salon.company,
      name: 'Salon Mitte',
      timeZone: 'Europe/Berlin',
      locale: 'de-DE',
      country: 'DE',
      policies: { noticeMinutes: 60, horizonDays: 90, cancelNoticeMinutes: 120, rescheduleNoticeMinutes: 120 },
      branches: [{ key: 'mitte', name: 'Mitte', address: 'Torstraße 100, 10119 Berlin', schedule: 'opening-hours' }],
      numbers: [
        { number: demoLines.salon.number, branch: 'mitte', defaultService: 'haircut' },
        { number: demoLines.salon.secondNumber, branch: 'mitte', defaultService: 'haircut', defaultResource: 'anna' },
      ],
      agents: [{ id: demoLines.salon.agentId }],
      schedules: [
        {
          key: 'opening-hours',
          weekly: [
            { days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '19:00' },
            { days: ['sa'], from: '09:00', to: '14:00' },
          ],
          overrides: berlinHalfDays,
        },
        {
          key: 'full-day-with-lunch',
          weekly: [
            { days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '12:30' },
            { days: ['mo', 'tu', 'we', 'th', 'fr'], from: '13:15', to: '18:00' },
          ],
          overrides: berlinHalfDays,
        },
        {
          key: 'split-shift',
          weekly: [
            { days: ['tu', 'we', 'th', 'fr'], from: '09:00', to: '12:00' },
            { days: ['tu', 'we', 'th', 'fr'], from: '15:00', to: '19:00' },
            { days: ['sa'], from: '09:00', to: '14:00' },
          ],
          overrides: berlinHalfDays,
        },
        {
          key: 'afternoons',
          weekly: [
            { days: ['mo', 'we', 'fr'], from: '12:00', to: '16:00' },
            { days: ['mo', 'we', 'fr'], from: '16:30', to: '19:00' },
            { days: ['sa'], from: '10:00', to: '14:00' },
          ],
          overrides: berlinHalfDays,
        },
      ],
      resources: [
        { key: 'anna', name: 'Anna', schedule: 'full-day-with-lunch' },
        { key: 'bilal', name: 'Bilal', schedule: 'split-shift' },
        { key: 'clara', name: 'Clara', schedule: 'afternoons' },
        { key: 'quiet-room', name: 'Ruheraum', kind: 'room', schedule: 'opening-hours' },
      ],
      services: [
        {
          key: 'haircut',
          name: 'Haarschnitt',
          durationMinutes: 45,
          bufferAfterMinutes: 5,
          price: { amountMinor: 4500, currency: 'EUR' },
          resources: ['anna', 'bilal', 'clara'],
        },
        {
          key: 'colour',
          name: 'Färben',
          durationMinutes: 90,
          stepMinutes: 30,
          bufferAfterMinutes: 10,
          price: { amountMinor: 9500, currency: 'EUR' },
          resources: ['anna', 'clara'],
        },
        {
          key: 'beard-trim',
          name: 'Bart trimmen',
          durationMinutes: 20,
          stepMinutes: 10,
          price: { amountMinor: 2200, currency: 'EUR' },
          resources: ['bilal'],
        },
        {
          // While the perm works, whoever does it is free for others.
          key: 'perm',
          name: 'Dauerwelle',
          price: { amountMinor: 11_500, currency: 'EUR' },
          resources: ['anna', 'clara'],
          segments: [
            { key: 'wrap', durationMinutes: 50, gapAfterMinutes: 15 },
            { key: 'rinse', durationMinutes: 5, gapAfterMinutes: 10 },
            { key: 'neutralise', durationMinutes: 15 },
            { key: 'style', durationMinutes: 40 },
          ],
        },
        {
          key: 'scalp-massage',
          name: 'Kopfhautmassage',
          durationMinutes: 30,
          price: { amountMinor: 3000, currency: 'EUR' },
          resources: ['anna', 'bilal', 'clara'],
          assign: { staff: 1, room: 1 },
        },
        {
          // Several take part at once, and Clara's time is taken once.
          key: 'braiding-course',
          name: 'Flechtkurs',
          durationMinutes: 90,
          stepMinutes: 30,
          bufferAfterMinutes: 15,
          seats: 4,
          price: { amountMinor: 3500, currency: 'EUR' },
          resources: ['clara'],
        },
      ],
    },
    {
      key: demoLines.dental.company,
      name: 'Harbor Dental',
      timeZone: 'America/New_York',
      locale: 'en-US',
      country: 'US',
      policies: { noticeMinutes: 240, horizonDays: 180, cancelNoticeMinutes: 1440, rescheduleNoticeMinutes: 1440 },
      branches: [{ key: 'harbor', name: 'Harbor', address: '1 Harbor Street, New York', schedule: 'practice-hours' }],
      numbers: [{ number: demoLines.dental.number, defaultService: 'check-up' }],
      agents: [{ id: demoLines.dental.agentId, branch: 'harbor' }],
      schedules: [
        {
          key: 'practice-hours',
          weekly: [
            { days: ['mo', 'tu', 'we', 'th'], from: '08:00', to: '12:00' },
            { days: ['mo', 'tu', 'we', 'th'], from: '13:00', to: '17:00' },
            { days: ['fr'], from: '08:00', to: '13:00' },
          ],
          overrides: newYorkHolidays,
        },
      ],
      resources: [
        { key: 'dr-reyes', name: 'Dr. Reyes' },
        { key: 'jordan', name: 'Jordan' },
      ],
      services: [
        {
          key: 'check-up',
          name: 'Check-up',
          durationMinutes: 30,
          bufferAfterMinutes: 10,
          price: { amountMinor: 9000, currency: 'USD' },
          resources: ['dr-reyes'],
        },
        {
          key: 'cleaning',
          name: 'Cleaning',
          durationMinutes: 60,
          stepMinutes: 30,
          price: { amountMinor: 12_000, currency: 'USD' },
          resources: ['jordan', 'dr-reyes'],
        },
      ],
    },
  ],
};
