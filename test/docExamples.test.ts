import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What a reader brings along himself: names that an example may use without saying where they come from. */
const brought = `
declare const engine: import('../src/index.ts').Engine;
declare const storage: import('../src/adapter.ts').StorageFactory;
declare const myStorage: (options: { clock: import('../src/adapter.ts').Clock }) => import('../src/adapter.ts').Storage;
declare const create: () => import('../src/core/contracts/clockLaws.ts').ClockSubject;
declare const mySubject: () => import('../src/core/contracts/busySourceLaws.ts').BusySourceSubject;
declare const test: (name: string, run: () => Promise<void>) => void;
declare const retryLater: () => void;
declare const createServer: typeof import('node:http').createServer;
`;

interface Example {
  readonly where: string;
  readonly code: string;
  /** The module that documents itself with it, whose names it may use. */
  readonly home: string | undefined;
}

/** Every `@example` of the sources, and the code of the README. */
function examples(): readonly Example[] {
  const found: Example[] = [];
  for (const file of globSync('src/**/*.ts', { cwd: root })) {
    if (/\.(?:test|scene)\.ts$/.test(file)) continue;
    const text = readFileSync(join(root, file), 'utf8');
    for (const [comment] of text.matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*?@example(?:(?!\*\/)[\s\S])*\*\//g)) {
      const plain = comment.replace(/\*\/$/, '').replaceAll(/^\s*\/?\*+ ?/gm, '');
      const code = (plain.split('@example')[1] ?? '').split(/^@\w+/m)[0]?.replaceAll(/^```.*$/gm, '') ?? '';
      found.push({ where: `${file}: ${code.trim().slice(0, 60)}`, code, home: file });
    }
  }
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const [, code = ''] of readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm))
    found.push({ where: 'README.md', code, home: undefined });
  return found;
}

const read: { readonly config?: unknown } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) =>
  ts.sys.readFile(path),
);
const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, root);
const entries = [
  'core/kernel/token',
  'index',
  'plugin',
  'adapter',
  'slots',
  'testing',
  'adapters/sequelize/index',
  'adapters/http/index',
  'plugins/holidays/index',
  'plugins/ical/index',
  'plugins/retell/index',
  'plugins/spoken/index',
  'plugins/waitlist/index',
];

const homes = globSync('src/**/*.ts', { cwd: root }).filter((file) => !/\.(?:test|scene)\.ts$/.test(file));
const broughtFile = join(root, 'temp', 'brought.d.ts');
let earlier: ts.Program | undefined;

/** A program of the texts beside all sources, and the files that the texts are in it. */
function programOf(texts: readonly string[]): { readonly program: ts.Program; readonly files: readonly string[] } {
  const files = texts.map((_, i) => join(root, 'temp', `example-${i}.ts`));
  const virtual = new Map([[broughtFile, brought], ...files.map((file, i) => [file, texts[i] ?? ''] as const)]);
  const host = ts.createCompilerHost(options);
  const readFile = host.getSourceFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.fileExists = (file) => virtual.has(file) || exists(file);
  host.getSourceFile = (file, target) => {
    const text = virtual.get(file);
    const parsed = earlier?.getSourceFile(file);
    if (text === undefined) return parsed ?? readFile(file, target);
    return ts.createSourceFile(file, text, target);
  };
  const roots = [broughtFile, ...files, ...homes.map((file) => join(root, file))];
  const program = ts.createProgram(roots, { ...options, noUnusedLocals: false, noEmit: true }, host);
  earlier = program;
  return { program, files };
}

/** What the compiler says about each text, in the order given. */
function complaints(texts: readonly string[]): readonly (readonly ts.Diagnostic[])[] {
  const { program, files } = programOf(texts);
  return files.map((file) => {
    const source = program.getSourceFile(file);
    return source === undefined
      ? []
      : [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
}

const CANNOT_FIND_NAME = new Set([2304, 2552, 2503]);

const messageOf = ({ messageText }: ts.Diagnostic): string => ts.flattenDiagnosticMessageText(messageText, ' ');

/** An example as a module: the names it does not declare come from its own file or from a published entry. */
function modules(all: readonly Example[]): readonly string[] {
  const bare = all.map(({ code }) => `${code}\nexport {};\n`);
  return complaints(bare).map((diagnostics, i) => {
    const missing = new Set(
      diagnostics
        .filter(({ code }) => CANNOT_FIND_NAME.has(code))
        .flatMap((diagnostic) => /'([^']+)'/.exec(messageOf(diagnostic))?.[1] ?? []),
    );
    const { home } = all[i] ?? {};
    const sources = [...(home === undefined ? [] : [home]), ...entries.map((entry) => `src/${entry}.ts`)];
    const imports = [...missing].map((name) => {
      const source = sources.find((file) => exportsOf(file).has(name));
      return source === undefined ? '' : `import { ${name} } from '../${source}';\n`;
    });
    return imports.join('') + (bare[i] ?? '');
  });
}

const known = new Map<string, ReadonlySet<string>>();

function exportsOf(file: string): ReadonlySet<string> {
  let names = known.get(file);
  if (names === undefined) {
    const source = earlier?.getSourceFile(join(root, file));
    const checker = earlier?.getTypeChecker();
    const symbol = source && checker?.getSymbolAtLocation(source);
    names = new Set(symbol === undefined ? [] : checker?.getExportsOfModule(symbol).map(({ name }) => name));
    known.set(file, names);
  }
  return names;
}

const all = examples();

test('every example in the documentation compiles', { timeout: 120_000 }, () => {
  const wrong = complaints(modules(all)).flatMap((diagnostics, i) =>
    diagnostics.map((diagnostic) => `${all[i]?.where ?? ''}\n  ${messageOf(diagnostic)}`),
  );
  expect(wrong).toEqual([]);
});

test('control: an example that is wrong is seen', { timeout: 60_000 }, () => {
  const example = { where: 'here', code: 'const slots: string = engine.phone;', home: undefined };
  expect(
    complaints(modules([example]))
      .flat()
      .map(messageOf),
  ).not.toEqual([]);
});

test('every factory that an entry exports shows an example', () => {
  const documented = new Set(all.map(({ home }) => home).filter((home) => home !== undefined));
  const factories = [
    'src/core/engine.ts',
    'src/core/kernel/definePlugin.ts',
    'src/core/kernel/token.ts',
    'src/core/kernel/contribution.ts',
    'src/core/contracts/fakeClock.ts',
    'src/adapters/sequelize/index.ts',
    'src/adapters/http/handler.ts',
    'src/adapters/http/serve.ts',
    'src/plugins/holidays/holidays.ts',
    'src/plugins/ical/ical.ts',
    'src/plugins/retell/retell.ts',
    'src/plugins/spoken/readSpoken.ts',
    'src/plugins/spoken/spoken.ts',
    'src/plugins/waitlist/waitlist.ts',
    'src/core/slots/schedule.ts',
    'src/core/slots/service.ts',
    'src/core/slots/visit.ts',
    'src/core/slots/find.ts',
  ];
  expect(factories.filter((file) => !documented.has(file)).map((file) => relative('.', file))).toEqual([]);
});
