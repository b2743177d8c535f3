import { compileCatalog } from '../availability/catalog.ts';
import { Committer } from '../booking/commit.ts';
import { Clock } from '../contracts/clock.ts';
import { NewId } from '../contracts/ids.ts';
import { Storage } from '../contracts/storage.ts';
import type { ConflictSummary } from '../events.ts';
import { Outbox } from '../jobs/outboxSignal.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { Events } from '../kernel/domainEvents.ts';
import type { CompanyConfig } from '../model/company.ts';
import type { AppointmentId, CompanyId } from '../model/ids.ts';
import { BookingConflicts, BookingConflictsToken, type Position } from './bookingConflicts.ts';

/** How many conflicts an event carries. */
const MOST_TOLD = 20;
/** How many appointments are looked at for one event. */
const MOST_READ = 50_000;
const READ_AT_ONCE = 1000;

/** Tells after each change of a configuration which appointments do not fit it any more. */
export const conflictsPlugin: Plugin = definePlugin({
  name: 'askpro/conflicts',
  apiVersion: 1,
  requires: { storage: Storage, clock: Clock, newId: NewId, events: Events, outbox: Outbox },
  provides: [BookingConflictsToken],
  setup({ provide, handle }, { storage, clock, newId, events, outbox }) {
    const now = (): number => clock.now();
    const conflicts = new BookingConflicts(storage, now);
    provide(BookingConflictsToken, conflicts);
    const committer = new Committer({ storage, events, newId, now, wakeRelay: () => outbox.raise() });
    handle('company.changed', 'askpro.conflicts', async (_, { companyId }) => {
      const config = await storage.config(companyId);
      if (config !== undefined) await tell(companyId, await summary(config, conflicts), committer);
    });
  },
});

/** Writes the event once for each revision, however often this is tried. */
async function tell(company: CompanyId, told: ConflictSummary, committer: Committer): Promise<void> {
  const event = committer.event(company, 'company.conflicts', company, told);
  // Keys of callers have no blanks when they come over HTTP, so that nobody takes this one.
  const key = `company.conflicts ${told.revision}`;
  const idempotency = { key, fingerprint: key, resultId: event.id as string as AppointmentId };
  await committer.commit(company, { idempotency, events: [event] });
}

async function summary(config: CompanyConfig, conflicts: BookingConflicts): Promise<ConflictSummary> {
  const catalog = compileCatalog(config);
  const first: ConflictSummary['first'][number][] = [];
  let [count, noted, read] = [0, 0, 0];
  let after: Position | undefined;
  for (;;) {
    const page = await conflicts.look(catalog, { after, limit: Infinity, readAtMost: READ_AT_ONCE });
    for (const { appointment, conflicts: reasons, notes } of page.items) {
      if (reasons.length === 0) noted++;
      else count++;
      const codes = [...new Set([...reasons.map(({ code }) => code), ...notes])];
      if (first.length < MOST_TOLD) first.push({ appointmentId: appointment.id, startMs: appointment.startMs, codes });
    }
    read += READ_AT_ONCE;
    const complete = page.next === null;
    if (complete || read >= MOST_READ) return { revision: config.revision, count, noted, complete, first };
    after = page.next;
  }
}
