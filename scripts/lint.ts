/**
 * The compiler and ESLint over one program of tsconfig.json: working out the types takes longest, and so it is done once for both.
 * `--format json` prints what ESLint found as JSON, after what the compiler found.
 */
import { parseArgs } from 'node:util';
import { ESLint } from 'eslint';
import ts from 'typescript';

const { values } = parseArgs({ options: { format: { type: 'string', default: 'stylish' } } });
const host: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (path) => path,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
};

/** The program of the settings in this folder, and what is wrong with the settings. */
function readProgram(): { readonly program: ts.Program; readonly errors: readonly ts.Diagnostic[] } {
  const unreadable: ts.Diagnostic[] = [];
  const settings = ts.getParsedCommandLineOfConfigFile('tsconfig.json', undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => unreadable.push(diagnostic),
  });
  const { fileNames = [], options = {}, errors = [] } = settings ?? {};
  return { program: ts.createProgram(fileNames, options), errors: [...unreadable, ...errors] };
}

const { program, errors } = readProgram();
const diagnostics = [...errors, ...ts.getPreEmitDiagnostics(program)];
if (diagnostics.length > 0) console.log(ts.formatDiagnostics(diagnostics, host).trimEnd());

const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { programs: [program], projectService: false } },
  },
});
const results = await eslint.lintFiles(['.']);
const found = await (await eslint.loadFormatter(values.format)).format(results);
if (found !== '') console.log(found);

const hasFaults = results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0);
if (diagnostics.length > 0 || hasFaults) process.exitCode = 1;
