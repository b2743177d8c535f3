/** The shape of the repository: short files, names that say something, and text that speaks of this project alone. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { report, rootFolder } from './entries.ts';

const MAX_LINES = 300;
const notOurs = new Set(['node_modules', 'dist', 'temp', 'coverage', '.git', '.askpro']);
const code = /\.(?:[cm]?ts|[cm]?js)$/;
const text = /\.(?:[cm]?ts|[cm]?js|json|md|ya?ml|html|css|svg|sh|sql|txt)$|(?:^|\/)(?:[A-Z]+|run|\.[a-z]+)$/;
const generated = /(?:^|\/)(?:package-lock\.json|CHANGELOG\.md)$|^api-report\//;
const saysNothing = /^(?:utils?|helpers?|common|misc|types)(?:\.|$)/;

/** Words that would make sense only to whoever sat at one machine, and marks of unfinished work. */
const outsiders: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.~-])\/(?:work|tmp|Users)\/\w/, 'a path of one machine'],
  [/https?:\/\/[\w.-]*registry[\w.-]*\//, 'the host of a package registry'],
  [/\b(?:issue|ticket|PR) #?\d+|(?<![\w&#"'`/])#\d{2,}\b(?!;)/i, 'the number of a ticket; say what it is about'],
  [new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`), 'unfinished work'],
];

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (notOurs.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (entry.isFile()) yield path;
  }
}

function* problemsOf(root: string, path: string): Generator<string> {
  const name = relative(root, path);
  const ours = code.test(name);
  const vague = [...dirname(name).split('/'), basename(name)].find((part) => saysNothing.test(part));
  if (ours && vague !== undefined) yield `${name}: '${vague}' names no concept; call it by what it holds`;
  if (generated.test(name) || !text.test(name)) return;
  const lines = readFileSync(path, 'utf8').split('\n');
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (ours && count > MAX_LINES)
    yield `${name}: ${count} lines, ${MAX_LINES} is the ceiling; give its second concept a file of its own`;
  for (const [index, line] of lines.entries()) {
    for (const [pattern, what] of outsiders) {
      const found = pattern.exec(line);
      if (found) yield `${name}:${index + 1}: '${found[0]}' is ${what}`;
    }
  }
}

const root = rootFolder(process.argv.slice(2));
const all = [...files(root)];
report(
  all.flatMap((path) => [...problemsOf(root, path)]),
  `${all.length} files in shape`,
);
