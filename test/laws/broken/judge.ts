import type { Law } from '../../../src/core/contracts/law.ts';
import { storageLaws } from '../../../src/core/contracts/storageLaws.ts';
import { nextTurn } from '../../../src/core/contracts/storageLaws/scene.ts';
import type { SqliteFile } from '../sqliteFile.ts';
import { faultyMethods, type BrokenAdapter } from './brokenAdapter.ts';
import { recordLaws, type RecordedLaw } from './recordedLaws.ts';
import { Replay } from './replay.ts';

/** Tells which laws an adapter breaks, by their names and in their order. */
export type Judge = (adapter: BrokenAdapter) => Promise<readonly string[]>;

/**
 * Makes a judge. A law that meets nothing of a fault comes out as ever: so the judge first notes what each law calls when
 * nothing is wrong, and then runs only those in which the fault does anything else than an adapter without it.
 */
export async function judgeOn(file: SqliteFile): Promise<Judge> {
  const recorded = await recordLaws(file.fresh);
  return async (adapter) => {
    const laws = storageLaws({
      create: async (clock) => adapter.plant({ real: await file.fresh(clock), raw: file.raw, clock }),
    });
    const met = await lawsMeeting(adapter, recorded, await methodsOf(adapter, file));
    const broken: string[] = [];
    for (const law of laws) if (met.has(law.name) && !(await holds(law))) broken.push(law.name);
    return broken;
  };
}

const holds = (law: Law): Promise<boolean> =>
  law.run().then(
    () => true,
    () => false,
  );

/** In which methods a fault lies. */
async function methodsOf({ plant }: BrokenAdapter, { fresh, raw }: SqliteFile): Promise<ReadonlySet<string>> {
  const clock = { now: () => 0, after: () => () => undefined };
  return new Set(faultyMethods(plant({ real: await fresh(clock), raw, clock })));
}

/** The laws that can come out differently for a fault that lies in these methods. */
async function lawsMeeting(
  { plant }: BrokenAdapter,
  recorded: ReadonlyMap<Law['name'], RecordedLaw>,
  methods: ReadonlySet<string>,
): Promise<ReadonlySet<Law['name']>> {
  const met = new Set<Law['name']>();
  const replays = new Map<Law['name'], Replay>();
  for (const [name, { moments, storages, looksForMethods }] of recorded) {
    const faulty = moments.filter(({ call }) => methods.has(call.method));
    if (looksForMethods || (faulty.length > 0 && storages > 1)) met.add(name);
    else if (faulty.length > 0) {
      const replay = new Replay();
      replays.set(name, replay);
      await replay.run(plant, faulty);
    }
  }
  // What a fault does after it has answered shows by now.
  await nextTurn();
  for (const [name, replay] of replays) if (replay.strays) met.add(name);
  return met;
}
