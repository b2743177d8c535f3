import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeClock } from '../../../testing.ts';
import { servesCalendar } from './calendarServer.scene.ts';
import { selfSigned } from './certificate.scene.ts';
import { fetchCalendar, type Fetched } from './fetchCalendar.ts';

const TEXT = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
const { cert, key } = selfSigned('calendar.example');
const server = createServer({ cert, key }, servesCalendar(TEXT));

beforeEach(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterEach(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

const get = (host: string, ...trustedCertificates: readonly string[]): Promise<Fetched> => {
  const { port } = server.address() as AddressInfo;
  const most = { timeoutMs: 5_000, maxBytes: 10_000, maxRedirects: 3 };
  const limits = { ...most, allowPrivateAddresses: true, trustedCertificates };
  const place = { limits, clock: fakeClock(0), resolve: async () => ['127.0.0.1'] };
  return fetchCalendar(`https://${host}:${port}/`, { etag: null, lastModified: null }, place);
};

test('a calendar is fetched over a connection that proves whose it is', async () => {
  expect(await get('calendar.example', cert)).toMatchObject({ kind: 'changed', text: TEXT });
});

test('a certificate that nobody vouches for, or of another name, is not believed', async () => {
  expect(await get('calendar.example')).toEqual({ kind: 'failed', failure: 'UNREACHABLE' });
  expect(await get('other.example', cert)).toEqual({ kind: 'failed', failure: 'UNREACHABLE' });
});
