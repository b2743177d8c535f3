import type { IncomingMessage } from 'node:http';

/** The body, or why there is none. */
export type Body =
  | { readonly ok: true; readonly bytes: Buffer }
  /** `gone`: the client hung up while he sent it. */
  | { readonly ok: false; readonly why: 'too-large' | 'gone' };

const empty: Body = { ok: true, bytes: Buffer.alloc(0) };
const tooLarge: Body = { ok: false, why: 'too-large' };
const gone: Body = { ok: false, why: 'gone' };

/** Whether the request says that a body follows. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined ||
  (headers['content-length'] !== undefined && headers['content-length'] !== '0');

/** Reads a body, counting while it comes in: no more than `maxBytes` are ever kept. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (!hasBody(request)) return Promise.resolve(empty);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(tooLarge);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (body: Body): void => {
      request.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      resolve(body);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) finish(tooLarge);
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      const [first] = chunks;
      finish({ ok: true, bytes: chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size) });
    };
    const onGone = (): void => finish(gone);
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}
