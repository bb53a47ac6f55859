import type { Socket } from 'node:net';
import {
  type Asked,
  lengthOf,
  type Mutant,
  type MutantReply,
  render,
  type Writing,
} from './mutant.ts';

/** Writes good answers in a way of its own, and refusals as they should be. */
function wire(write: (socket: Socket, reply: MutantReply, asked: Asked) => void): Writing {
  return (socket, asked) => {
    const { correct } = asked;
    if (correct.status === 200) write(socket, correct, asked);
    else socket.end(render(correct, lengthOf(correct)));
  };
}

const CHUNKED = 'transfer-encoding: chunked\r\n';

function chunkOf(bytes: Buffer): Buffer {
  const end = Buffer.from('\r\n');
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, end]);
}

/** The answer begins, or ends, elsewhere than its head says. */
export const FRAMING_MUTANTS: readonly Mutant[] = [
  {
    name: 'length-too-short',
    summary: 'counts characters where bytes are meant, or forgets some',
    expected: ['body-long'],
    write: wire((socket, reply, { random }) => {
      const length = reply.body.length - random.integer(1, 10);
      socket.end(render(reply, `content-length: ${length}\r\n`));
    }),
  },
  {
    name: 'length-too-long',
    summary: 'promises more bytes than come',
    expected: ['body-short'],
    write: wire((socket, reply, { random }) => {
      const length = reply.body.length + random.integer(1, 500);
      socket.end(render(reply, `content-length: ${length}\r\n`));
    }),
  },
  {
    name: 'two-lengths',
    summary: 'gives two lengths',
    expected: ['not-http'],
    write: wire((socket, reply) => {
      socket.end(render(reply, `${lengthOf(reply)}content-length: 2\r\n`));
    }),
  },
  {
    name: 'length-and-chunks',
    summary: 'gives a length, and is chunked',
    expected: ['not-http'],
    write: wire((socket, reply) => {
      const body = Buffer.concat([chunkOf(reply.body), Buffer.from('0\r\n\r\n')]);
      socket.end(render({ ...reply, body }, lengthOf(reply) + CHUNKED));
    }),
  },
  {
    name: 'last-chunk-missing',
    summary: 'ends without the last chunk',
    expected: ['chunk-unfinished'],
    write: wire((socket, reply) => {
      socket.end(render({ ...reply, body: chunkOf(reply.body) }, CHUNKED));
    }),
  },
  {
    name: 'chunk-cut-off',
    summary: 'ends in the middle of a chunk',
    expected: ['chunk-unfinished'],
    write: wire((socket, reply, { random }) => {
      const chunk = chunkOf(reply.body);
      const body = chunk.subarray(0, random.integer(5, chunk.length - 3));
      socket.end(render({ ...reply, body }, CHUNKED));
    }),
  },
  {
    name: 'chunk-size-bad',
    summary: 'gives a size that is no number',
    expected: ['bad-chunk'],
    write: wire((socket, reply) => {
      const body = Buffer.concat([Buffer.from('zz\r\n'), reply.body, Buffer.from('\r\n0\r\n\r\n')]);
      socket.end(render({ ...reply, body }, CHUNKED));
    }),
  },
  {
    name: 'not-chunked',
    summary: 'says that it is chunked, and is not',
    expected: ['bad-chunk'],
    write: wire((socket, reply) => void socket.write(render(reply, CHUNKED))),
  },
  {
    name: 'reset-in-the-body',
    summary: 'resets the connection in the middle of the body',
    expected: ['reset'],
    write: wire((socket, reply) => {
      const whole = render(reply, lengthOf(reply));
      socket.write(whole.subarray(0, -5), () => socket.resetAndDestroy());
    }),
  },
  {
    name: 'reset-at-once',
    summary: 'resets the connection when it has the request',
    expected: ['reset'],
    write: (socket) => void socket.resetAndDestroy(),
  },
  {
    name: 'closed',
    summary: 'closes the connection without an answer',
    expected: ['closed'],
    write: (socket) => void socket.end(),
  },
  {
    name: 'closed-in-the-head',
    summary: 'closes the connection in the middle of the head',
    expected: ['closed'],
    write: (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-type: app'),
  },
  {
    name: 'garbage',
    summary: 'answers bytes that are no HTTP',
    expected: ['not-http'],
    write: (socket, { random }) => {
      const bytes = Array.from({ length: random.integer(8, 200) }, () => random.integer(128, 255));
      socket.end(Buffer.from(bytes));
    },
  },
  {
    name: 'json-without-head',
    summary: 'answers the JSON without a head',
    expected: ['not-http'],
    write: (socket, { correct }) => void socket.end(correct.body),
  },
  {
    name: 'endless-body',
    summary: 'never stops answering',
    expected: ['body-too-large'],
    write: wire((socket, reply) => {
      socket.write(render(reply, ''));
      const more = Buffer.alloc(65_536, ' ');
      const pour = () => {
        while (socket.writable && socket.write(more));
      };
      socket.on('drain', pour);
      pour();
    }),
  },
  {
    name: 'endless-head',
    summary: 'never stops sending headers',
    expected: ['head-too-large'],
    write: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = 'x-again: and again\r\n'.repeat(500);
      const pour = () => {
        while (socket.writable && socket.write(more));
      };
      socket.on('drain', pour);
      pour();
    },
  },
];

/** The answer comes late, or never. */
export const DELAY_MUTANTS: readonly Mutant[] = [
  {
    name: 'never-answers',
    summary: 'never answers',
    expected: ['answer-timeout'],
    timeoutMs: 60,
    write: () => {},
  },
  {
    name: 'late',
    summary: 'answers after the time is over',
    expected: ['answer-timeout'],
    timeoutMs: 60,
    write: wire((socket, reply) => {
      const timer = setTimeout(() => socket.end(render(reply, lengthOf(reply))), 400);
      socket.on('close', () => clearTimeout(timer));
    }),
  },
  {
    name: 'stops-in-the-body',
    summary: 'stops in the middle of the body, and keeps the connection',
    expected: ['body-timeout'],
    timeoutMs: 200,
    write: wire((socket, reply) => {
      socket.write(render(reply, lengthOf(reply)).subarray(0, -5));
    }),
  },
  {
    name: 'drips',
    summary: 'answers a byte at a time, and each of them late',
    expected: ['body-timeout'],
    timeoutMs: 200,
    write: wire((socket, reply) => {
      const whole = render(reply, lengthOf(reply));
      const headEnd = whole.indexOf('\r\n\r\n') + 4;
      let at = headEnd;
      socket.write(whole.subarray(0, headEnd));
      const timer = setInterval(() => {
        socket.write(whole.subarray(at, at + 1));
        at += 1;
      }, 20);
      socket.on('close', () => clearInterval(timer));
    }),
  },
];
