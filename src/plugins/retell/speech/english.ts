import { englishNames } from '../../spoken/index.ts';
import type { Phrases, SpokenAppointment } from './phrases.ts';

const { weekdays: WEEKDAYS, months: MONTHS } = englishNames;

const ending = (day: number): string => {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
};
const withStaff = ({ moment, staff }: SpokenAppointment): string =>
  staff === undefined ? moment : `${moment} with ${staff}`;

/** What the agent says in English. */
export const english: Phrases = {
  day: ({ weekday, day, month }) => `${WEEKDAYS[weekday] ?? ''}, ${MONTHS[month - 1] ?? ''} ${day}${ending(day)}`,
  dayWithYear: (wall) => `${english.day(wall)}, ${wall.year}`,
  clock: ({ minuteOfDay }) => {
    if (minuteOfDay === 0) return 'midnight';
    if (minuteOfDay === 720) return 'noon';
    const minute = minuteOfDay % 60;
    const hour = Math.floor(minuteOfDay / 60) % 12;
    return `${hour === 0 ? 12 : hour}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`} ${minuteOfDay < 720 ? 'AM' : 'PM'}`;
  },
  moment: (day, clock) => `${day} at ${clock}`,
  choice: (items) => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1) ?? ''}`),
  together: (items) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`,
  numbered: (number, moment) => `number ${number}, ${moment}`,

  offerOne: (moment) => `Would ${moment} suit you?`,
  offerMany: (choice) => `Which one suits you: ${choice}?`,
  instead: (why, choice) => `${why}, would ${choice} suit you instead?`,
  nothingFree: 'Unfortunately nothing is free in that time',
  tooMany: 'Unfortunately there is no room for so many people at once',
  understood: (echo, answer) => `Understood, ${echo}. ${answer}`,
  booked: (appointment) =>
    `Your appointment${appointment.service === undefined ? '' : ` for ${appointment.service}`} is booked: ${withStaff(appointment)}.`,
  rescheduled: (appointment) => `Your appointment has been moved to ${withStaff(appointment)}.`,
  cancelled: ({ moment }) => `Your appointment on ${moment} is cancelled.`,
  owed: (said, fee) => `${said} The fee for this is ${fee}.`,
  askFee: (latest, fee) =>
    `You could cancel free of charge until ${latest}, now it costs ${fee}. Shall I cancel anyway?`,
  possibleUntil: (clause, latest) => `${clause}. It was possible until ${latest}.`,

  askService: (choice) => `What would you like to book: ${choice}?`,
  unknownService: (choice) => `Unfortunately we do not offer that, would you like ${choice} instead?`,
  unknownStaff: (choice) => `Unfortunately I do not know that name here, whom would you like to see: ${choice}?`,
  askDay: 'Which day would you like to come?',
  past: (today) => `That time has already passed, today is ${today}.`,
  askAppointment: (choice) => `Which appointment do you mean: ${choice}?`,
  noAppointment: 'Unfortunately I find no upcoming appointment under your phone number.',
  noCallerNumber: 'Without your phone number I cannot find your appointment.',
  unknownOffer: 'I have not given you a time under that number, which day would you like?',
  offerCallback: (why) => `${why}, shall somebody call you back?`,
  callbackNoted: 'I have noted that we shall call you back.',
  askNumber: 'Under which number can we call you back?',
  offerWaiting: (why) => `${why}, shall I put you on the waiting list?`,
  waiting: 'You are on our waiting list now, and we will let you know as soon as something becomes free.',
  askWaitingNumber: 'Under which number can we reach you when something becomes free?',
  kept: (choice) => `From the waiting list this is being kept for you: ${choice}. Shall I book it for you?`,
  misunderstood: {
    when: 'Sorry, I did not understand when, please say it again.',
    date: 'Sorry, I did not understand the date, please say it again.',
    time: 'Sorry, I did not understand the time, please say it again.',
    part_of_day: 'Sorry, I did not understand the time of day, please say it again.',
    offer: 'Which number shall I book?',
    appointment: 'Which of your appointments do you mean?',
    customer_phone: 'Sorry, I did not understand the phone number, please say it again.',
    other: 'Sorry, I did not understand that, please say it again.',
  },

  wait: 'One moment please, this is taking a little longer.',
  fault: 'Something went wrong on our side just now, let me try again.',
  unknownCompany: 'Unfortunately I cannot make appointments under this number.',
  refusals: {
    INPUT_INVALID: 'Sorry, I did not understand that',
    COMPANY_UNKNOWN: 'Unfortunately I cannot make appointments under this number',
    BRANCH_UNKNOWN: 'Unfortunately I do not know that location',
    SERVICE_UNKNOWN: 'Unfortunately we do not offer that',
    RESOURCE_UNKNOWN: 'Unfortunately I do not know that name here',
    RESOURCE_NOT_QUALIFIED: 'Unfortunately somebody else does that here',
    NUMBER_INVALID: 'Sorry, I did not understand that phone number',
    NUMBER_UNKNOWN: 'Unfortunately I cannot make appointments under this number',
    NUMBER_INACTIVE: 'Unfortunately I cannot make appointments under this number',
    AGENT_MISMATCH: 'Unfortunately I cannot make appointments under this number',
    NO_SLOT: 'Unfortunately nothing is free in that time',
    SLOT_TAKEN: 'Unfortunately that time has already been taken',
    OUTSIDE_HOURS: 'Unfortunately we are not open at that time',
    OFF_GRID: 'Unfortunately we do not start at exactly that time',
    NOTICE_TOO_SHORT: 'Unfortunately that is too short notice',
    BEYOND_HORIZON: 'Unfortunately we do not book that far ahead yet',
    LIMIT_REACHED: 'Unfortunately all appointments of that day are taken',
    SOURCE_UNREACHABLE: 'Unfortunately I cannot see at the moment whether that time is free',
    RULE_REFUSED: 'Unfortunately that time is not possible',
    OFFER_INVALID: 'Unfortunately I cannot book that time',
    OFFER_EXPIRED: 'Unfortunately that offer has expired, I am happy to look again',
    HOLD_UNKNOWN: 'Unfortunately that time is no longer held for you',
    HOLD_EXPIRED: 'Unfortunately that time is no longer held for you',
    NOT_OWNER: 'Unfortunately that time is not held for you',
    APPOINTMENT_UNKNOWN: 'Unfortunately I cannot find that appointment',
    CALL_UNKNOWN: 'Unfortunately I cannot find that call',
    CALLBACK_UNKNOWN: 'Unfortunately I cannot find that callback request',
    CALLBACK_CLOSED: 'That callback request has already been closed',
    VERSION_CONFLICT: 'That appointment has just been changed, I am happy to look again',
    STATUS_CONFLICT: 'Unfortunately that appointment can no longer be changed',
    CANCEL_TOO_LATE: 'Unfortunately it is too late to cancel, please speak to us directly',
    RESCHEDULE_TOO_LATE: 'Unfortunately it is too late to move it, please speak to us directly',
    CANCEL_LIMIT: 'Unfortunately no more of your appointments can be cancelled this month, please speak to us directly',
    RESCHEDULE_LIMIT: 'Unfortunately it cannot be moved once more, please speak to us directly',
    HOLD_LIMIT: 'Unfortunately no more times can be kept for you at once',
    NO_SHOW_LIMIT: 'Unfortunately I cannot book for you, please speak to us directly',
    CUSTOMER_UNKNOWN: 'Unfortunately I find nothing under your phone number',
    CUSTOMER_HAS_APPOINTMENTS: 'Unfortunately I find nothing under your phone number',
    SLOT_FREE: 'There is no need to wait, that time is free',
    WAITLIST_FULL: 'Unfortunately our waiting list is full for that',
    WAITLIST_ENTRY_UNKNOWN: 'Unfortunately I do not find you on our waiting list',
    WAITLIST_NOT_OFFERED: 'Unfortunately nothing has become free for you yet',
    KEY_REUSED: 'Unfortunately I cannot do that like this',
    BATCH_REFUSED: 'Unfortunately I cannot do that like this',
    REFUSED_EARLIER: 'Unfortunately I cannot do that like this',
    CONFIG_CONFLICT: 'Unfortunately I cannot do that like this',
    ENTRY_UNKNOWN: 'Unfortunately I cannot do that like this',
    IN_USE: 'Unfortunately I cannot do that like this',
  },
};
