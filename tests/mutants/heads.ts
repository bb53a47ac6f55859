import { gzipSync } from 'node:zlib';
import { good, type Mutant, replyOf, withBody, withHeader } from './mutant.ts';

const HTML = '<!DOCTYPE html><html><head><title>Error</title></head><body>Error</body></html>';

/** The status is not 200. */
export const STATUS_MUTANTS: readonly Mutant[] = [
  {
    name: 'status-201',
    summary: 'answers 201',
    expected: ['status-not-200'],
    reply: good((reply) => ({ ...reply, status: 201 })),
  },
  {
    name: 'status-204',
    summary: 'answers 204 without a body',
    expected: ['status-not-200', 'body-empty'],
    reply: good((reply) => ({ ...withBody(reply, ''), status: 204 })),
  },
  {
    name: 'status-500-json',
    summary: 'answers 500, with the right JSON',
    expected: ['server-error'],
    reply: good((reply) => ({ ...reply, status: 500 })),
  },
  {
    name: 'status-500-text',
    summary: 'crashes, as Starlette says it',
    expected: ['server-error'],
    reply: good(() => replyOf(500, 'text/plain; charset=utf-8', 'Internal Server Error')),
  },
  {
    name: 'status-502-html',
    summary: 'answers 502 with a page of a proxy',
    expected: ['server-error'],
    reply: good(() => replyOf(502, 'text/html', HTML)),
  },
  {
    name: 'status-503',
    summary: 'answers 503',
    expected: ['server-error'],
    reply: good(() => replyOf(503, 'application/json', '{"detail":"loading the model"}')),
  },
  {
    name: 'status-429',
    summary: 'answers 429',
    expected: ['rate-limited'],
    reply: () => replyOf(429, 'application/json', '{"detail":"too many requests"}'),
  },
  {
    name: 'status-401',
    summary: 'wants credentials',
    expected: ['unauthorized'],
    reply: () => replyOf(401, 'application/json', '{"detail":"Not authenticated"}'),
  },
  {
    name: 'status-404-text',
    summary: 'answers 404 with a text',
    expected: ['path-not-found', 'refusal-status', 'method-status'],
    reply: () => replyOf(404, 'text/plain', 'not found'),
  },
  {
    name: 'not-deployed',
    summary: "answers as Modal's front does where nothing is deployed",
    expected: ['not-deployed'],
    reply: () => replyOf(404, 'text/plain', 'modal-http: invalid function call\n'),
  },
  {
    name: 'function-timeout',
    summary: "answers as Modal's front does when the function ran too long",
    expected: ['function-timeout'],
    reply: () =>
      replyOf(500, 'text/plain', 'modal-http: internal error: function execution timed out\n'),
  },
  {
    name: 'method-refused',
    summary: 'takes GET only',
    expected: ['method-refused', 'method-accepted', 'refusal-status'],
    reply: ({ method, correct }) =>
      method === 'GET'
        ? replyOf(200, 'application/json', '{"prompt":"hello"}')
        : withHeader({ ...correct, ...replyOf(405, 'application/json', '{}') }, 'allow', 'GET'),
  },
];

/** Headers that lie, or are missing, or too many. */
export const HEADER_MUTANTS: readonly Mutant[] = [
  {
    name: 'content-type-missing',
    summary: 'leaves the Content-Type out',
    expected: ['content-type-missing'],
    reply: good((reply) => withHeader(reply, 'content-type', null)),
  },
  {
    name: 'content-type-text',
    summary: 'says text/plain',
    expected: ['content-type-wrong'],
    reply: good((reply) => withHeader(reply, 'content-type', 'text/plain')),
  },
  {
    name: 'content-type-html',
    summary: 'says text/html',
    expected: ['content-type-wrong'],
    reply: good((reply) => withHeader(reply, 'content-type', 'text/html; charset=utf-8')),
  },
  {
    name: 'charset-latin-1',
    summary: 'says that its JSON is latin-1',
    expected: ['charset-wrong'],
    reply: good((reply) => withHeader(reply, 'content-type', 'application/json; charset=latin1')),
  },
  {
    name: 'brotli-unasked',
    summary: 'says that the body is compressed by Brotli',
    expected: ['encoding-unasked'],
    reply: good((reply) => withHeader(reply, 'content-encoding', 'br')),
  },
  {
    name: 'gzip-announced',
    summary: 'says gzip, and does not compress',
    expected: ['encoding-mismatch'],
    reply: good((reply) => withHeader(reply, 'content-encoding', 'gzip')),
  },
  {
    name: 'gzip-undeclared',
    summary: 'compresses, and does not say so',
    expected: ['encoding-undeclared'],
    reply: good((reply) => withBody(reply, gzipSync(reply.body))),
  },
  {
    name: 'gzip-truncated',
    summary: 'cuts the compressed body off',
    expected: ['json-truncated'],
    reply: good((reply) => {
      const packed = gzipSync(reply.body);
      return withHeader(
        withBody(reply, packed.subarray(0, packed.length / 2)),
        'content-encoding',
        'gzip',
      );
    }),
  },
  {
    name: 'gzip-bomb',
    summary: 'unpacks to more than anybody can hold',
    expected: ['unpacks-too-large'],
    reply: good((reply) => withHeader(withBody(reply, BOMB), 'content-encoding', 'gzip')),
  },
  {
    name: 'head-flood',
    summary: 'sends a hundred thousand bytes of headers',
    expected: ['head-too-large'],
    reply: good((reply) => {
      const flood = Array.from({ length: 100 }, (_, index) => [`x-${index}`, 'x'.repeat(1000)]);
      return { ...reply, headers: [...reply.headers, ...(flood as [string, string][])] };
    }),
  },
  {
    name: 'head-of-many-lines',
    summary: "sends more headers than Python's client takes",
    expected: ['langchain-raises'],
    reply: good((reply) => {
      const many = Array.from({ length: 150 }, (_, index) => [`x-${index}`, '1']);
      return { ...reply, headers: [...reply.headers, ...(many as [string, string][])] };
    }),
  },
];

const BOMB = gzipSync(Buffer.alloc(80 * 1024 * 1024, ' '));
