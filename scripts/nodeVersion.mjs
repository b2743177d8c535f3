import { readFileSync } from 'node:fs';

/** Stops with a sentence that says what to do when this Node is older than the one that package.json asks for. */
export function requireSupportedNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const least = engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [leastMajor, leastMinor] = least.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  console.error(
    `askpro needs Node ${least} or later, this is ${process.versions.node}. ` +
      'The repository brings its own: run `npm ci`, then use the npm scripts (npm start, npm test, npm run …).',
  );
  process.exit(1);
}
