import type { BusySourceSubject } from '../../../core/contracts/busySourceLaws.ts';
import type {
  BranchId,
  CompanyId,
  DocumentStore,
  OutsideResource,
  ResourceId,
  StoredDocument,
} from '../../../plugin.ts';
import { fakeClock, type FakeClock } from '../../../testing.ts';
import { loadParser } from '../calendar/parser.ts';
import { calendarServer, servesCalendar, type CalendarServer } from '../fetch/calendarServer.scene.ts';
import { readOptions, type IcalOptions, type IcalSettings } from '../options.ts';
import { Refresher } from './refresher.ts';
import { CalendarSource } from './source.ts';
import { newState, type SubscriptionState } from './state.ts';
import { SubscriptionStore } from './store.ts';

/** Monday, 8 o'clock in Berlin. */
export const MONDAY = Date.UTC(2026, 10, 23, 7);
export const MINUTE = 60_000;
export const COMPANY = 'company' as CompanyId;

export const resource = (key: string, timeZone = 'Europe/Berlin'): OutsideResource => ({
  id: key as ResourceId,
  key,
  branchId: 'branch' as BranchId,
  branchKey: 'branch',
  timeZone,
});

export const CALENDAR = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:Dentist',
  'DTSTART:20261124T090000Z',
  'DTEND:20261124T100000Z',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:2',
  'SUMMARY:Interview with Max',
  'DTSTART;TZID=Europe/Berlin:20261125T140000',
  'DTEND;TZID=Europe/Berlin:20261125T150130',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

/** Documents in memory, kept apart by company and collection as those of a storage are. */
function memoryDocuments(): DocumentStore {
  const stored = new Map<string, StoredDocument>();
  const key = (...parts: readonly string[]): string => parts.join('\n');
  return {
    get: async (company, collection, id) => stored.get(key(company, collection, id)),
    list: async (company, { collection, after = '', limit }) =>
      [...stored]
        .filter(([name, { id }]) => name === key(company, collection, id) && id > after)
        .map(([, document]) => document)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    async put(company, { collection, id, value, expectedVersion }) {
      const name = key(company, collection, id);
      const version = stored.get(name)?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== version) return undefined;
      // Through text, as a database keeps it.
      stored.set(name, {
        id,
        version: version + 1,
        value: JSON.parse(JSON.stringify(value)) as StoredDocument['value'],
      });
      return version + 1;
    },
    delete: async (company, collection, id) => stored.delete(key(company, collection, id)),
  };
}

/** One process with a subscription of anna's to a real server. */
export interface CalendarScene {
  readonly server: CalendarServer;
  readonly clock: FakeClock;
  readonly settings: IcalSettings;
  readonly documents: DocumentStore;
  readonly source: CalendarSource;
  readonly refresher: Refresher;
  state(): Promise<SubscriptionState>;
  pass(byMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts one; `documents`, `clock` and `server` may be those of another. */
export async function calendarScene(
  options: IcalOptions = {},
  shared: Partial<Pick<CalendarScene, 'documents' | 'clock' | 'server'>> = {},
): Promise<CalendarScene> {
  const server = shared.server ?? (await calendarServer(servesCalendar(CALENDAR)));
  const clock = shared.clock ?? fakeClock(MONDAY);
  const documents = shared.documents ?? memoryDocuments();
  const settings = readOptions({
    allowPrivateAddresses: true,
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  const store = new SubscriptionStore(documents, clock);
  const place = { settings, clock, parse: await loadParser() };
  const face = { id: COMPANY, key: 'c', name: 'C', timeZone: 'UTC', locale: 'de', country: 'DE' };
  const directory = { companies: async () => [face] };
  const refresher = new Refresher({ store, directory, clock, settings, place });
  const source = new CalendarSource({ store, refresher, clock, settings });
  if (shared.documents === undefined) {
    const given = { resourceId: resource('anna').id, url: server.url, timeZone: 'Europe/Berlin', staleLimitMs: null };
    await store.put(COMPANY, 'subscription', newState({ ...given, nextMs: clock.now() }), 0);
  }
  refresher.start();
  const pass = async (byMs: number): Promise<void> => {
    clock.advance(0);
    await refresher.settled();
    for (let leftMs = byMs; leftMs > 0; leftMs -= MINUTE) {
      clock.advance(Math.min(MINUTE, leftMs));
      await refresher.settled();
    }
  };
  return {
    server,
    clock,
    settings,
    documents,
    source,
    refresher,
    pass,
    async state() {
      const found = await store.get(COMPANY, 'subscription');
      if (found === undefined) throw new Error('there is no subscription');
      return found.state;
    },
    async close() {
      await refresher.stop();
      await server.close();
    },
  };
}

/** The scene as the laws of a source want it. */
export async function judgedScene(): Promise<BusySourceSubject> {
  const scene = await calendarScene({ staleLimitMinutes: 30 });
  await scene.pass(0);
  return {
    source: scene.source,
    company: COMPANY,
    stranger: 'stranger' as CompanyId,
    resources: [resource('anna'), resource('ben')],
    occupied: [
      { startMs: Date.UTC(2026, 10, 24, 9), endMs: Date.UTC(2026, 10, 24, 10) },
      { startMs: Date.UTC(2026, 10, 25, 13), endMs: Date.UTC(2026, 10, 25, 14, 1, 30) },
    ],
    range: { fromMs: Date.UTC(2026, 10, 24), toMs: Date.UTC(2026, 10, 27) },
    secrets: ['Dentist', 'Max', 'Interview', '127.0.0.1'],
    now: () => scene.clock.now(),
    outside: {
      limitMs: 30 * MINUTE,
      pass: scene.pass,
      cut: async () => scene.server.answer((_, response) => response.writeHead(503).end()),
      restore: async () => scene.server.answer(servesCalendar(CALENDAR)),
    },
    close: scene.close,
  };
}
