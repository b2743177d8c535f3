import type { Forgetting } from '../../../src/core/contracts/forgetting.ts';
import { broken, replaced, stored, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

/** An adapter that forgets otherwise. */
const brokenForget = (
  fault: string,
  aim: string,
  change: (forgetting: Forgetting) => Forgetting,
  spoil: (ground: Ground, forgetting: Forgetting) => void = () => undefined,
): BrokenAdapter =>
  broken(fault, aim, (ground) =>
    replaced(ground.real, {
      forget: async (company, forgetting) => {
        const done = await ground.real.forget(company, change(forgetting));
        spoil(ground, forgetting);
        return done;
      },
    }),
  );

const same = (forgetting: Forgetting): Forgetting => forgetting;

/** Faults in forgetting people. */
export const forgetFaults: readonly BrokenAdapter[] = [
  brokenForget(
    'forgets nothing of an appointment',
    'an appointment stays without whom it was for, in its next version',
    (forgetting) => ({ ...forgetting, appointments: [] }),
  ),
  brokenForget(
    'forgets without counting versions up',
    'an appointment stays without whom it was for, in its next version',
    same,
    ({ raw }, { appointments = [], calls = [] }) => {
      for (const id of appointments)
        raw.prepare('UPDATE appointments SET version = version - 1 WHERE id = ?').run(stored(id));
      for (const id of calls) raw.prepare('UPDATE calls SET version = version - 1 WHERE id = ?').run(stored(id));
    },
  ),
  brokenForget(
    'forgets who called and keeps what was said',
    'a call stays without who called and what was said, in its next version',
    same,
    ({ raw }, { calls = [] }) => {
      for (const id of calls) raw.prepare("UPDATE calls SET transcript = 'a' WHERE id = ?").run(stored(id));
    },
  ),
  brokenForget(
    'forgets nothing that events tell',
    'events of an aggregate tell from then on what is left of their payload, and are delivered as ever',
    (forgetting) => ({ ...forgetting, aggregates: [] }),
  ),
  brokenForget(
    'forgets a customer whom appointments name',
    'a customer is deleted where no appointment names him, else nothing is forgotten',
    same,
    ({ raw }, { customer }) => {
      if (customer !== undefined) raw.prepare('DELETE FROM customers WHERE id = ?').run(stored(customer));
    },
  ),
  brokenForget(
    'forgets the event of a forgetting',
    'a customer is deleted where no appointment names him, else nothing is forgotten',
    (forgetting) => ({ ...forgetting, events: [] }),
  ),
  broken(
    'walks through the calls of all as those of one',
    'calls are walked through of one customer: those that name him, and those from and to his number',
    ({ real }) => replaced(real, { walk: (company, kind, { of: _, ...query }) => real.walk(company, kind, query) }),
  ),
];
