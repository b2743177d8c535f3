import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Differences } from './call/differences.ts';
import { play } from './call/play.ts';
import { Report } from './call/report.ts';
import { Rows } from './call/rows.ts';
import { demoLines } from './demo.ts';
import { readDemoKeys } from './demoKeys.ts';

/**
 * Plays complete phone calls against a running reference host, as its voice provider would, and compares every answer
 * with the rows in the database, read through a connection of its own. Exits 1 when anything differs.
 *
 * `ASKPRO_URL` (http://127.0.0.1:3000), `ASKPRO_DATA_DIR` (./.askpro) and `RETELL_API_KEY` (the demo's own) as the host's.
 */
const given = (name: string): string | undefined => process.env[name] || undefined;
const url = given('ASKPRO_URL') ?? 'http://127.0.0.1:3000';
const dataDir = given('ASKPRO_DATA_DIR') ?? '.askpro';

async function main(): Promise<number> {
  const keys = await readDemoKeys(dataDir);
  const apiKey = given('RETELL_API_KEY') ?? keys?.retellApiKey;
  const apiSecret = keys?.apiKeys[demoLines.salon.company];
  const file = join(dataDir, 'askpro.db');
  if (apiKey === undefined || apiSecret === undefined || !existsSync(file)) {
    console.error(
      `There is no data of a reference host in ${dataDir}. Start it with npm start, or name its ASKPRO_DATA_DIR.`,
    );
    return 2;
  }
  const rows = new Rows(file);
  const check = new Differences();
  try {
    await play({ host: { url, apiKey, apiSecret }, file, rows, report: new Report(rows), check });
  } catch (error) {
    check.holds(
      'the play comes to its end',
      false,
      error instanceof Error ? `${error.message} ${causeOf(error)}` : error,
    );
  } finally {
    rows.close();
  }
  console.log(`\n${check.compared} comparisons, ${check.found.length} different`);
  return check.found.length === 0 ? 0 : 1;
}

const causeOf = ({ cause }: Error): string => (cause instanceof Error ? `(${cause.message})` : '');

process.exitCode = await main();
