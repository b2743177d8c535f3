import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { createEngine, type AppointmentId, type CompanyId } from '../../src/index.ts';
import { Documents, Publisher } from '../../src/plugin.ts';
import { waitlist } from '../../src/plugins/waitlist/index.ts';
import { Offering } from '../../src/plugins/waitlist/offering.ts';
import { WaitlistStore } from '../../src/plugins/waitlist/store.ts';
import { fakeClock } from '../../src/testing.ts';

// A process of its own that cancels an appointment, goes on as far as it was told to, says so, and waits to be killed.
const [file = '', company = '', nowMs = '0', appointment = '', until = 'cancelled'] = process.argv.slice(2);
const clock = fakeClock(Number(nowMs));
const storage = sqlite({ file, synchronous: 'NORMAL' });
const engine = await createEngine({ storage, clock, relay: false, plugins: [waitlist()] });
const opened = await engine.company(company as CompanyId);
if (!opened.ok) throw new Error(opened.refusal.code);
const door = opened;
setInterval(() => undefined, 60_000);

const cancelled = await door.cancel(appointment as AppointmentId);
if (!cancelled.ok) throw new Error(cancelled.refusal.code);
if (until === 'cancelled') process.stdout.write('cancelled\n');
else {
  const publisher = engine.get(Publisher);
  let writes = 0;
  // The second write of an entry would say what is held.
  const put: Publisher['put'] = (...input) => {
    if (++writes === 1) return publisher.put(...input);
    process.stdout.write('held\n');
    return new Promise<never>(() => undefined);
  };
  const store = new WaitlistStore({ documents: engine.get(Documents), publisher: { put } });
  const settings = { now: () => clock.now(), notice: () => undefined, offerSeconds: 900, maxOffers: 1 };
  const { startMs, endMs } = cancelled.appointment;
  await new Offering({ store, ...settings }).promote(door, { fromMs: startMs, toMs: endMs });
}
