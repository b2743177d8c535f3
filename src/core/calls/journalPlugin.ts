import { Clock } from '../contracts/clock.ts';
import { Directory } from '../contracts/directory.ts';
import { Documents } from '../contracts/documents.ts';
import { NewId } from '../contracts/ids.ts';
import { Upkeep } from '../jobs/upkeep.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { report, type ErrorSink } from '../kernel/errorSink.ts';
import type { Appointment } from '../model/appointment.ts';
import type { CallId } from '../model/ids.ts';
import { formatUtc } from '../time/instant.ts';
import { Journal, noJournal, StoredJournal } from './journal.ts';
import { readJournal, type JournalOptions } from './journalOptions.ts';
import { sweepJournals } from './journalSweep.ts';

const DAY_MS = 86_400_000;
const SWEEP_EVERY_MS = 3_600_000;
const SWEEP_LIMIT = 200;

const without: Plugin = definePlugin({
  name: 'askpro/journal',
  apiVersion: 1,
  provides: [Journal],
  setup({ provide }) {
    provide(Journal, noJournal);
  },
});

/** The journal of calls as a part of the engine. It notes by itself what calls hold, book, move and cancel. */
export function journalPlugin(options: JournalOptions | false, onError: ErrorSink): Plugin {
  if (options === false) return without;
  const { keepDays, mostEntries } = readJournal(options);
  return definePlugin({
    name: 'askpro/journal',
    apiVersion: 1,
    requires: { documents: Documents, directory: Directory, clock: Clock, newId: NewId },
    provides: [Journal],
    setup({ provide, contribute, on }, { documents, directory, clock, newId }) {
      const journal = new StoredJournal({
        documents,
        clock,
        newId,
        mostEntries,
        onError: (error) => report(onError, error, { phase: 'journal', plugin: 'askpro/journal' }),
      });
      provide(Journal, journal);
      contribute(Upkeep, {
        name: 'askpro/journal',
        everyMs: SWEEP_EVERY_MS,
        turn: () => sweepJournals({ documents, directory, now: () => clock.now() }, keepDays * DAY_MS, SWEEP_LIMIT),
      });
      on('hold.created', ({ hold }, { occurredMs }) => {
        const { owner, companyId, id, startMs, expiresMs } = hold;
        if (!journal.knows(companyId, owner)) return;
        const told = { did: 'held', hold: id, start: formatUtc(startMs), until: formatUtc(expiresMs) };
        journal.note(companyId, owner as CallId, 'hold', told, occurredMs);
      });
      on('hold.released', ({ hold }, { occurredMs }) => {
        const { owner, companyId, id } = hold;
        if (journal.knows(companyId, owner))
          journal.note(companyId, owner as CallId, 'hold', { did: 'released', hold: id }, occurredMs);
      });
      const note = (did: string, { callId, companyId, id, startMs, version }: Appointment, atMs: number): void => {
        if (callId === null) return;
        const told = { did, appointment: id, start: formatUtc(startMs), version };
        journal.note(companyId, callId, 'appointment', told, atMs);
      };
      on('appointment.booked', ({ appointment }, { occurredMs }) => note('booked', appointment, occurredMs));
      on('appointment.rescheduled', ({ appointment }, { occurredMs }) => note('moved', appointment, occurredMs));
      on('appointment.cancelled', ({ appointment }, { occurredMs }) => note('cancelled', appointment, occurredMs));
      return { stop: () => journal.settled() };
    },
  });
}
