#!/usr/bin/env node
/**
 * The `askpro` program. It imports nothing before it has judged the Node that runs it: an older one would fail on the
 * syntax of the rest with a message that helps nobody.
 */
const least: readonly [number, number] = [22, 16];
const parts = process.versions.node.split('.').map(Number);
const major = parts[0] || 0;
const minor = parts[1] || 0;

if (major < least[0] || (major === least[0] && minor < least[1])) {
  console.error(
    'askpro needs Node ' +
      least.join('.') +
      ' or later, this is ' +
      process.versions.node +
      '. ' +
      'Install a current Node (https://nodejs.org), or run it with one: npx --package node@24 --package askpro askpro',
  );
  process.exitCode = 1;
} else {
  void Promise.all([import('./run.ts'), import('./terminal.ts')])
    .then(([{ run }, { terminal }]) => run(process.argv.slice(2), terminal))
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
}

export {};
