/** How long one plugin took to boot. */
export interface BootEntry {
  readonly name: string;
  /** The plugins whose tokens it requires. */
  readonly after: readonly string[];
  readonly setupMs: number;
  /** 0 until it started, and where it has nothing to start. */
  readonly startMs: number;
}

/** How long an engine took to boot, plugin by plugin in the order in which they were set up. */
export interface BootReport {
  readonly setupMs: number;
  readonly startMs: number;
  readonly plugins: readonly BootEntry[];
}

/** Collects the times of a boot. */
export class BootRecord {
  readonly #entries = new Map<string, BootEntry>();

  setUp(name: string, after: readonly string[], setupMs: number): void {
    this.#entries.set(name, { name, after, setupMs, startMs: 0 });
  }

  started(name: string, startMs: number): void {
    const entry = this.#entries.get(name);
    if (entry) this.#entries.set(name, { ...entry, startMs });
  }

  report(): BootReport {
    const plugins = [...this.#entries.values()];
    const sum = (key: 'setupMs' | 'startMs'): number => plugins.reduce((total, entry) => total + entry[key], 0);
    return { setupMs: sum('setupMs'), startMs: sum('startMs'), plugins };
  }
}

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;

/**
 * Draws a boot report as a tree for a log or a terminal.
 *
 * @example
 * printBoot({ setupMs: 1, startMs: 4, plugins: [{ name: 'clock', after: [], setupMs: 1, startMs: 4 }] });
 * // engine 5.0 ms
 * // └── clock 5.0 ms (setup 1.0 ms, start 4.0 ms)
 */
export const printBoot = (report: BootReport): string => {
  const lines = report.plugins.map(({ name, after, setupMs, startMs }, index) => {
    const branch = index === report.plugins.length - 1 ? '└──' : '├──';
    const parts = `setup ${milliseconds(setupMs)}, start ${milliseconds(startMs)}`;
    const waited = after.length === 0 ? '' : ` after ${after.join(', ')}`;
    return `${branch} ${name} ${milliseconds(setupMs + startMs)} (${parts})${waited}`;
  });
  return [`engine ${milliseconds(report.setupMs + report.startMs)}`, ...lines].join('\n');
};
