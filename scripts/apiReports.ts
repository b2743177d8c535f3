/**
 * The public surface as text: one report an entry point in api-report/. Without `--update` it fails when a report and the declarations
 * that were built differ, so that no public change goes unseen.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { type Entry, publishedEntries, report, rootFolder } from './entries.ts';

const args = process.argv.slice(2);
const root = rootFolder(args);
const update = args.includes('--update');
const reportFolder = join(root, 'api-report');

/** What is wrong with one entry point's report. */
function examine(entry: Entry): readonly string[] {
  const faults: string[] = [];
  const config = ExtractorConfig.prepare({
    configObject: {
      mainEntryPointFilePath: entry.typesPath,
      projectFolder: root,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2023',
            lib: ['es2023'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            types: ['node'],
            strict: true,
            skipLibCheck: true,
          },
          files: [entry.typesPath],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${entry.slug}.api.md`,
        reportFolder,
        reportTempFolder: join(root, 'temp/api-report'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None },
          'ae-unresolved-link': { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
  const result = Extractor.invoke(config, {
    localBuild: update,
    messageCallback(message) {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) faults.push(`${entry.name}: ${message.text}`);
    },
  });
  if (result.apiReportChanged && !update) {
    faults.push(
      `${entry.name}: api-report/${entry.slug}.api.md is out of step; look at the change, then: npm run api:update`,
    );
    faults.push(...firstDifferences(`${entry.slug}.api.md`));
  }
  return faults;
}

/** The first lines that only one of the two reports has. */
function firstDifferences(fileName: string): readonly string[] {
  const lines = (folder: string): readonly string[] => {
    try {
      return readFileSync(join(folder, fileName), 'utf8').split(/\r?\n/);
    } catch {
      return [];
    }
  };
  const [recorded, built] = [lines(reportFolder), lines(join(root, 'temp/api-report'))];
  const lost = recorded.filter((line) => !built.includes(line)).map((line) => `  - ${line}`);
  const gained = built.filter((line) => !recorded.includes(line)).map((line) => `  + ${line}`);
  return [...lost.slice(0, 8), ...gained.slice(0, 8)];
}

mkdirSync(reportFolder, { recursive: true });
const entries = publishedEntries(root);
const orphans = readdirSync(reportFolder).filter((file) => !entries.some(({ slug }) => file === `${slug}.api.md`));
if (update) for (const file of orphans) rmSync(join(reportFolder, file));
const problems = [
  ...entries.flatMap(examine),
  ...(update
    ? []
    : orphans.map((file) => `api-report/${file} belongs to no entry point; npm run api:update removes it`)),
];
report(problems, `${entries.length} reports ${update ? 'written' : 'in step'}`);
