/** The pages of the documentation that are made from the source. `--update` writes them; without it they are compared. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogues } from './catalogues.ts';
import { report, rootFolder } from './entries.ts';

const args = process.argv.slice(2);
const root = rootFolder(args);
const pages = await catalogues(root);

if (args.includes('--update')) {
  for (const { path, text } of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

report(
  pages.flatMap(({ path, text }) => {
    const file = join(root, path);
    const current = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    return current === text ? [] : [`${path} is not in step with the source; npm run docs:update writes it`];
  }),
  'the pages made from the source are in step with it',
);
