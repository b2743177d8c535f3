import type { Edge, Which } from '../words/meaning.ts';
import type { PartName } from '../words/meaning.ts';

/** A time of the day as it was said. */
export interface SaidClock {
  /** 0 to 24 as said, or shown by the clock: 3 for `quarter to four`. */
  readonly hour: number;
  readonly minute: number;
  /** Whether the half of the day is plain: `pm`, `15:30`, `03:30`. */
  readonly firm: boolean;
  readonly part?: PartName | undefined;
  readonly follows?: boolean | undefined;
  readonly approx?: boolean;
  readonly midnight?: boolean;
}

/** A day, or a stretch of days, as it was said. */
export type SaidDay =
  | { readonly term: 'offset'; readonly days: number }
  | { readonly term: 'ahead'; readonly count: number; readonly unit: 'day' | 'week' | 'month' }
  | { readonly term: 'shifted'; readonly base: SaidDay; readonly days: number }
  | {
      readonly term: 'weekday';
      readonly weekday: number;
      readonly which: Which | undefined;
      /** Said with `and` or `or` beside another. */
      readonly also?: boolean;
    }
  | { readonly term: 'week'; readonly which: Which; readonly edge: Edge | undefined }
  | { readonly term: 'weekend'; readonly which: Which }
  | {
      readonly term: 'date';
      readonly day: number;
      readonly month: number | undefined;
      readonly year: number | undefined;
    }
  | {
      readonly term: 'slashed';
      readonly first: number;
      readonly second: number;
      readonly year: number | undefined;
    }
  | {
      readonly term: 'month';
      /** From 1, or which one. */
      readonly month: number | Which;
      readonly year: number | undefined;
      readonly edge: Edge | undefined;
    }
  | { readonly term: 'within'; readonly days: number };

/** One thing that was said. */
export type Piece =
  | { readonly piece: 'day'; readonly day: SaidDay }
  | { readonly piece: 'weekly'; readonly weekdays: readonly number[] }
  | { readonly piece: 'clock'; readonly clock: SaidClock }
  | { readonly piece: 'minutesAhead'; readonly minutes: number }
  | { readonly piece: 'part'; readonly part: PartName; readonly edge: Edge | undefined; readonly follows: boolean }
  | { readonly piece: 'clockBound'; readonly edge: 'from' | 'to'; readonly clock: SaidClock }
  | {
      readonly piece: 'dayBound';
      readonly edge: 'from' | 'to';
      readonly inclusive: boolean;
      readonly days: readonly SaidDay[];
    }
  | { readonly piece: 'soonest' }
  | { readonly piece: 'anytime' };

/** The pieces of one kind. */
export type PieceOf<P extends Piece['piece']> = Extract<Piece, { readonly piece: P }>;

/** The pieces of one kind among several. */
export const piecesOf = <P extends Piece['piece']>(pieces: readonly Piece[], kind: P): readonly PieceOf<P>[] =>
  pieces.filter((piece): piece is PieceOf<P> => piece.piece === kind);
