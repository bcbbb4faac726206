import type { Socket } from 'node:net';
import type { ApiError } from '#sandbox/protocol/error.ts';

const STATUS_LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Responds to what is not HTTP, before a request exists, with an error in the usual shape; then ends the connection. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body: ApiError = {
    code: 'INVALID_INPUT',
    message: 'The server received an incomplete HTTP request, or headers that are too large.',
    hint: 'Send a request as RFC 9112 describes it; headers may have 16 KB in all.',
    requestId: '-',
  };
  const text = JSON.stringify(body);
  const status = STATUS_LINES[error.code ?? ''] ?? '400 Bad Request';
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  socket.end(`${[...head, 'connection: close'].join('\r\n')}\r\n\r\n${text}`);
}
