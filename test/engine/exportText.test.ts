import { afterAll, beforeAll, expect, test } from 'vitest';
import { Storage } from '../../src/core/contracts/storage.ts';
import type { ExportFormat, ExportKind, ExportRange } from '../../src/index.ts';
import { bench, granted, type Bench } from './salon.ts';

let at: Bench;
beforeAll(async () => {
  at = await bench();
  const { door } = at;
  const said = { transcript: 'Agent: Hallo\n"User": =1', summary: 'wants, maybe', status: 'completed' as const };
  await door.calls.record('acme', 'call-1', { from: '+49301234567', startedMs: at.clock.now(), ...said });
  await door.calls.addOffers('acme', 'call-1', ['a.b.c']);
  const customer = { name: '=HYPERLINK("x")', phone: '+49301234567', email: 'eva@example.org' };
  const options = { customer, notes: 'Mit „Kaffee“,\n"schwarz"', metadata: { room: '2' } };
  granted(await door.book({ service: 'colour', resource: 'anna', start: '2026-11-24T10:00:00+01:00' }, options));
  granted(await door.book({ service: 'cut', resource: 'ben', start: '2026-11-26T10:00:00+01:00' }));
});
afterAll(() => at.close());

async function text(kind: ExportKind, format: ExportFormat, range?: ExportRange): Promise<string> {
  let whole = '';
  for await (const piece of at.door.export.text(kind, format, range)) whole += piece;
  return whole;
}

const rowsOf = async (kind: ExportKind): Promise<readonly object[]> =>
  at.engine.get(Storage).walk(at.door.company.id, kind, { limit: 100 });

/** All but what the export adds for readers. */
function stored(line: string, added: readonly string[]): object {
  const row = JSON.parse(line) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !added.includes(name)));
}

test.each([
  ['appointments', ['start', 'end', 'timeZone', 'created', 'updated', 'branch', 'service', 'resources']],
  ['customers', []],
  ['calls', ['started', 'ended', 'updated', 'branch']],
] as const)('lines of JSON hold all that is stored of %s', async (kind, added) => {
  const lines = (await text(kind, 'ndjson')).split('\n');
  expect(lines.pop()).toBe('');
  const rows = await rowsOf(kind);
  expect(rows.length).toBeGreaterThan(0);
  expect(lines.map((line) => stored(line, added))).toEqual(rows);
});

test('times that people read carry the offset of the branch, and keys stand beside ids', async () => {
  const [first = ''] = (await text('appointments', 'ndjson')).split('\n');
  expect(JSON.parse(first)).toMatchObject({
    start: '2026-11-24T10:00:00.000+01:00',
    startMs: Date.parse('2026-11-24T09:00:00Z'),
    timeZone: 'Europe/Berlin',
    branch: 'mitte',
    service: 'colour',
    resources: ['anna'],
  });
});

test('a table has a head, and no cell of it is a formula', async () => {
  const [head, ...lines] = (await text('customers', 'csv')).split('\r\n');
  expect(head).toBe('id,phone,name,email,locale,noShows');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^[0-9a-f-]{36},'\+49301234567,"'=HYPERLINK\(""x""\)",eva@example\.org,,0$/);
  const appointments = await text('appointments', 'csv');
  expect(appointments).toContain(`,"Mit „Kaffee“,\n""schwarz""","{""room"":""2""}",`);
  expect((await text('calls', 'csv')).split('\r\n')[1]).toContain(`"wants, maybe","Agent: Hallo\n""User"": =1"`);
});

test('a range holds what starts in it, from its first moment to before its end', async () => {
  const [fromMs, toMs] = [Date.parse('2026-11-24T09:00:00Z'), Date.parse('2026-11-26T09:00:00Z')];
  const services = async (range: ExportRange): Promise<unknown[]> =>
    (await text('appointments', 'ndjson', range))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { service: string }).service);
  expect(await services({ fromMs, toMs })).toEqual(['colour']);
  expect(await services({ fromMs: fromMs + 1 })).toEqual(['cut']);
  const now = at.clock.now();
  expect(await text('calls', 'ndjson', { fromMs: now, toMs: now + 1 })).toContain('wants, maybe');
  expect(await text('calls', 'ndjson', { toMs: now })).toBe('');
});
