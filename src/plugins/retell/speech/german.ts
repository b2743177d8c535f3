import { germanNames } from '../../spoken/index.ts';
import type { Phrases, SpokenAppointment } from './phrases.ts';

const { weekdays: WEEKDAYS, months: MONTHS } = germanNames;

const withStaff = ({ moment, staff }: SpokenAppointment): string =>
  staff === undefined ? moment : `${moment} bei ${staff}`;
const NOT_UNDERSTOOD = 'habe ich leider nicht verstanden, sagen Sie es bitte noch einmal';

/** What the agent says in German. */
export const german: Phrases = {
  day: ({ weekday, day, month }) => `${WEEKDAYS[weekday] ?? ''}, der ${day}. ${MONTHS[month - 1] ?? ''}`,
  dayWithYear: (wall) => `${german.day(wall)} ${wall.year}`,
  clock: ({ minuteOfDay }) => {
    const minute = minuteOfDay % 60;
    return `${Math.floor(minuteOfDay / 60)} Uhr${minute === 0 ? '' : ` ${minute}`}`;
  },
  moment: (day, clock) => `${day} um ${clock}`,
  choice: (items) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} oder ${items.at(-1) ?? ''}`,
  together: (items) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} und ${items.at(-1) ?? ''}`,
  numbered: (number, moment) => `Nummer ${number}, ${moment}`,

  offerOne: (moment) => `Passt Ihnen ${moment}?`,
  offerMany: (choice) => `Welcher Termin passt Ihnen: ${choice}?`,
  instead: (why, choice) => `${why}, passt Ihnen stattdessen ${choice}?`,
  nothingFree: 'In diesem Zeitraum ist leider nichts frei',
  tooMany: 'Für so viele Personen zugleich ist dort leider kein Platz',
  understood: (echo, answer) => `Verstanden, ${echo}. ${answer}`,
  booked: (appointment) =>
    `Ihr Termin${appointment.service === undefined ? '' : ` für ${appointment.service}`} ist gebucht: ${withStaff(appointment)}.`,
  rescheduled: (appointment) => `Ihr Termin ist verschoben, der neue Zeitpunkt ist ${withStaff(appointment)}.`,
  cancelled: ({ moment }) => `Ihr Termin ist abgesagt: ${moment}.`,
  owed: (said, fee) => `${said} Dafür fallen ${fee} an.`,
  askFee: (latest, fee) =>
    `Kostenfrei war die Absage bis ${latest}, jetzt kostet sie ${fee}. Soll ich trotzdem absagen?`,
  possibleUntil: (clause, latest) => `${clause}. Möglich war es bis ${latest}.`,

  askService: (choice) => `Was darf es sein: ${choice}?`,
  unknownService: (choice) => `Das bieten wir leider nicht an, möchten Sie stattdessen ${choice}?`,
  unknownStaff: (choice) => `Diesen Namen kenne ich bei uns leider nicht, zu wem möchten Sie: ${choice}?`,
  askDay: 'An welchem Tag möchten Sie kommen?',
  past: (today) => `Dieser Zeitpunkt ist schon vorbei, heute ist ${today}.`,
  askAppointment: (choice) => `Welchen Termin meinen Sie: ${choice}?`,
  noAppointment: 'Zu Ihrer Rufnummer finde ich leider keinen kommenden Termin.',
  noCallerNumber: 'Ohne Ihre Rufnummer finde ich Ihren Termin leider nicht.',
  unknownOffer: 'Unter dieser Nummer habe ich Ihnen keinen Termin genannt, welchen Tag wünschen Sie?',
  offerCallback: (why) => `${why}, soll Sie jemand von uns zurückrufen?`,
  callbackNoted: 'Ich habe notiert, dass wir Sie zurückrufen.',
  askNumber: 'Unter welcher Rufnummer können wir Sie zurückrufen?',
  offerWaiting: (why) => `${why}, soll ich Sie auf die Warteliste setzen?`,
  waiting: 'Sie stehen jetzt auf unserer Warteliste, und wir melden uns, sobald etwas frei wird.',
  askWaitingNumber: 'Unter welcher Rufnummer erreichen wir Sie, wenn etwas frei wird?',
  kept: (choice) => `Von der Warteliste ist für Sie vorgemerkt: ${choice}. Soll ich das für Sie buchen?`,
  misunderstood: {
    when: `Den Zeitpunkt ${NOT_UNDERSTOOD}.`,
    date: `Das Datum ${NOT_UNDERSTOOD}.`,
    time: `Die Uhrzeit ${NOT_UNDERSTOOD}.`,
    part_of_day: `Die Tageszeit ${NOT_UNDERSTOOD}.`,
    offer: 'Welche Nummer soll ich buchen?',
    appointment: 'Welchen Ihrer Termine meinen Sie?',
    customer_phone: `Die Rufnummer ${NOT_UNDERSTOOD}.`,
    other: `Das ${NOT_UNDERSTOOD}.`,
  },

  wait: 'Einen Moment bitte, das dauert gerade etwas länger.',
  fault: 'Das hat gerade technisch nicht geklappt, ich versuche es gleich noch einmal.',
  unknownCompany: 'Unter dieser Rufnummer kann ich leider keine Termine vergeben.',
  refusals: {
    INPUT_INVALID: 'Das habe ich leider nicht verstanden',
    COMPANY_UNKNOWN: 'Unter dieser Rufnummer kann ich leider keine Termine vergeben',
    BRANCH_UNKNOWN: 'Diesen Standort kenne ich leider nicht',
    SERVICE_UNKNOWN: 'Das bieten wir leider nicht an',
    RESOURCE_UNKNOWN: 'Diesen Namen kenne ich bei uns leider nicht',
    RESOURCE_NOT_QUALIFIED: 'Das macht bei uns leider jemand anderes',
    NUMBER_INVALID: 'Diese Rufnummer habe ich leider nicht verstanden',
    NUMBER_UNKNOWN: 'Unter dieser Rufnummer kann ich leider keine Termine vergeben',
    NUMBER_INACTIVE: 'Unter dieser Rufnummer kann ich leider keine Termine vergeben',
    AGENT_MISMATCH: 'Unter dieser Rufnummer kann ich leider keine Termine vergeben',
    NO_SLOT: 'In diesem Zeitraum ist leider nichts frei',
    SLOT_TAKEN: 'Dieser Termin ist leider schon vergeben',
    OUTSIDE_HOURS: 'Zu dieser Zeit ist leider nicht geöffnet',
    OFF_GRID: 'Zu genau dieser Uhrzeit beginnen wir leider nicht',
    NOTICE_TOO_SHORT: 'Das ist leider zu kurzfristig',
    BEYOND_HORIZON: 'So weit im Voraus vergeben wir leider noch keine Termine',
    LIMIT_REACHED: 'Für diesen Tag sind leider alle Termine vergeben',
    SOURCE_UNREACHABLE: 'Ob dieser Termin frei ist, kann ich im Moment leider nicht sehen',
    RULE_REFUSED: 'Dieser Termin ist leider nicht möglich',
    OFFER_INVALID: 'Diesen Termin kann ich leider nicht buchen',
    OFFER_EXPIRED: 'Dieses Angebot ist leider abgelaufen, ich sehe gern noch einmal nach',
    HOLD_UNKNOWN: 'Dieser Termin ist leider nicht mehr für Sie vorgemerkt',
    HOLD_EXPIRED: 'Dieser Termin ist leider nicht mehr für Sie vorgemerkt',
    NOT_OWNER: 'Dieser Termin ist leider nicht für Sie vorgemerkt',
    APPOINTMENT_UNKNOWN: 'Diesen Termin finde ich leider nicht',
    CALL_UNKNOWN: 'Diesen Anruf finde ich leider nicht',
    CALLBACK_UNKNOWN: 'Diesen Rückrufwunsch finde ich leider nicht',
    CALLBACK_CLOSED: 'Dieser Rückrufwunsch ist schon erledigt',
    VERSION_CONFLICT: 'Dieser Termin wurde gerade geändert, ich sehe gern noch einmal nach',
    STATUS_CONFLICT: 'Dieser Termin lässt sich leider nicht mehr ändern',
    CANCEL_TOO_LATE: 'Für eine Absage ist es leider zu spät, bitte sprechen Sie direkt mit uns',
    RESCHEDULE_TOO_LATE: 'Zum Verschieben ist es leider zu spät, bitte sprechen Sie direkt mit uns',
    CANCEL_LIMIT: 'In diesem Monat können Sie leider keinen weiteren Termin absagen, bitte sprechen Sie direkt mit uns',
    RESCHEDULE_LIMIT:
      'Ein weiteres Mal lässt sich der Termin leider nicht verschieben, bitte sprechen Sie direkt mit uns',
    HOLD_LIMIT: 'Mehr Zeiten kann ich leider nicht zugleich für Sie freihalten',
    NO_SHOW_LIMIT: 'Ich kann für Sie leider nicht buchen, bitte sprechen Sie direkt mit uns',
    CUSTOMER_UNKNOWN: 'Zu Ihrer Rufnummer finde ich leider nichts',
    CUSTOMER_HAS_APPOINTMENTS: 'Zu Ihrer Rufnummer finde ich leider nichts',
    SLOT_FREE: 'Sie müssen nicht warten, dieser Termin ist frei',
    WAITLIST_FULL: 'Leider ist unsere Warteliste dafür voll',
    WAITLIST_ENTRY_UNKNOWN: 'Leider finde ich Sie nicht auf unserer Warteliste',
    WAITLIST_NOT_OFFERED: 'Leider ist für Sie noch nichts frei geworden',
    KEY_REUSED: 'Das kann ich so leider nicht ausführen',
    BATCH_REFUSED: 'Das kann ich so leider nicht ausführen',
    REFUSED_EARLIER: 'Das kann ich so leider nicht ausführen',
    CONFIG_CONFLICT: 'Das kann ich so leider nicht ausführen',
    ENTRY_UNKNOWN: 'Das kann ich so leider nicht ausführen',
    IN_USE: 'Das kann ich so leider nicht ausführen',
  },
};
