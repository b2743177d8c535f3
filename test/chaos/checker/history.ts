import type { Span } from 'askpro/adapter';

/** Some of what is scarce: of a cell of a resource's time, of the seats of a session, of the units of a period. */
export interface Take {
  /** What is scarce, told apart by its text. */
  readonly register: string;
  /** How many may have it at a time. */
  readonly most: number;
  /** How many of them are taken. */
  readonly units: number;
  /** Who has it: all who take part in a session have its time together. */
  readonly holder: string;
}

/** What somebody was told that he has. */
export interface Holding {
  /** Id of the hold or the appointment. */
  readonly owner: string;
  readonly takes: readonly Take[];
  /** Its occupied time as {@link timeText}, to be compared with what is stored. */
  readonly time: string;
  /** From then on it is over by itself; null: it stays. */
  readonly expiresMs: number | null;
}

/** One call of one process, from its beginning to what it was told. */
export interface Operation {
  readonly process: number;
  /** In a word, for messages. */
  readonly what: string;
  readonly key: string | null;
  readonly invokedMs: number;
  /** Null: nobody ever answered. */
  readonly answeredMs: number | null;
  readonly outcome: 'ok' | 'refused' | 'unknown';
  /** Of one that was answered with ok: what it gave. */
  readonly gives: Holding | null;
  /** Of one that was answered with ok: what its key stands for. */
  readonly result: string | null;
  /** Whose earlier holding it ends where it takes effect. */
  readonly ends: readonly string[];
}

/** Something that must not be. */
export interface Violation {
  readonly rule:
    | 'double' // more have it at a time than may
    | 'lost' // acknowledged, and not there
    | 'key' // a key stands for something else than was told
    | 'phantom' // there, and nobody asked for it
    | 'orphan' // kept for nobody
    | 'incomplete' // somebody lacks some of what he has
    | 'count'; // more or fewer were granted than there are
  readonly what: string;
}

/** Occupied time as a text that is the same wherever it comes from. */
export const timeText = (spans: readonly Span[]): string =>
  spans
    .map(({ resourceId, startMs, endMs }) => `${resourceId.replaceAll('-', '')} ${startMs}-${endMs}`)
    .toSorted()
    .join(', ');

/** The cells of those spans, as registers that one holder has. */
export const cellTakes = (
  spans: readonly (Span & { readonly capacity?: number | undefined })[],
  grainMs: number,
  holder: string,
): readonly Take[] =>
  spans.flatMap(({ resourceId, startMs, endMs, capacity = 1 }) =>
    Array.from({ length: Math.ceil(endMs / grainMs) - Math.floor(startMs / grainMs) }, (_, index) => ({
      register: `time ${resourceId} ${Math.floor(startMs / grainMs) + index}`,
      most: capacity,
      units: 1,
      holder,
    })),
  );

/** How many of them were lost. */
export const lostAmong = (violations: readonly Violation[]): number =>
  violations.filter(({ rule }) => rule === 'lost').length;
