import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deserialize } from 'node:v8';
import type { Recorded } from '../engine/recorder.ts';
import { tellParent } from '../engine/serverProcess.ts';
import { ReplayFloor } from './replay.ts';

/** What the floor answers at an address: the statements to run, then the value to write as JSON. */
export interface Answer {
  readonly url: string;
  readonly authorization: string;
  readonly statements: readonly Recorded[];
  /** The answer; parsed before it is asked for, and written anew each time. */
  readonly json: string;
}

/** Bare node:http that runs the same statements and writes the same answers. */
const [file = '', answersFile = ''] = process.argv.slice(2);
const floor = new ReplayFloor(file, 'NORMAL');
const answers = new Map(
  (deserialize(readFileSync(answersFile)) as Answer[]).map(({ url, authorization, statements, json }) => [
    authorization + url,
    { replay: floor.prepare(statements), value: JSON.parse(json) as unknown },
  ]),
);

const live = '{"live":true}';
const liveHead = [
  ...['content-type', 'application/json; charset=utf-8', 'content-length', String(live.length)],
  ...['cache-control', 'no-store', 'x-content-type-options', 'nosniff'],
];

const server = createServer((request, response) => {
  if (request.url === '/health/live') {
    response.writeHead(200, liveHead).end(live);
    return;
  }
  const answer = answers.get(`${request.headers.authorization}${request.url}`);
  if (answer === undefined) {
    response.writeHead(404).end();
    return;
  }
  floor.run(answer.replay);
  const text = JSON.stringify(answer.value);
  response
    .writeHead(200, [
      'content-type',
      'application/json; charset=utf-8',
      'content-length',
      String(Buffer.byteLength(text)),
    ])
    .end(text);
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => tellParent((server.address() as AddressInfo).port));
