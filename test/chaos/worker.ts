import { systemClock } from 'askpro/adapter';
import { createEngine, type CompanyDoor, type CompanyId, type Engine } from 'askpro';
import { codeOf, perform, type Answer, type Deed } from './deed.ts';
import { storageAt, type Place } from './place.ts';

/** A deed with the number under which it is answered. */
export interface Order {
  readonly id: number;
  readonly place: Place;
  readonly company: string;
  readonly deed: Deed;
}

/** What a worker is told: to do something at once, or to hold it ready until all may begin. */
export type ToWorker =
  | { readonly tell: 'do'; readonly order: Order }
  | { readonly tell: 'load'; readonly orders: readonly Order[] }
  | { readonly tell: 'go' };

/** What a worker tells. */
export type FromWorker =
  | { readonly tell: 'up' }
  | { readonly tell: 'loaded' }
  | { readonly tell: 'answer'; readonly id: number; readonly answer: Answer };

// Run as a program of its own: one of the processes of an application, which may be killed at any time.
const connections = Number(process.argv[2]);
const engines = new Map<string, Promise<Engine>>();
const doors = new Map<string, Promise<CompanyDoor | undefined>>();
let loaded: readonly Order[] = [];

/** What was made under that key before, or is made now; a fault is no answer that stays. */
function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  known.catch(() => made.delete(key));
  return known;
}

const engineAt = (place: Place): Promise<Engine> =>
  once(engines, place.address, () =>
    createEngine({
      storage: storageAt(place, connections),
      // The one that all processes of this machine share: what each takes for the database's is wrong by up to half a round trip.
      clock: systemClock,
      secret: 'the-same-secret-for-all-processes-of-a-run',
      relay: false,
      upkeep: false,
    }),
  );

const doorTo = (place: Place, company: string): Promise<CompanyDoor | undefined> =>
  once(doors, `${place.address} ${company}`, async () => {
    const door = await (await engineAt(place)).company(company as CompanyId);
    return door.ok ? door : undefined;
  });

const tell = (message: FromWorker): void => void process.send?.(message);

/** Opens what an order needs. */
async function open({ place, company, deed }: Order): Promise<readonly [Engine, CompanyDoor | undefined]> {
  return [await engineAt(place), deed.do === 'write' ? undefined : await doorTo(place, company)];
}

async function obey(order: Order): Promise<void> {
  const { id, company, deed } = order;
  const invokedMs = Date.now();
  const answer = await open(order).then(
    ([engine, door]) => perform(engine, door, company, deed),
    (error: unknown): Answer => ({ kind: 'fault', code: codeOf(error), invokedMs, answeredMs: Date.now() }),
  );
  tell({ tell: 'answer', id, answer });
}

process.on('message', (message: ToWorker) => {
  if (message.tell === 'do') void obey(message.order);
  else if (message.tell === 'load') {
    loaded = message.orders;
    void Promise.allSettled(loaded.map(open)).then(() => tell({ tell: 'loaded' }));
  } else for (const order of loaded) void obey(order);
});
// Whoever started it is gone.
process.once('disconnect', () => process.exit());
tell({ tell: 'up' });
