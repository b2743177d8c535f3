import { Refusing } from '../refusing.ts';

/** One record of a CSV file. */
export interface CsvRecord {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** No salon has a cell of that length: beyond it a quote was left open. */
const MOST_CHARACTERS = 1_048_576;

/**
 * Reads CSV (RFC 4180) as it arrives: cells in double quotes may hold separators, line ends and doubled quotes. The
 * separator is the comma, semicolon or tab that the first line has most of. Lines without anything in them are left out.
 * Throws {@link Refusing} where quotes make no sense, because from there on nothing can be told apart.
 */
export async function* csvRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const reader = new CsvReader();
  for await (const piece of text) yield* reader.read(piece);
  yield* reader.end();
}

class CsvReader {
  /** What has arrived of the first line, until its end is there and tells the separator. */
  #head: string | undefined = '';
  #separator = ',';
  #line = 1;
  #startLine = 1;
  #cells: string[] = [];
  #cell = '';
  /** Before a cell, in one without quotes, within quotes, or behind a quote that may end them. */
  #state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  #quoteLine = 1;
  #afterReturn = false;
  #length = 0;

  *read(piece: string): Generator<CsvRecord, void> {
    if (this.#head === undefined) return yield* this.#take(piece);
    this.#head += piece;
    if (!/[\r\n]/.test(this.#head)) {
      if (this.#head.length > MOST_CHARACTERS) throw this.#tooLong();
      return;
    }
    yield* this.#begin();
  }

  *end(): Generator<CsvRecord, void> {
    if (this.#head !== undefined) yield* this.#begin();
    if (this.#state === 'quoted')
      throw new Refusing({ path: `line ${this.#quoteLine}`, message: 'has a quote that is never closed' });
    if (this.#state !== 'start' || this.#cells.length > 0) yield* this.#endRecord();
  }

  *#begin(): Generator<CsvRecord, void> {
    const head = this.#head ?? '';
    this.#head = undefined;
    const [first = ''] = head.split(/[\r\n]/, 1);
    const count = (separator: string): number => first.split(separator).length;
    this.#separator = [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
    yield* this.#take(head);
  }

  *#take(piece: string): Generator<CsvRecord, void> {
    for (const character of piece) {
      const followsReturn = this.#afterReturn;
      this.#afterReturn = character === '\r';
      const isBreak = character === '\n' || character === '\r';
      // Of a return and a line feed together, the return has ended the line.
      const isSecond = character === '\n' && followsReturn;
      if (this.#state === 'quoted') {
        if (isBreak && !isSecond) this.#line++;
        if (character === '"') this.#state = 'quote';
        else this.#add(character);
        continue;
      }
      if (isBreak) {
        if (isSecond) continue;
        yield* this.#endRecord();
        this.#startLine = ++this.#line;
      } else this.#within(character);
    }
  }

  #within(character: string): void {
    if (character === this.#separator) {
      this.#cells.push(this.#cell);
      this.#cell = '';
      this.#state = 'start';
    } else if (this.#state === 'quote') {
      if (character !== '"') {
        const message =
          'has text behind a closing quote; a quote within a cell is written twice, and the cell in quotes';
        throw new Refusing({ path: `line ${this.#line}`, message });
      }
      this.#add(character);
      this.#state = 'quoted';
    } else if (character === '"' && this.#state === 'start') {
      this.#state = 'quoted';
      this.#quoteLine = this.#line;
    } else {
      this.#add(character);
      this.#state = 'plain';
    }
  }

  #add(character: string): void {
    this.#cell += character;
    if (++this.#length > MOST_CHARACTERS) throw this.#tooLong();
  }

  #tooLong(): Refusing {
    const message = `is longer than ${MOST_CHARACTERS} characters; is a quote not closed?`;
    return new Refusing({ path: `line ${this.#startLine}`, message });
  }

  *#endRecord(): Generator<CsvRecord, void> {
    const cells = [...this.#cells, this.#cell];
    const line = this.#startLine;
    this.#cells = [];
    this.#cell = '';
    this.#state = 'start';
    this.#length = 0;
    if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
  }
}
