/**
 * The house rules for imports, as DESIGN draws them: inside core imports point left, adapters and plugins meet core at one door each.
 * Layers on one line do not know each other.
 */
const layers = [
  ['model'],
  ['time'],
  ['slots'],
  ['kernel'],
  ['contracts'],
  ['cache', 'outside'],
  ['phone', 'availability', 'jobs', 'telemetry'],
  ['booking'],
  ['calls'],
  ['company'],
  ['setup'],
];

/** Open to every layer: the vocabulary of what can go wrong and of what has happened. */
const open = 'src/core/(errors|refusals|events)\\.ts$';
const tests = '\\.(test|test-d|scene)\\.ts$';
const anyOf = (names) => `^src/core/(${names.join('|')})/`;

const pointLeft = layers.flatMap((layer, rank) => {
  const right = layers.slice(rank + 1).flat();
  return layer.map((name) => ({
    name: `core-points-left/${name}`,
    comment: `core/${name} may import ${layers.slice(0, rank).flat().join(', ') || 'nothing else of core'}`,
    severity: 'error',
    from: { path: anyOf([name]), pathNot: tests },
    to: {
      path: [anyOf([...right, ...layer.filter((other) => other !== name), 'NONE']), '^src/core/[^/]+\\.ts$'],
      pathNot: open,
    },
  }));
});

const forbidden = [
  ...pointLeft,
  {
    name: 'open-files-know-model-only',
    comment: 'errors, refusals and events are imported by every layer, so they may know only the model and each other',
    severity: 'error',
    from: { path: `^${open}` },
    to: { path: '^src/', pathNot: ['^src/core/model/', `^${open}`] },
  },
  {
    name: 'core-imports-no-adapter-or-plugin',
    comment: 'core never chooses an adapter and knows no plugin',
    severity: 'error',
    from: { path: '^src/core/', pathNot: tests },
    to: { path: '^src/', pathNot: '^src/core/' },
  },
  {
    name: 'pure-layers-import-nothing',
    comment: 'model, time and slots have no I/O and no dependencies: neither Node nor a package',
    severity: 'error',
    from: { path: '^src/core/(model|time|slots)/', pathNot: tests },
    to: { dependencyTypesNot: ['local', 'type-only'], pathNot: '^src/' },
  },
  {
    name: 'tsyringe-in-kernel-only',
    comment: 'the container is an implementation detail of core/kernel',
    severity: 'error',
    from: { pathNot: '^src/core/kernel/' },
    to: { path: '(^|/)node_modules/(tsyringe|reflect-metadata)/' },
  },
  {
    name: 'adapters-import-the-adapter-entry-only',
    comment: 'an adapter meets core through src/adapter.ts, as an adapter outside of this repository does',
    severity: 'error',
    from: { path: '^src/adapters/([^/]+)/', pathNot: tests },
    to: { path: '^src/', pathNot: ['^src/adapter\\.ts$', '^src/adapters/$1/'] },
  },
  {
    name: 'plugins-import-the-plugin-entry-only',
    comment: "a plugin meets core through src/plugin.ts, and another plugin through that plugin's index",
    severity: 'error',
    from: { path: '^src/plugins/([^/]+)/', pathNot: tests },
    to: { path: '^src/', pathNot: ['^src/plugin\\.ts$', '^src/plugins/$1/', '^src/plugins/[^/]+/index\\.ts$'] },
  },
  {
    name: 'entries-are-not-imported',
    comment: 'an entry point is for those outside; inside core import the file itself',
    severity: 'error',
    from: { path: '^src/core/', pathNot: tests },
    to: { path: '^src/[^/]+\\.ts$' },
  },
  {
    name: 'published-names-only',
    comment: 'examples, benchmarks and the command line use the package as its users do: by its published names',
    severity: 'error',
    from: { path: '^(examples|benchmarks|src/cli)/' },
    to: {
      path: '^src/',
      pathNot: '^src/cli/',
      dependencyTypesNot: ['aliased', 'aliased-tsconfig', 'aliased-tsconfig-paths'],
    },
  },
  {
    name: 'temporal-polyfill-in-tests-only',
    comment: 'an oracle for tests; the package does its own arithmetic on integers',
    severity: 'error',
    from: { path: '^(src|examples)/', pathNot: tests },
    to: { path: '(^|/)node_modules/temporal-polyfill/' },
  },
  {
    name: 'tests-are-not-imported',
    comment: 'what several tests share stands in a file of its own',
    severity: 'error',
    from: {},
    to: { path: '\\.(test|test-d)\\.ts$' },
  },
  {
    name: 'scenes-in-tests-only',
    comment: 'a scene sets a test up; the package does not ship it',
    severity: 'error',
    from: { path: '^src/', pathNot: tests },
    to: { path: '\\.scene\\.ts$' },
  },
  {
    name: 'no-cycles',
    comment: 'a cycle has no first file to read',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'an import that leads nowhere hides from every rule above',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden,
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: '^(dist|temp)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
