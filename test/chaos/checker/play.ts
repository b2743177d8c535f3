import fc from 'fast-check';
import type { ResourceId } from 'askpro/adapter';
import { cellTakes, timeText, type Holding, type Operation } from './history.ts';
import type { OwnerRow, Tables } from './tables.ts';

/** The unit of time of the plays. */
const grainMs = 300_000;
const resourceId = 'cafe' as ResourceId;
/** Between the moments at which two deeds take effect. */
const BEAT_MS = 1000;

/** What somebody does; indexes count among what there is, and wrap around. */
const deed = fc.record({
  kind: fc.constantFrom('book', 'book', 'hold', 'bookHold', 'move', 'cancel'),
  which: fc.nat({ max: 5 }),
  cell: fc.nat({ max: 8 }),
  cells: fc.integer({ min: 1, max: 3 }),
  /** How long before it took effect it was begun, and after it answered. */
  beforeMs: fc.nat({ max: 3 * BEAT_MS }),
  afterMs: fc.nat({ max: 3 * BEAT_MS }),
  ttlMs: fc.integer({ min: 1, max: 6 * BEAT_MS }),
  /** Whether its process lives to hear of it; and whether one that does not was killed before or after it took effect. */
  fate: fc.constantFrom('heard', 'heard', 'heard', 'heard', 'effect unheard', 'nothing'),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** Deeds, and how many places the one resource has. */
export const plays = fc.record({
  deeds: fc.array(deed, { minLength: 8, maxLength: 40 }),
  capacity: fc.constantFrom(1, 1, 2),
});

interface Standing {
  readonly id: string;
  readonly cells: readonly number[];
  readonly expiresMs: number | null;
  /** When everybody may know of it; Infinity where nobody was told. */
  readonly knownMs: number;
  readonly isOver: boolean;
}

/** A play that went right: what everybody was told, and what is stored at its end. */
export interface Played {
  readonly operations: readonly Operation[];
  readonly tables: Tables;
  readonly scarce: { readonly grainMs: number; readonly capacities: ReadonlyMap<string, number> };
}

const spansOf = (cells: readonly number[]) => [
  { resourceId, startMs: (cells[0] ?? 0) * grainMs, endMs: ((cells.at(-1) ?? 0) + 1) * grainMs },
];

/** A database that does one deed after the other, each at one moment between its call and its answer. */
class Model {
  readonly operations: Operation[] = [];
  readonly keys = new Map<string, string>();
  readonly #standing = new Map<string, Standing>();
  readonly #capacity: number;
  #serial = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Those who stand at that moment. */
  live(atMs: number): readonly Standing[] {
    return [...this.#standing.values()].filter(
      ({ isOver, expiresMs }) => !isOver && (expiresMs === null || expiresMs > atMs),
    );
  }

  all(): readonly Standing[] {
    return [...this.#standing.values()];
  }

  play(asked: Deed, atMs: number): void {
    const about = this.#about(asked, atMs);
    if (about === undefined && ['bookHold', 'move', 'cancel'].includes(asked.kind)) return;
    const key = `key-${++this.#serial}`;
    const id = about?.id ?? `${asked.kind}${this.#serial}`;
    const invokedMs = Math.max(atMs - asked.beforeMs, about?.knownMs ?? 0);
    const answeredMs = asked.fate === 'heard' ? atMs + asked.afterMs : null;
    const next = asked.fate === 'nothing' ? undefined : this.#effect(asked, id, about, atMs, answeredMs ?? Infinity);
    if (next !== undefined) {
      this.#standing.set(id, next);
      this.keys.set(key, id);
    }
    const isOk = answeredMs !== null && next !== undefined;
    this.operations.push({
      process: this.#serial % 4,
      what: asked.kind,
      key,
      invokedMs,
      answeredMs,
      outcome: answeredMs === null ? 'unknown' : isOk ? 'ok' : 'refused',
      gives: isOk && !next.isOver ? this.#holding(next) : null,
      result: isOk ? id : null,
      ends: about === undefined ? [] : [id],
    });
  }

  #about({ kind, which }: Deed, atMs: number): Standing | undefined {
    if (kind === 'book' || kind === 'hold') return undefined;
    const known = this.all().filter(({ isOver, knownMs }) => !isOver && knownMs < atMs);
    const fitting = known.filter(({ expiresMs }) => (kind === 'bookHold') === (expiresMs !== null));
    return fitting[which % Math.max(1, fitting.length)];
  }

  /** How it stands afterwards; undefined where it is refused. */
  #effect(
    { kind, cell, cells: count, ttlMs }: Deed,
    id: string,
    about: Standing | undefined,
    atMs: number,
    knownMs: number,
  ): Standing | undefined {
    if (kind === 'cancel') return about && { ...about, isOver: true, knownMs };
    if (kind === 'bookHold') {
      const isLive = about !== undefined && (about.expiresMs ?? Infinity) > atMs;
      return isLive ? { ...about, expiresMs: null, knownMs } : undefined;
    }
    const cells = Array.from({ length: count }, (_, index) => cell + index);
    const others = this.live(atMs).filter((other) => other.id !== id);
    const isFree = cells.every((each) => others.filter((o) => o.cells.includes(each)).length < this.#capacity);
    const expiresMs = kind === 'hold' ? atMs + ttlMs : null;
    return isFree ? { id, cells, expiresMs, knownMs, isOver: false } : undefined;
  }

  #holding({ id, cells, expiresMs }: Standing): Holding {
    const spans = spansOf(cells).map((span) => ({ ...span, capacity: this.#capacity }));
    return { owner: id, takes: cellTakes(spans, grainMs, id), time: timeText(spans), expiresMs };
  }
}

/** Plays the deeds against a database that makes no mistakes. */
export function played({ deeds, capacity }: typeof plays extends fc.Arbitrary<infer T> ? T : never): Played {
  const model = new Model(capacity);
  for (const [index, each] of deeds.entries()) model.play(each, (index + 5) * BEAT_MS);
  const nowMs = (deeds.length + 20) * BEAT_MS;
  const live = model.live(nowMs);
  const ordinals = new Map<number, number>();
  const owners = model.all().map(({ id, cells, expiresMs, isOver }): OwnerRow => ({
    id,
    spans: spansOf(cells),
    sessionId: null,
    partySize: 1,
    expiresMs,
    occupies: !isOver,
  }));
  const tables: Tables = {
    nowMs,
    claims: live.flatMap(({ id, cells, expiresMs }) =>
      cells.map((cell) => {
        const ordinal = ordinals.get(cell) ?? 0;
        ordinals.set(cell, ordinal + 1);
        return { subject: resourceId, cell, ordinal, owner: id, expiresMs };
      }),
    ),
    units: [],
    spans: live.flatMap(({ id, cells, expiresMs }) =>
      spansOf(cells).map(({ startMs, endMs }) => ({ owner: id, resource: resourceId, startMs, endMs, expiresMs })),
    ),
    sessions: [],
    owners,
    keys: model.keys,
  };
  return {
    operations: model.operations,
    tables,
    scarce: { grainMs, capacities: new Map([[resourceId, capacity]]) },
  };
}
