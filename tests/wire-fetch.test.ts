import { expect, test } from 'vitest';
import { type DoorName, describeDoors } from './doors.ts';
import { BODY, createInterceptor, head, type Met, meet, ok } from './wire-world.ts';

/** One wire, and what Node's newest `fetch` makes of it. */
interface Case {
  readonly sends: readonly string[];
  /** Default `close`. */
  readonly end?: 'close' | 'reset';
  /** Default POST. */
  readonly method?: 'GET' | 'HEAD';
  readonly met: Met;
  /** What `fetch` up to Node 22 (undici 6) made of it, where that is something else. */
  readonly metBefore7?: Met;
}

const CLOSED = 'SocketError other side closed UND_ERR_SOCKET';
const RESET = 'Error read ECONNRESET ECONNRESET';
const MISMATCH =
  'ResponseContentLengthMismatchError Response body length does not match content-length header ' +
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
const parseError = (message: string, code: string) =>
  `HTTPParserError Response does not match the HTTP/1.1 protocol (${message}) ${code}`;
const failed = (cause: string): Met => ({ error: `TypeError fetch failed < ${cause}` });
const terminated = (body: string, cause: string): Met => ({
  status: 200,
  body,
  error: `TypeError terminated < ${cause}`,
});
const whole = (body: string | null = BODY, status = 200): Met => ({ status, body });

const LENGTH = 'content-length: 19';
const LONG = 'content-length: 40';
const CHUNKED = 'transfer-encoding: chunked';
const LAST = 'connection: close';
const CHUNK = `13\r\n${BODY}\r\n`;

const CASES: Readonly<Record<string, Case>> = {
  'nothing, closed': { sends: [], met: failed(CLOSED) },
  'nothing, reset': { sends: [], end: 'reset', met: failed(RESET) },
  'nothing, closed, GET': { sends: [], method: 'GET', met: failed(CLOSED) },
  'nothing, reset, GET': { sends: [], end: 'reset', method: 'GET', met: failed(RESET) },
  'half a status line, closed': { sends: ['HTTP/1.1 20'], met: failed(CLOSED) },
  'half a status line, reset': { sends: ['HTTP/1.1 20'], end: 'reset', met: failed(RESET) },
  'half a head, closed': { sends: ['HTTP/1.1 200 OK\r\nx-a: b'], met: failed(CLOSED) },
  'half a head, reset': { sends: ['HTTP/1.1 200 OK\r\nx-a: b'], end: 'reset', met: failed(RESET) },
  'a head alone, closed': { sends: [ok(LONG)], met: terminated('', CLOSED) },
  'a head alone, reset': { sends: [ok(LONG)], end: 'reset', met: terminated('', RESET) },
  'a short body, closed': { sends: [ok(LONG), BODY], met: terminated(BODY, CLOSED) },
  'a short body, reset': { sends: [ok(LONG), BODY], end: 'reset', met: terminated(BODY, RESET) },
  'a whole body, reset': { sends: [ok(LENGTH), BODY], end: 'reset', met: whole() },
  'a whole body, in two': { sends: [ok(LENGTH), BODY.slice(0, 7), BODY.slice(7)], met: whole() },
  'a body that is too long': { sends: [ok('content-length: 10'), BODY], met: whole('{"prompt":') },
  'a body without a length, closed': { sends: [ok(), BODY], met: whole() },
  'a body without a length, reset': { sends: [ok(), BODY], end: 'reset', met: whole() },
  'a body of HTTP/1.0': { sends: [head('HTTP/1.0 200 OK'), BODY], met: whole() },
  'an announced end in the body, closed': {
    sends: [ok(LAST, LONG), BODY],
    met: terminated(BODY, MISMATCH),
  },
  'an announced end in the body, reset': {
    sends: [ok(LAST, LONG), BODY],
    end: 'reset',
    met: terminated(BODY, MISMATCH),
    metBefore7: terminated(BODY, 'SocketError closed UND_ERR_SOCKET'),
  },
  'chunks, whole': { sends: [ok(CHUNKED), `${CHUNK}0\r\n\r\n`], met: whole() },
  'chunks, byte by byte': { sends: [...`${ok(CHUNKED)}${CHUNK}0\r\n\r\n`], met: whole() },
  'chunks with a trailer': { sends: [ok(CHUNKED), `${CHUNK}0\r\nx-a: b\r\n\r\n`], met: whole() },
  'chunks with something behind': { sends: [ok(CHUNKED), `${CHUNK}0\r\n\r\nmore`], met: whole() },
  'chunks without the last, closed': {
    sends: [ok(CHUNKED), CHUNK],
    met: terminated(BODY, CLOSED),
  },
  'chunks without the last, reset': {
    sends: [ok(CHUNKED), CHUNK],
    end: 'reset',
    met: terminated(BODY, RESET),
  },
  'half a last chunk': { sends: [ok(CHUNKED), `${CHUNK}0\r\n`], met: terminated(BODY, CLOSED) },
  'half a chunk': { sends: [ok(CHUNKED), '13\r\n{"prompt'], met: terminated('{"prompt', CLOSED) },
  'half a size': { sends: [ok(CHUNKED), '1'], met: terminated('', CLOSED) },
  // Why an answer that is to break off must not announce the end of its connection.
  'chunks without the last, with an announced end': {
    sends: [ok(LAST, CHUNKED), CHUNK],
    met: terminated(BODY, parseError('Invalid EOF state', 'HPE_INVALID_EOF_STATE')),
    metBefore7: whole(),
  },
  'a bad size': {
    sends: [ok(CHUNKED), `zz\r\n${BODY}\r\n`],
    met: terminated('', parseError('Invalid character in chunk size', 'HPE_INVALID_CHUNK_SIZE')),
  },
  'a bad size later': {
    sends: [ok(CHUNKED), CHUNK, 'zz\r\n'],
    met: terminated(BODY, parseError('Invalid character in chunk size', 'HPE_INVALID_CHUNK_SIZE')),
  },
  'a size that is too small': {
    sends: [ok(CHUNKED), `5\r\n${BODY}\r\n0\r\n\r\n`],
    met: terminated('{"pro', parseError('Expected LF after chunk data', 'HPE_STRICT')),
  },
  'a size that is too large for anything': {
    sends: [ok(CHUNKED), `${'f'.repeat(17)}\r\n${BODY}`],
    met: terminated('', parseError('Chunk size overflow', 'HPE_INVALID_CHUNK_SIZE')),
  },
  'a bad trailer': {
    sends: [ok(CHUNKED), `${CHUNK}0\r\nx a\r\n\r\n`],
    met: terminated(BODY, parseError('Invalid header token', 'HPE_INVALID_HEADER_TOKEN')),
  },
  garbage: {
    sends: ['garbage\r\n\r\n'],
    met: failed(parseError('Expected HTTP/', 'HPE_INVALID_CONSTANT')),
  },
  'bytes of TLS': {
    sends: ['\u0015\u0003\u0003\u0000\u0002\u0002\u0028'],
    met: failed(parseError('Expected HTTP/', 'HPE_INVALID_CONSTANT')),
  },
  'a version that nobody has': {
    sends: [head('HTTP/3.0 200 OK', LENGTH), BODY],
    met: failed(parseError('Invalid HTTP version', 'HPE_INVALID_VERSION')),
  },
  'a status that is no number': {
    sends: [head('HTTP/1.1 abc OK'), BODY],
    met: failed(parseError('Invalid status code', 'HPE_INVALID_STATUS')),
  },
  'a status of four digits': {
    sends: [head('HTTP/1.1 2000 OK', LENGTH), BODY],
    met: failed(parseError('Invalid response status', 'HPE_INVALID_STATUS')),
  },
  'line breaks before it': { sends: [`\r\n\r\n${ok(LENGTH)}${BODY}`], met: whole() },
  'a line break without a return': {
    sends: [`HTTP/1.1 200 OK\n${LENGTH}\n\n${BODY}`],
    met: failed(parseError('Missing expected CR after response line', 'HPE_CR_EXPECTED')),
  },
  'a header without a colon': {
    sends: [ok('nothing'), BODY],
    met: failed(parseError('Invalid header token', 'HPE_INVALID_HEADER_TOKEN')),
  },
  'a control character in a header': {
    sends: [ok('x-a: a\u0001b'), BODY],
    met: failed(parseError('Invalid header value char', 'HPE_INVALID_HEADER_TOKEN')),
  },
  'a head that is too large': {
    sends: [ok(`x-a: ${'v'.repeat(17_000)}`), BODY],
    met: failed('HeadersOverflowError Headers Overflow Error UND_ERR_HEADERS_OVERFLOW'),
  },
  'a large head': { sends: [ok(LENGTH, `x-a: ${'v'.repeat(16_000)}`), BODY], met: whole() },
  'a length that is no number': {
    sends: [ok('content-length: abc'), BODY],
    met: failed(parseError('Invalid character in Content-Length', 'HPE_INVALID_CONTENT_LENGTH')),
  },
  'an empty length': {
    sends: [ok('content-length: '), BODY],
    met: failed(parseError('Empty Content-Length', 'HPE_INVALID_CONTENT_LENGTH')),
  },
  'an early hint': { sends: [head('HTTP/1.1 103 Early Hints'), ok(LENGTH), BODY], met: whole() },
  'a Continue that nobody asked for': {
    sends: [head('HTTP/1.1 100 Continue'), ok(LENGTH), BODY],
    met: failed('SocketError bad response UND_ERR_SOCKET'),
  },
  'an upgrade that nobody asked for': {
    sends: [head('HTTP/1.1 101 Switching', 'connection: upgrade', 'upgrade: x'), BODY],
    met: failed('SocketError bad upgrade UND_ERR_SOCKET'),
  },
  'no reason': { sends: [head('HTTP/1.1 200', LENGTH), BODY], met: { ...whole(), statusText: '' } },
  'an odd status': {
    sends: [head('HTTP/1.1 999 Odd', LENGTH), BODY],
    met: { ...whole(BODY, 999), statusText: 'Odd' },
  },
  'a 204 with a body': { sends: [head('HTTP/1.1 204 No Content'), BODY], met: whole(null, 204) },
  'a 205 with a body': { sends: [head('HTTP/1.1 205 R', LENGTH), BODY], met: whole(null, 205) },
  'a 304 with a length': { sends: [head('HTTP/1.1 304 N', LENGTH)], met: whole(null, 304) },
  'HEAD with a length': { sends: [ok(LENGTH)], method: 'HEAD', met: whole(null) },
  'HEAD, reset': { sends: [ok()], end: 'reset', method: 'HEAD', met: whole(null) },
  'headers that repeat': {
    sends: [ok(LENGTH, 'X-A: b', 'x-a:  \u00e9'), BODY],
    met: { ...whole(), headers: { 'content-length': '19', 'x-a': 'b, \u00e9' } },
  },
};

const isOldFetch = Number(process.versions.undici?.split('.')[0]) < 7;

/** What Node's own `fetch` says of these may differ from release to release. */
function comparable(met: Met, kind: DoorName): Met {
  if (kind === 'in process' || met.error === undefined) return met;
  // Undici 7.29 lost the codes of its parser, and each parser has its own words.
  const error = met.error.replace(/(HTTP\/1\.1 protocol) \(.*$/, '$1');
  // Node 20 reads a reset behind bytes as an end, more often than not; the reset was sent.
  return {
    ...met,
    error: isOldFetch ? error.replace(/< .*(?:closed|RESET|MISMATCH).*/, '< closed') : error,
  };
}

const interceptor = createInterceptor();
const surroundings = () => ({ intercept: interceptor.intercept });

describeDoors(
  'what fetch makes of',
  {},
  (door, kind) => {
    test.each(Object.entries(CASES))('%s', async (_name, example) => {
      const { sends, end = 'close', method = 'POST' } = example;
      interceptor.answerWith(sends, end);
      const { emulator, host } = door();
      const init = { method, ...(method === 'POST' ? { body: '{"prompt":"Why?"}' } : {}) };
      const url = `http://${host}/`;
      const isInProcess = kind === 'in process';
      const met = await meet(
        isInProcess ? emulator.fetch(new Request(url, init)) : fetch(url, init),
      );
      const wanted = (!isInProcess && isOldFetch ? example.metBefore7 : undefined) ?? example.met;
      expect(comparable(met, kind)).toMatchObject(comparable(wanted, kind));
      expect('error' in met).toBe('error' in wanted);
    });
  },
  surroundings,
);
