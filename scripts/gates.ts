/** One thing that must be true of the repository, judged by a program that ends with 0 when it is. */
export interface Gate {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** Gates that must have passed before. */
  readonly after?: readonly string[];
  /** It measures or fills the machine by itself, so nothing runs beside it. */
  readonly alone?: boolean;
  /** Its output is shown while it runs, not only when it fails. */
  readonly visible?: boolean;
}

/** Everything that CI runs. The longest come first, because two of them run at a time. */
export const gates: readonly Gate[] = [
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  { name: 'lint', command: ['node', 'scripts/lint.ts'] },
  {
    name: 'imports',
    command: ['depcruise', '--config', 'dependency-cruiser.config.mjs', 'src', 'test', 'benchmarks', 'examples'],
  },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'unused', command: ['knip', '--no-config-hints'] },
  { name: 'shape', command: ['node', 'scripts/shape.ts'] },
  { name: 'api', command: ['node', 'scripts/apiReports.ts'], after: ['build'] },
  { name: 'publication', command: ['node', 'scripts/publication.ts'], after: ['build'] },
  { name: 'sizes', command: ['node', 'scripts/sizes.ts'], after: ['build'] },
  { name: 'tests', command: ['vitest', 'run'], after: ['build'], alone: true, visible: true },
  { name: 'bench', command: ['node', 'benchmarks/run.ts', 'check'], after: ['build'], alone: true },
];
