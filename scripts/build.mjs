/**
 * Builds dist/ unless it already is what these sources make. `--force` builds in any case, `--check-node` only judges the Node that runs.
 * Plain JavaScript, because an old Node has to come far enough to be told what to do.
 */
import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();

if (!process.argv.includes('--check-node')) {
  const { build } = await import('./buildPackage.mjs');
  await build({ force: process.argv.includes('--force') });
}
