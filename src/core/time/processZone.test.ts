import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
// Node 22.16 reads TypeScript only when asked to.
const stripTypes = process.features.typescript ? [] : ['--experimental-strip-types'];
const slots = new URL('../../slots.ts', import.meta.url).href;
const caseFile = new URL('../../case.ts', import.meta.url).href;

const CASE = {
  range: { from: '2026-03-27T00:00:00Z', to: '2026-04-02T00:00:00Z' },
  visit: {
    services: [
      { id: 'cut', durationMinutes: 50, limits: { perDay: 1, booked: ['2026-03-28T20:00:00Z'] } },
      { id: 'dye', durationMinutes: 10 },
    ],
    order: 'any',
    stepMinutes: 40,
    assignBy: 'mostFree',
    keep: 'preferred',
  },
  resources: [
    { id: 'a', timeZone: 'Europe/Berlin', weekly: [{ days: ['mo', 'sa', 'su'], from: '20:00', to: '04:00' }] },
    { id: 'b', timeZone: 'Asia/Beirut', weekly: [{ days: ['su'], from: '00:00', to: '24:00' }] },
  ],
};

/** Everything whose answer could depend on where the process runs, as text. */
const engine = `
  const { instantOf, offsetAt, zoneNamed } = await import(${JSON.stringify(slots)});
  const { answerCase, localFormat, parseCase, parseInstant } = await import(${JSON.stringify(caseFile)});
  const lines = [];
  for (const name of ['Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia', 'Australia/Lord_Howe', 'UTC']) {
    const { zone } = zoneNamed(name);
    const format = localFormat(zone);
    for (let at = 0; at < 4e12; at += 7e9) lines.push(offsetAt(zone, at), instantOf(zone, at), format(at));
  }
  lines.push(parseInstant('2026-03-29T02:30:00+01:00'));
  lines.push(JSON.stringify(answerCase(parseCase(${JSON.stringify(CASE)}).case)));
  console.log(lines.join('\\n'));
`;
const naive = `console.log(String(new Date(2026, 2, 29, 2, 30).getTime()));`;

async function outputs(program: string): Promise<string[]> {
  const zones = ['UTC', 'Pacific/Apia', 'America/Sao_Paulo'];
  const runs = zones.map((TZ) =>
    run(process.execPath, [...stripTypes, '--input-type=module', '--no-warnings', '--eval', program], {
      env: { ...process.env, TZ },
    }),
  );
  return (await Promise.all(runs)).map(({ stdout }) => stdout);
}

test('answers do not depend on the zone of the process', async () => {
  const [first, ...others] = await outputs(engine);
  expect(first?.length).toBeGreaterThan(10_000);
  for (const other of others) expect(other).toBe(first);
});

test('a program that reads local times from the process is noticed', async () => {
  expect(new Set(await outputs(naive)).size).toBe(3);
});
