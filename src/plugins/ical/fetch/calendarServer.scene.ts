import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server of the tests answers. */
export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

/** A real server on a free port of this machine. */
export interface CalendarServer {
  readonly url: string;
  readonly port: number;
  /** What was asked, in order. */
  readonly seen: readonly IncomingMessage[];
  answer(reply: Reply): void;
  /** Settles when so many requests have come in all. */
  asked(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts one. */
export async function calendarServer(reply: Reply): Promise<CalendarServer> {
  let current = reply;
  const seen: IncomingMessage[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    seen.push(request);
    for (const wake of waiting) wake();
    current(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/calendar.ics`,
    port,
    seen,
    answer: (next) => void (current = next),
    asked: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (seen.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a calendar and its validators, and 304 to who has it. */
export const servesCalendar =
  (text: string, etag = '"1"'): Reply =>
  (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag, 'content-type': 'text/calendar' }).end(text);
  };
