import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_TYPE, transportProblem, type TransportProblemCode } from './problem.ts';
import type { Transport } from './transport.ts';

const codes: Readonly<Record<string, TransportProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'BODY_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/**
 * Answers what node:http could not read as a request, or what came too slowly. A request of the same connection that
 * is complete still gets its answer; then the connection ends.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket, transport: Transport): void {
  const code = codes[error.code ?? ''] ?? 'REQUEST_MALFORMED';
  const exchange = transport.inFlightOn(socket);
  if (exchange !== undefined && exchange.request.complete && !exchange.answered) return exchange.endConnection();
  if (exchange !== undefined && !exchange.answered) {
    // The rest of this body never comes: there is nothing to wait for.
    void exchange.answer(transportProblem(code, exchange.requestId));
    socket.destroySoon();
    return;
  }
  if (!socket.writable || error.code === 'ECONNRESET' || exchange !== undefined) {
    socket.destroy(error);
    return;
  }
  const { status, text = '' } = transportProblem(code, undefined);
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
  socket.destroySoon();
}
