import { writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { serve } from 'askpro/adapters/http';
import type { Answer } from '../floor/httpServer.ts';
import type { Effort } from '../measure/race.ts';
import type { Row } from '../measure/row.ts';
import { seeded, shuffled } from '../measure/seeded.ts';
import { median, medianTiming, type Timing } from '../measure/summary.ts';
import type { Benchmark } from '../measure/suite.ts';
import { ask, get, load } from './loadClient.ts';
import { recorded } from './recorder.ts';
import type { EngineScene } from './scene.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';
import { BUSY_WEEKS_MS, DAY_MS, type Town } from './town.ts';

const CONNECTIONS = 16;

interface Question {
  readonly url: string;
  readonly authorization: string;
  readonly request: Buffer;
}

/** Another company, service and week each time. */
function questions(town: Town): readonly Question[] {
  const all = town.companies.flatMap(({ apiKey, services }) =>
    services.flatMap((service) =>
      BUSY_WEEKS_MS.map((fromMs) => {
        const [from, to] = [fromMs, fromMs + 7 * DAY_MS].map((ms) => new Date(ms).toISOString());
        const url = `/api/v2/slots?service=${service}&from=${from}&to=${to}`;
        const authorization = `Bearer ${apiKey}`;
        return { url, authorization, request: get(url, { authorization }) };
      }),
    ),
  );
  return shuffled(all, seeded(5)).slice(0, 256);
}

/** Asks every question once of a server in this process, and notes which statements ran and what was answered. */
async function recordAnswers(scene: EngineScene, all: readonly Question[]): Promise<readonly Answer[]> {
  const { engine } = await scene.reading();
  const server = await serve(engine, { port: 0 });
  const answers: Answer[] = [];
  // Asked once before, so that no company's configuration is read any more: the floor shall do only what every request needs.
  for (const { request } of all) await ask(server.port, request);
  for (const { url, authorization, request } of all) {
    let json = '';
    const statements = await recorded(async () => {
      const { status, body } = await ask(server.port, request);
      if (status !== 200) throw new Error(`${url} was answered ${status}: ${body}`);
      json = body;
    });
    answers.push({ url, authorization, statements, json });
  }
  await server.close();
  return answers;
}

interface Turn {
  readonly timing: Timing;
  readonly cpuMicros: number;
}

async function turn(server: ServerProcess, requests: readonly Buffer[], durationMs: number): Promise<Turn> {
  const before = await server.cpuMicros();
  const timing = await load(server.port, requests, { connections: CONNECTIONS, durationMs });
  return { timing, cpuMicros: ((await server.cpuMicros()) - before) / timing.count };
}

async function heat(server: ServerProcess, requests: readonly Buffer[], warmUp: number): Promise<void> {
  for (let sent = 0; sent < warmUp;) {
    const { count } = await load(server.port, requests, { connections: CONNECTIONS, durationMs: 200 });
    sent += count;
  }
}

interface Duel {
  readonly ours: Timing;
  readonly theirs: Timing;
  /** Time that our server's thread works for a request, divided by that of theirs. */
  readonly ratio: number;
}

/** Lets both servers answer in turns; the ratio is that of the time their threads work for a request. */
async function duel(
  name: string,
  ours: ServerProcess,
  theirs: ServerProcess,
  requests: readonly Buffer[],
  { rounds, roundMs, warmUp }: Effort,
): Promise<Duel & { readonly throughputRatio: number }> {
  for (const request of requests) {
    const [mine, other] = await Promise.all([ask(ours.port, request), ask(theirs.port, request)]);
    if (mine.status !== 200 || mine.body !== other.body)
      throw new Error(`${name}: the two servers answer differently.`);
  }
  const durationMs = roundMs * 8;
  // Three lines of code are hot soon.
  await heat(theirs, requests, warmUp / 4);
  await heat(ours, requests, warmUp * 2);
  const turns: { readonly ours: Turn; readonly theirs: Turn }[] = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? await turn(ours, requests, durationMs) : undefined;
    const other = await turn(theirs, requests, durationMs);
    turns.push({ ours: first ?? (await turn(ours, requests, durationMs)), theirs: other });
  }
  await Promise.all([ours.close(), theirs.close()]);
  return {
    ours: medianTiming(turns.map((each) => each.ours.timing)),
    theirs: medianTiming(turns.map((each) => each.theirs.timing)),
    ratio: median(turns.map((each) => each.ours.cpuMicros / each.theirs.cpuMicros)),
    throughputRatio: median(turns.map((each) => each.theirs.timing.opsPerSec / each.ours.timing.opsPerSec)),
  };
}

const row = (
  name: string,
  vs: string,
  { ours, theirs, ratio, throughputRatio }: Duel & { readonly throughputRatio: number },
): Row => ({
  ...{ suite: 'engine', name, ...ours, vs, ratio, throughputRatio, vsP50Ns: theirs.p50Ns },
  ...{ dialect: 'sqlite', inFlight: CONNECTIONS },
});

const bareHttp = `bare node:http (${process.version})`;

/** A week of slots over HTTP, beside a bare server that runs the same statements and writes the same answer as JSON. */
export const httpFind = (scene: EngineScene): Benchmark => ({
  name: 'http-find',
  async measure(effort) {
    const town = await scene.town();
    const all = questions(town);
    const answersFile = `${town.copy()}.answers`;
    writeFileSync(answersFile, serialize(await recordAnswers(scene, all)));
    const ours = await startServer(new URL('askproServer.ts', import.meta.url), [town.copy()]);
    const theirs = await startServer(new URL('../floor/httpServer.ts', import.meta.url), [town.copy(), answersFile]);
    const requests = all.map(({ request }) => request);
    return [
      row(
        'http-find',
        `${bareHttp}, the same statements and JSON.stringify`,
        await duel('http-find', ours, theirs, requests, effort),
      ),
    ];
  },
});

/** The answer that balancers ask for, beside a bare server that writes the same bytes. */
export const healthLive = (scene: EngineScene): Benchmark => ({
  name: 'health-live',
  async measure(effort) {
    const town = await scene.town();
    const answersFile = `${town.copy()}.answers`;
    writeFileSync(answersFile, serialize([]));
    const ours = await startServer(new URL('askproServer.ts', import.meta.url), [town.copy()]);
    const theirs = await startServer(new URL('../floor/httpServer.ts', import.meta.url), [town.copy(), answersFile]);
    // The address is one; what varies is the rest of the head, as it does between clients.
    const requests = Array.from({ length: 64 }, (_, index) =>
      get('/health/live', { 'user-agent': `balancer/${index}` }),
    );
    return [
      row('health-live', `${bareHttp}, the same bytes`, await duel('health-live', ours, theirs, requests, effort)),
    ];
  },
});
