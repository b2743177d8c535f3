import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { townOf, type Filling } from './town.ts';

/** A table of the town in a file that both kinds of servers load: columns between tabs, `\N` where there is nothing. */
export interface TownFile extends Filling {
  readonly path: string;
}

const text = (cell: string | number | null): string => (cell === null ? '\\N' : String(cell));

/** Writes each table of towns into a file, once for all databases that are filled with it. */
export class TownFiles {
  readonly #folder = mkdtempSync(join(tmpdir(), 'askpro-bench-town-'));
  readonly #written = new Map<number, readonly TownFile[]>();

  constructor() {
    // A server that runs as somebody else reads them.
    chmodSync(this.#folder, 0o755);
  }

  of(appointments: number): readonly TownFile[] {
    let files = this.#written.get(appointments);
    if (files === undefined) {
      files = townOf(appointments).map((filling) => this.#write(filling, `${filling.table}-${appointments}.tsv`));
      this.#written.set(appointments, files);
    }
    return files;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(filling: Filling, name: string): TownFile {
    const path = join(this.#folder, name);
    const isId = filling.columns.map((column) => filling.ids.includes(column));
    const file = openSync(path, 'w', 0o644);
    let lines: string[] = [];
    const flush = (): void => {
      if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
      lines = [];
    };
    for (const row of filling.rows()) {
      lines.push(
        row.map((cell, index) => (isId[index] === true ? text(cell).replaceAll('-', '') : text(cell))).join('\t'),
      );
      if (lines.length === 5000) flush();
    }
    flush();
    closeSync(file);
    return { ...filling, path };
  }
}
