import { describe, expect, test } from 'vitest';
import type { ProtocolReader, Sent } from './messages.ts';
import { MysqlReader } from './mysqlReader.ts';
import { PostgresReader } from './postgresReader.ts';

const packet = (sequence: number, ...content: readonly (number | string)[]): Buffer => {
  const body = Buffer.concat(content.map((each) => (typeof each === 'number' ? Buffer.of(each) : Buffer.from(each))));
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, body]);
};

const message = (kind: string, content = ''): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(4 + content.length);
  return Buffer.concat([Buffer.from(kind), head, Buffer.from(content)]);
};

/** Hands the bytes to a new reader in two pieces, for every place where they can be cut, and all at once. */
function* inPieces(make: () => ProtocolReader, bytes: Buffer): Generator<readonly Sent[]> {
  for (let cut = 0; cut <= bytes.length; cut++) {
    const reader = make();
    yield [...reader.sent(bytes.subarray(0, cut)), ...reader.sent(bytes.subarray(cut))];
  }
}

function expectCommits(make: () => ProtocolReader, messages: readonly Buffer[], commits: readonly number[]): void {
  for (const read of inPieces(make, Buffer.concat(messages))) {
    expect(read.map(({ bytes }) => bytes.toString('hex'))).toEqual(messages.map((each) => each.toString('hex')));
    expect(read.flatMap((each, index) => (each.commits ? [index] : []))).toEqual(commits);
  }
}

describe('the MySQL protocol', () => {
  const mysql = (): ProtocolReader => new MysqlReader();

  test('a commit is found wherever packets are cut, and nothing that only looks like one', () => {
    const login = packet(1, 3, 'COMMIT');
    const commits = [packet(0, 3, 'COMMIT'), packet(0, 3, ' commit;'), packet(0, 3, 'COMMIT AND CHAIN')];
    const others = [packet(0, 3, 'SELECT "COMMIT"'), packet(0, 3, 'COMMITMENT'), packet(0, 14, 'COMMIT')];
    expectCommits(mysql, [login, ...others, ...commits], [4, 5, 6]);
  });

  test('a prepared commit is known by the number that the server gave it', () => {
    const reader = mysql();
    reader.sent(packet(0, 22, 'COMMIT'));
    reader.answered(packet(1, 0, 7, 0, 0, 0, 0, 0));
    reader.sent(packet(0, 22, 'SELECT 1'));
    reader.answered(packet(1, 0, 8, 0, 0, 0, 0, 0));
    const run = (number: number) => reader.sent(packet(0, 23, number, 0, 0, 0))[0]?.commits;
    expect([run(7), run(8)]).toEqual([true, false]);
  });
});

describe("PostgreSQL's protocol", () => {
  const postgres = (): ProtocolReader => new PostgresReader();
  const startup = message('', '\0\x03\0\0user\0root\0\0');

  test('a commit is found wherever messages are cut, in a simple query and in a prepared one', () => {
    const prepared = [message('P', 'c\0COMMIT\0\0\0'), message('B', 'p\0c\0\0\0\0\0\0\0'), message('E', 'p\0\0\0\0\0')];
    const other = [message('P', '\0SELECT 1\0\0\0'), message('B', '\0\0\0\0\0\0\0\0'), message('E', '\0\0\0\0\0')];
    const messages = [startup, message('p', 'COMMIT\0'), message('Q', 'COMMIT\0'), ...other, ...prepared, message('S')];
    expectCommits(postgres, messages, [2, 8]);
  });

  test('an answer belongs to the request that it ends, also where several are under way', () => {
    const reader = postgres();
    const requests = reader.sent(
      Buffer.concat([startup, message('Q', 'SELECT 1\0'), message('Q', 'COMMIT\0'), message('P'), message('S')]),
    );
    expect(requests.map(({ request }) => request)).toEqual([1, 2, 3, 4, 4]);
    const answers = reader.answered(
      Buffer.concat(['R', 'Z', 'C', 'Z', 'C', 'Z', '1', 'Z'].map((kind) => message(kind))),
    );
    expect(answers.map(({ request }) => request)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    expect(answers.filter(({ isLast }) => isLast).map(({ request }) => request)).toEqual([1, 2, 3, 4]);
  });

  test('a question for encryption that is declined comes before the login', () => {
    const reader = postgres();
    const question = Buffer.alloc(8);
    question.writeUInt32BE(8, 0);
    question.writeUInt32BE(80877103, 4);
    expect(reader.sent(question)).toMatchObject([{ commits: false }]);
    expect(reader.answered(Buffer.from('N'))).toMatchObject([{ isLast: false }]);
    expect(reader.sent(Buffer.concat([startup, message('Q', 'COMMIT\0')]))).toMatchObject([
      { commits: false },
      { commits: true },
    ]);
  });
});
