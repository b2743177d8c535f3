import { resolve } from 'node:path';
import { EngineError } from 'askpro';
import { demoLines } from './demo.ts';
import { readEnvironment } from './environment.ts';
import { startHost, type Host } from './host.ts';

/** However badly stopping goes, the process is gone by then. */
const EXIT_LIMIT_MS = 9_500;

const read = readEnvironment(process.env);
if (read.ok) {
  try {
    const host = await startHost(read.settings);
    stopOnSignals(host);
    greet(host, read.settings.dataDir);
  } catch (error) {
    console.error(`The host could not start. ${innermost(error)}`);
    process.exitCode = 1;
  }
} else {
  for (const line of read.errors) console.error(`The environment is wrong: ${line}.`);
  process.exitCode = 2;
}

function greet({ http: { url }, keys }: Host, dataDir: string): void {
  const { salon, dental } = demoLines;
  const key = keys.apiKeys[salon.company] ?? '';
  console.log(`askpro serves ${url} from ${resolve(dataDir)}

  ${salon.company}   answers ${salon.number} and ${salon.secondNumber}
  ${dental.company} answers ${dental.number}

  API      ${url}/api/v2  (described by ${url}/api/v2/openapi.json)
  voice    ${url}/webhooks/retell
  health   ${url}/health/live and ${url}/health/ready

Try it:
curl -H 'Authorization: Bearer ${key}' '${url}/api/v2/slots?service=${salon.services[0]}&count=3'

A whole phone call: npm run call. Stop with Ctrl+C.`);
}

function stopOnSignals(host: Host): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // Who asks twice does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    console.log(`${signal}: answering what is in flight, then stopping.`);
    setTimeout(() => process.exit(1), EXIT_LIMIT_MS).unref();
    host.stop().catch((error: unknown) => {
      console.error(`The host could not stop cleanly. ${innermost(error)}`);
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Why in the end: that a part could not start says less than its reason. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof EngineError && error.code === 'START_FAILED' ? innermost(error.cause) : error.message;
}
