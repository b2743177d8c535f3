import type { Appointment, Span } from '../../model/appointment.ts';
import type { Customer } from '../../model/customer.ts';
import type { Id } from '../../model/ids.ts';
import type { BookingWrite, WriteOutcome } from '../bookingWrite.ts';
import type { Clock } from '../clock.ts';
import { fakeClock, type FakeClock } from '../fakeClock.ts';
import { demand, demandEqual, type Law } from '../law.ts';
import type { Storage } from '../storage.ts';
import { at, MINUTE_MS, NINE_MS } from './minutes.ts';
import { Shop } from './shop.ts';

/** A storage to be judged. */
export interface StorageSubject {
  /** Makes an empty storage that judges by this clock. It is not yet started; the law starts and stops it. */
  readonly create: (clock: Clock) => Storage | Promise<Storage>;
}

/** What a law acts on: an empty storage, started one hour before {@link NINE_MS}. */
export class Scene {
  readonly storage: Storage;
  readonly clock: FakeClock;
  #ids = 0;

  constructor(storage: Storage, clock: FakeClock) {
    this.storage = storage;
    this.clock = clock;
  }

  /** A new id; each sorts after the ones before. */
  id<I extends Id<string>>(): I {
    return idNumber<I>(++this.#ids);
  }

  /** A company of the scene, not yet stored: rows of a company may be written before its configuration. */
  shop(key = 'shop'): Shop {
    return new Shop(this, key);
  }

  /** A company whose configuration is stored. */
  async openShop(key = 'shop'): Promise<Shop> {
    const shop = this.shop(key);
    demandEqual(await shop.save(0), { kind: 'committed', revision: 1 }, `first configuration of ${key}`);
    return shop;
  }

  /** Writes what must be committed. */
  async commit(shop: Shop, write: BookingWrite): Promise<void> {
    demandEqual(await this.storage.write(shop.id, write), { kind: 'committed' }, 'outcome of a write');
  }

  /** Books what must be free. */
  async book(shop: Shop, spans: readonly Span[], changes: Partial<Appointment> = {}): Promise<Appointment> {
    const appointment = shop.appointment(spans, changes);
    await this.commit(shop, shop.booking(appointment));
    return appointment;
  }

  /** Whether a time can be claimed now. Leaves nothing. */
  async isFree(shop: Shop, spans: readonly Span[]): Promise<boolean> {
    const probe = shop.appointment(spans);
    const outcome = await this.storage.write(shop.id, { claims: [shop.claim(probe)], events: [] });
    if (outcome.kind === 'taken') return false;
    demandEqual(outcome, { kind: 'committed' }, 'outcome of a claim on free time');
    await this.commit(shop, { release: [probe.id], events: [] });
    return true;
  }

  /** What occupies resources between two minutes, as pairs of minutes. */
  async busy(shop: Shop, fromMinute = -1440, toMinute = 2880, except?: Appointment['id']): Promise<number[][]> {
    const query = { resourceIds: shop.resourceIds, fromMs: at(fromMinute), toMs: at(toMinute), except };
    const { busy } = await this.storage.busy(shop.id, query);
    return busy.map((pairs) => [...pairs].map((ms) => (ms - NINE_MS) / MINUTE_MS));
  }

  /** Stores a customer of the shop. */
  async customer(shop: Shop, changes: Partial<Customer> = {}): Promise<Customer> {
    const customer = shop.customer(changes);
    await this.commit(shop, { customers: [customer], events: [] });
    return customer;
  }

  /** Lends events as a relay does. */
  lease(owner = 'relay', leaseMs = 30_000, limit = 100): ReturnType<Storage['maintenance']['leaseEvents']> {
    return this.storage.maintenance.leaseEvents(owner, leaseMs, limit);
  }
}

/** The id of that number: ids of greater numbers sort after those of smaller ones. */
const idNumber = <I extends Id<string>>(number: number): I =>
  `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}` as I;

/** How often each kind of outcome came. */
export function countOutcomes(outcomes: readonly { readonly kind: WriteOutcome['kind'] }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Sentences about a storage, each with what proves it. */
export type StorageSentences = Readonly<Record<string, (scene: Scene) => Promise<void>>>;

/** Makes laws that each run on a storage of their own. */
export const storageLawsOf = (sentences: StorageSentences, { create }: StorageSubject): readonly Law[] =>
  Object.entries(sentences).map(([name, body]) => ({
    name,
    run: async () => {
      const clock = fakeClock(at(-60));
      const storage = await create(clock);
      await storage.start();
      try {
        await body(new Scene(storage, clock));
      } finally {
        await storage.stop();
      }
    },
  }));

/** Lets everything else in the process have its turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Reads again and again while work goes on, as a reader in another process would, and answers all that was seen. */
export async function readDuring<T>(work: () => Promise<unknown>, read: () => Promise<T>): Promise<readonly T[]> {
  const seen: T[] = [];
  let working = true;
  const reading = async (): Promise<void> => {
    while (working) {
      seen.push(await read());
      await nextTurn();
    }
  };
  const ends = await Promise.allSettled([work().finally(() => (working = false)), reading()]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return seen;
}

/** Demands that no two spans of one resource overlap. */
export function demandNoOverlap(spans: readonly Span[]): void {
  const ordered = [...spans].sort((a, b) => a.startMs - b.startMs);
  const endOf = new Map<string, number>();
  for (const { resourceId, startMs, endMs } of ordered) {
    const before = endOf.get(resourceId) ?? -Infinity;
    demand(
      before <= startMs,
      `nothing should overlap, but one begins at ${startMs} before the other ends at ${before}`,
    );
    endOf.set(resourceId, Math.max(before, endMs));
  }
}
