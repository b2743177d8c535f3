import type { WalkedKind, WalkedRows } from '../../contracts/walk.ts';

/** What can be exported. */
export type ExportKind = WalkedKind;

/** How an export is written: as a table (RFC 4180), or as one JSON object a line, in which nothing is lost. */
export type ExportFormat = 'csv' | 'ndjson';

/** Which rows to export: appointments by their start, calls by when they began. Half-open; left out: all. */
export interface ExportRange {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/**
 * Everything of a kind, row by row, however many there are: a page is read when the rows of the one before are used up, so
 * memory stays the same and no transaction stays open. Whoever stops early reads no further. A row that is there all the
 * while comes exactly once, in the order of ids; appointments of a range come in the order of their starts, and one that is
 * moved meanwhile may be missed or come twice. Faults of the storage are thrown by the iteration.
 */
export interface CompanyExport {
  appointments(range?: ExportRange): AsyncIterable<WalkedRows['appointments']>;
  customers(): AsyncIterable<WalkedRows['customers']>;
  calls(range?: ExportRange): AsyncIterable<WalkedRows['calls']>;
  /** The same as text, a page a piece: times in ISO 8601 with the offset of the branch beside those in milliseconds. */
  text(kind: ExportKind, format: ExportFormat, range?: ExportRange): AsyncIterable<string>;
}
