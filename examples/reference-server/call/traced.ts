import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ProviderCall } from './provider.ts';
import type { Stage } from './scene.ts';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../../dist/cli/askpro.js', import.meta.url));

/** What happened around Ada's call, as the operator's command tells it: nothing of whom it was. */
export async function traced({ report, check, file }: Stage, ada: ProviderCall): Promise<void> {
  report.scene('What happened in Ada’s call: askpro trace');
  const { stdout } = await run(process.execPath, [command, 'trace', `retell:${ada.id}`, '--db', file]);
  console.log(stdout.trimEnd().replace(/^/gm, '      '));
  for (const step of ['call_started', 'next_available', 'book', 'appointment.booked', 'call_ended', 'claims'])
    check.holds(`the trace tells of ${step}`, stdout.includes(step));
  for (const secret of ['Ada', 'Beispiel', ada.from, ada.from.slice(3, -2)])
    check.holds('the trace tells nothing of whom it was', !stdout.includes(secret), secret);
}
