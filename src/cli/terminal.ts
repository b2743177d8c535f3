import { fstatSync, readFileSync } from 'node:fs';
import { readAll } from './readAll.ts';

/** What a command reads and writes. */
export interface Terminal {
  /** All of standard input. */
  readonly stdin: () => Promise<string>;
  readonly out: (text: string) => void;
  /** Settles when more can be written; rejects when nobody reads any more. */
  readonly drained?: () => Promise<void>;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** 0: done; 1: something failed; 2: what was asked for is wrong, and the message says which field and how to put it right. */
export type ExitCode = 0 | 1 | 2;

/** The terminal of this process. */
export const terminal: Terminal = {
  async stdin() {
    // A file is read in one piece: its size is known.
    return fstatSync(0).isFile() ? readFileSync(0, 'utf8') : readAll(0);
  },
  out: (text) => void process.stdout.write(text),
  drained,
  err: (text) => void process.stderr.write(text),
  env: process.env,
};

let broken: Error | undefined;

async function drained(): Promise<void> {
  const { stdout } = process;
  // Unheard, the error of a pipe that was closed would end the process.
  if (stdout.listenerCount('error') === 0) stdout.on('error', (error: Error) => (broken = error));
  await new Promise((resolve) => setImmediate(resolve));
  if (broken !== undefined) throw broken;
  if (stdout.writableNeedDrain)
    await new Promise<void>((resolve) => stdout.once('drain', resolve).once('error', () => resolve()));
}
