import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWith } from './cli.scene.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-case-'));
  expect((await askpro(['apply', '-'], document))[0]).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function askpro(args: readonly string[], stdin = ''): Promise<readonly [code: number, out: string, err: string]> {
  const { code, out, err } = await runWith({ ASKPRO_DATABASE: join(folder, 'askpro.db') }, args, stdin);
  return [code, out, err];
}

const document = JSON.stringify({
  companies: [
    {
      key: 'salon',
      name: 'Salon',
      timeZone: 'Europe/Berlin',
      country: 'DE',
      branches: [{ key: 'mitte', name: 'Mitte' }],
      schedules: [
        { key: 'always', weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: '09:00', to: '17:00' }] },
      ],
      resources: [{ key: 'anna', name: 'Anna', schedule: 'always' }],
      services: [{ key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 60 }],
    },
  ],
});

test('a live question is written as a case that askpro slots answers', async () => {
  const [code, file, err] = await askpro(['case', 'salon', '--service', 'cut', '--count', '3']);
  expect([code, err]).toEqual([0, '']);
  const [, answer] = await askpro(['slots'], file);
  expect(JSON.parse(answer)).toMatchObject({ slots: [{ resources: ['anna'] }, {}, {}] });
});

test.each([
  [['case', 'salon'], '--service: must name a service'],
  [['case', 'salon', '--service', 'nails', '--count', '1'], 'question: is refused: SERVICE_UNKNOWN'],
  [['case', 'salon', '--service', 'cut'], 'to: must be given, or else count'],
  [['case', 'salon', '--service', 'cut', '--count', 'three'], 'count: must be a whole number'],
  [['case', 'saloon', '--service', 'cut', '--count', '1'], 'COMPANY: there is no company "saloon"'],
])('%j is refused by its field', async (args, message) => {
  const [code, out, err] = await askpro(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
});
