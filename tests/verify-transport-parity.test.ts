import { expect, test } from 'vitest';
import { createRandom } from '../src/scenarios/random.ts';
import { createAnswerReader } from '../src/verify/node/transport/read-answer.ts';
import { readByNode } from './mutants/node-client.ts';
import { LIMITS } from './mutants/probe.ts';

const OK = 'HTTP/1.1 200 OK\r\n';

const ANSWERS = [
  `${OK}content-type: application/json\r\ncontent-length: 15\r\n\r\n{"prompt": "x"}`,
  `${OK}Transfer-Encoding: chunked\r\nX: y\r\n\r\n5\r\n{"pro\r\na;e=1\r\nmpt": "x"}\r\n0\r\n\r\n`,
  `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\n{"pro\r\n00A\r\nmpt": "x"}\r\n0\r\nTrail: er\r\n\r\n`,
  `${OK}content-type: application/json\r\n\r\n{"prompt": "x"}`,
  'HTTP/1.0 200 OK\r\ncontent-length: 15\r\n\r\n{"prompt": "x"}',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 422 Unprocessable\r\nContent-Length: 2\r\n\r\n{}',
  'HTTP/1.1 204 No Content\r\n\r\n',
];

const PIECES = [
  ...['\r\n', '\n', '\r', '\r\n\r\n', '0', '9', 'a', 'F', ' ', '\t', ':', ';', '-', '+', ',', '{'],
  ...['\x00', '\xff', 'HTTP/1.1', 'Content-Length: 2\r\n', 'Transfer-Encoding: chunked\r\n'],
  'Connection: close\r\n',
];

/** An answer with one to three changes. */
function mutant(seed: string): string {
  const random = createRandom(seed);
  const pick = (from: readonly string[]) => from[random.integer(0, from.length - 1)] ?? '';
  let bytes = pick(ANSWERS);
  for (let changes = random.integer(0, 3); changes > 0; changes -= 1) {
    const at = random.integer(0, bytes.length);
    const piece = pick(PIECES);
    const dropped =
      [0, piece.length, random.integer(1, 3), bytes.length][random.integer(0, 3)] ?? 0;
    const inserted = random.chance(0.5) ? piece : '';
    bytes = bytes.slice(0, at) + inserted + bytes.slice(at + dropped);
  }
  return bytes;
}

function readByUs(bytes: Buffer) {
  const reader = createAnswerReader('POST', LIMITS);
  const end = reader.push(bytes) ?? reader.closed();
  const message = reader.message();
  if (end !== 'whole' || message === null) return { kind: 'failure' as const, end };
  const body = Buffer.from(message.body).toString('latin1');
  return { kind: 'answer' as const, status: message.status, headers: message.headers.flat(), body };
}

/** Where Node is content, and why we are not. */
const STRICTER =
  /came after the end|was not asked for|of HTTP\/1\.0 has Trans|status line|an empty line|is no size/;

/** Where Node is not: it reads what nobody uses, extensions, trailers, headers of interim answers. */
const NODE_STRICTER = /^(?:HPE_STRICT|HPE_INVALID_CONTENT_LENGTH|HPE_CLOSED_CONNECTION)$/;

test("agrees with Node's own client on what an answer is, and what it says", async () => {
  let agreed = 0;
  for (let index = 0; index < 3000; index += 1) {
    const seed = `parity ${index}`;
    const text = mutant(seed);
    const bytes = Buffer.from(text, 'latin1');
    const ours = readByUs(bytes);
    const node = await readByNode(bytes);
    const context = `seed "${seed}": ${JSON.stringify(text)}`;
    if (node.kind === 'answer' && ours.kind === 'failure') {
      expect(ours.end, context).toHaveProperty('detail', expect.stringMatching(STRICTER));
    } else if (node.kind === 'failure' && ours.kind === 'answer') {
      expect(node.reason, context).toMatch(NODE_STRICTER);
    } else if (node.kind === 'answer') {
      expect(ours, context).toEqual(node);
      agreed += 1;
    }
  }
  // Otherwise all of them were broken, and nothing was compared.
  expect(agreed).toBeGreaterThan(500);
});
