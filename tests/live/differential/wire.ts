import { connect, type Socket } from 'node:net';
import { parseAnswer, type WireAnswer } from '../../doors.ts';
import type { LiveRequest } from './requests.ts';

/** What both sides are told, so that what they say of themselves is the same. */
export const HOST = 'live.example:8000';

const ANSWER_TIMEOUT_MS = 20_000;

/** The request as it is sent: the same bytes to both sides. */
export function bytesOf({ method, target, headers, body, isChunked }: Framed): Buffer {
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${HOST}`];
  lines.push(...headers.map(([name, value]) => `${name}: ${value}`));
  const hasLength = body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method);
  if (isChunked) lines.push('Transfer-Encoding: chunked');
  else if (hasLength) lines.push(`Content-Length: ${body.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return Buffer.concat([head, ...(isChunked ? inChunks(body) : [body])]);
}

type Framed = Omit<LiveRequest, 'definition'>;

function inChunks(body: Buffer): readonly Uint8Array[] {
  const middle = Math.ceil(body.length / 2);
  const halves = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length);
  const chunks = halves.flatMap((half) => [
    Buffer.from(`${half.length.toString(16)}\r\n`),
    half,
    Buffer.from('\r\n'),
  ]);
  return [...chunks, Buffer.from('0\r\n\r\n')];
}

/** A client that keeps its connection for the next request where both sides allow it. */
export interface WireClient {
  /** Rejects when there is no answer. */
  ask(request: Framed): Promise<WireAnswer>;
  close(): void;
}

/** Makes a client of a server on this machine; it asks one thing after the other. */
export function createWireClient(port: number): WireClient {
  let idle: Socket | null = null;
  return {
    async ask(request) {
      const bytes = bytesOf(request);
      const kept = idle;
      idle = null;
      // The server may close a kept connection at any time; then it is as good as none.
      const first = kept === null ? null : await exchange(kept, bytes, request.method);
      const socket = first === null ? await open(port) : kept;
      const answer = first ?? (socket && (await exchange(socket, bytes, request.method)));
      if (answer === null || socket === null) throw new Error(`no answer on port ${port}`);
      if (socket.writable && !answer.isLast) idle = socket;
      else socket.destroy();
      return answer.answer;
    },
    close() {
      idle?.destroy();
      idle = null;
    },
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.setNoDelay(true);
    // Once it is open, what an error leads to is the end of the connection.
    socket.on('error', reject);
  });
}

interface Exchanged {
  readonly answer: WireAnswer;
  /** Whether nothing more can be asked on the connection. */
  readonly isLast: boolean;
}

/** Resolves to null when the connection ends without a complete answer. */
function exchange(socket: Socket, bytes: Buffer, method: string): Promise<Exchanged | null> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0);
    const done = (result: Exchanged | null) => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onEnd).off('end', onEnd);
      resolve(result);
    };
    const onEnd = () => {
      socket.destroy();
      // Without a length the end of the connection is the end of the answer.
      const isWhole = findEnd(received, method) === Number.POSITIVE_INFINITY;
      done(isWhole ? { answer: parseAnswer(received), isLast: true } : null);
    };
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const end = findEnd(received, method);
      if (end === null || end > received.length) return;
      const answer = parseAnswer(received.subarray(0, end));
      const closes = answer.headers.some(
        ([name, value]) => name === 'connection' && value === 'close',
      );
      done({ answer, isLast: closes || received.length > end });
    };
    const timer = setTimeout(onEnd, ANSWER_TIMEOUT_MS);
    socket.on('data', onData).on('close', onEnd).on('end', onEnd);
    if (socket.destroyed) onEnd();
    else socket.write(bytes);
  });
}

/** Where the answer ends, or will end; null as long as that is not known. */
function findEnd(bytes: Buffer, method: string): number | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const { status, headers } = parseAnswer(bytes.subarray(0, headEnd + 4));
  const start = headEnd + 4;
  if (method === 'HEAD' || status === 204 || status === 304) return start;
  const header = (name: string) => headers.find(([known]) => known === name)?.[1];
  if (header('transfer-encoding') === 'chunked') return findChunksEnd(bytes, start);
  return start + Number(header('content-length') ?? Number.POSITIVE_INFINITY);
}

function findChunksEnd(bytes: Buffer, start: number): number | null {
  let offset = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', offset);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.subarray(offset, lineEnd).toString('latin1'), 16);
    if (Number.isNaN(size)) throw new Error('the answer is not in chunks as it says');
    offset = lineEnd + 2 + size + 2;
    if (size === 0) return offset;
    if (offset > bytes.length) return null;
  }
}
