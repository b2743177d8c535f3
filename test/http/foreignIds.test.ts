import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompanyId, StorageFactory } from '../../src/adapter.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { endpoints } from '../../src/adapters/http/v2/endpoints.ts';
import { trafficOf } from '../loading/statements.ts';
import { probesOf, type Probe } from './foreignProbes.ts';
import { foreignWorld, listPath, type Answer, type Sent, type World } from './foreignWorld.ts';

/** The same form, and nobody's. */
const unknownOf = (text: string): string =>
  text.startsWith('+')
    ? `${text.slice(0, -3)}987`
    : /^[\da-f]{8}-/.test(text)
      ? text.replace(/^(.{24}).{12}/, '$1feedfeedfeed')
      : text.replace(/[a-z]/g, (letter) => (letter === 'z' ? 'y' : letter)).replace(/-of-b$|.$/, '-nobody');

const anId = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;
const anOffer = /1\.[a-z\d]{8}\.[^"\s]+~[\w-]+/g;

/** An answer without anything that was given so far, and without what is of this moment and this row alone. */
function plain({ status, text }: Answer, given: readonly string[]): string {
  let rest = text;
  for (const one of given)
    for (const form of [one, encodeURIComponent(one), one.toUpperCase()]) rest = rest.replaceAll(form, '<given>');
  return `${status} ${rest
    .replace(anOffer, '<offer>')
    .replace(anId, '<id>')
    .replace(/"requestId":"[^"]*"/, '"requestId"')}`;
}

const isWritten = ({ method }: Sent, { status }: Answer): boolean => method !== 'GET' && status < 400;

/** Which probes are answered otherwise, or cost another number of statements, for what another company has. */
async function told(foreign: World, nowhere: World, probes: readonly Probe[]): Promise<readonly string[]> {
  const found: string[] = [];
  const all = Object.values(foreign.foreign);
  const none = Object.values(nowhere.foreign).map(unknownOf);
  let quiet = true;
  for (const { name, kind, sent } of probes) {
    const request = sent(foreign.foreign[kind]);
    let [answer, usual]: readonly [Answer, Answer] = [nothing, nothing];
    const cost = await trafficOf(async () => void (answer = await foreign.ask('a', request)));
    const least = await trafficOf(
      async () => void (usual = await nowhere.ask('a', sent(unknownOf(nowhere.foreign[kind])))),
    );
    const [one, other] = [plain(answer, all), plain(usual, none)];
    if (one !== other) found.push(`${name}: ${one.slice(0, 300)} — ${other.slice(0, 300)}`);
    // What is done after a write is done when it is answered already, and would be counted here or there.
    const wasQuiet = quiet;
    quiet = !isWritten(request, answer);
    if (quiet && wasQuiet && cost.statements !== least.statements)
      found.push(`${name}: ${cost.statements} statements, else ${least.statements}`);
    for (const secret of foreign.secrets) if (answer.text.includes(secret)) found.push(`${name} tells ${secret}`);
  }
  return found;
}

const nothing: Answer = { status: 0, text: '' };

/**
 * Two numbers and agents of two companies cannot be the same, so a company that wants one which another has is told so;
 * whose it is it is not told.
 */
const isUnique = ({ route, kind }: Probe): boolean => kind === 'number' || /config\/(?:numbers|agents)/.test(route);

describe('with everything that another company has', () => {
  let foreign: World;
  let nowhere: World;
  beforeAll(async () => {
    [foreign, nowhere] = [await foreignWorld(), await foreignWorld()];
  }, 60_000);
  afterAll(async () => {
    await foreign.close();
    await nowhere.close();
  });

  test('every route is tried', () => {
    const { probes, unknown } = probesOf(foreign);
    expect(unknown).toEqual([]);
    const tried = new Set(probes.map(({ route }) => route));
    const takesNothing = endpoints.filter(
      ({ path, query, body }) => !path.includes(':') && (query ?? body) === undefined,
    );
    expect(foreign.routes.length - tried.size).toBe(3 + takesNothing.length);
  });

  test('nothing is told of it and nothing is changed: the answers are those for what nobody has, at the same cost', async () => {
    const before = foreign.stored();
    expect(before.length).toBeGreaterThan(10_000);
    expect(
      await told(
        foreign,
        nowhere,
        probesOf(foreign).probes.filter((probe) => !isUnique(probe)),
      ),
    ).toEqual([]);
    expect(foreign.stored()).toBe(before);
  }, 120_000);

  test('a cursor of another company, of another list, or that was altered leads to nothing of another company', async () => {
    const altered = (cursor: string): readonly string[] =>
      [...cursor].flatMap((letter, index) =>
        index % 5 === 0 ? [cursor.slice(0, index) + (letter === '0' ? 'f' : '0') + cursor.slice(index + 1)] : [],
      );
    const cursors = [
      ...foreign.cursors.values(),
      ...foreign.cursorsOfA.values(),
      ...[...foreign.cursorsOfA.values()].flatMap(altered),
    ];
    let pages = 0;
    for (const list of foreign.cursors.keys())
      for (const cursor of cursors) {
        const path = `${listPath(list)}&cursor=${encodeURIComponent(cursor)}`.replace('limit=1', 'limit=100');
        const { status, text } = await foreign.ask('a', { method: 'GET', path });
        expect([200, 400], `${path}: ${text}`).toContain(status);
        if (status === 200) pages++;
        for (const secret of [...foreign.secrets, 'Erika of b']) expect(text).not.toContain(secret);
      }
    expect(pages).toBeGreaterThan(20);
  });

  test('control: the requests are those with which B gets what it asks for', async () => {
    const { foreign: b } = foreign;
    const paths = [
      `appointments/${b.appointment}`,
      `holds/${b.hold}`,
      `customers/${b.customer}`,
      `waitlist/${b.entry}`,
    ];
    for (const path of [...paths, `callbacks/${b.callback}`, `customers/${b.customer}/data`]) {
      const asked = { method: 'GET', path: `/api/v2/${path}` };
      expect([path, (await foreign.ask('b', asked)).status]).toEqual([path, 200]);
      expect([path, (await foreign.ask('a', asked)).status]).toEqual([path, 404]);
    }
    for (const list of foreign.cursors.keys()) {
      const seen = await foreign.ask('b', { method: 'GET', path: listPath(list).replace('limit=1', 'limit=100') });
      expect([list, foreign.secrets.some((secret) => seen.text.includes(secret))]).toEqual([list, true]);
    }
  });
});

/** What a storage may be asked for by an id alone, if it forgets whose it is. */
const leaks = ['appointment', 'hold', 'customer', 'idempotency'] as const;
type Leak = (typeof leaks)[number];

/** A storage that for one of its reads finds what any company has, as long as it is told so. */
function leaking(file: string, leak: { method: Leak | undefined; of: CompanyId }): StorageFactory {
  const factory = sqlite({ file, synchronous: 'NORMAL' });
  return {
    name: factory.name,
    async create(options) {
      const storage = await factory.create(options);
      return new Proxy(storage, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          const read = value.bind(target) as (company: CompanyId, id: string) => Promise<unknown>;
          return name === leak.method
            ? async (company: CompanyId, id: string) => (await read(company, id)) ?? (await read(leak.of, id))
            : read;
        },
      });
    },
  };
}

test('control: where the storage finds by an id what any company has, that is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-leak-'));
  const leak: Parameters<typeof leaking>[1] = { method: undefined, of: '' as CompanyId };
  const foreign = await foreignWorld(leaking(join(folder, 'leak.db'), leak));
  const nowhere = await foreignWorld();
  try {
    leak.of = foreign.foreign.company as CompanyId;
    const probeOf: Readonly<Record<Leak, string>> = {
      appointment: 'getAppointment at :appointment',
      hold: 'getHold at :hold',
      customer: 'getCustomer at :customer',
      idempotency: 'book Idempotency-Key',
    };
    for (const method of leaks) {
      const probes = probesOf(foreign).probes.filter(({ name }) => name === probeOf[method]);
      leak.method = undefined;
      expect([method, await told(foreign, nowhere, method === 'idempotency' ? [] : probes)]).toEqual([method, []]);
      leak.method = method;
      expect([method, await told(foreign, nowhere, probes)]).not.toEqual([method, []]);
    }
  } finally {
    await foreign.close();
    await nowhere.close();
    rmSync(folder, { recursive: true });
  }
}, 60_000);
