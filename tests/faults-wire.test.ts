import { describe, expect, test } from 'vitest';
import type { Fault } from '../src/scenarios/fault.ts';
import { badChunk } from '../src/scenarios/faults/bad-chunk.ts';
import { close } from '../src/scenarios/faults/close.ts';
import { contentLength } from '../src/scenarios/faults/content-length.ts';
import { dribble } from '../src/scenarios/faults/dribble.ts';
import { emptyReply } from '../src/scenarios/faults/empty-reply.ts';
import { garbage } from '../src/scenarios/faults/garbage.ts';
import { missingLastChunk } from '../src/scenarios/faults/missing-last-chunk.ts';
import { reset } from '../src/scenarios/faults/reset.ts';
import { split } from '../src/scenarios/faults/split.ts';
import { stall } from '../src/scenarios/faults/stall.ts';
import { truncate } from '../src/scenarios/faults/truncate.ts';
import type { Outcome, Reply } from '../src/scenarios/outcome.ts';
import { latin1 } from '../src/scenarios/wire.ts';
import { arrive, PLAIN, play, playWire, streamed, TEXT } from './fault-world.ts';

describe.each([
  { fault: reset, end: 'reset' },
  { fault: close, end: 'close' },
])('$end', ({ fault, end }) => {
  test('before the headers, nobody is asked', async () => {
    const played = await play(fault, {});
    expect(played).toMatchObject({ head: '', body: '', end, wasAsked: false });
  });

  test('after bytes of the body', async () => {
    const played = await play(fault, { afterBytes: 12 });
    expect(played).toMatchObject({ body: '{"prompt":"G', end, wasAsked: true });
    expect(played.head).toContain('content-length: 27\r\n');
    // Some clients would take it for whole if the end had been announced.
    expect(played.head).toContain('Connection: keep-alive\r\n');
  });

  test('right behind the headers', async () => {
    const played = await play(fault, { afterBytes: 0 });
    expect(played.head).toMatch(/\r\n\r\n$/);
    expect(played.body).toBe('');
  });

  test('after bytes of a stream, which are not those of its framing', async () => {
    const { reply, seen } = streamed(['abc', 'def', 'ghi']);
    const played = await play(fault, { afterBytes: 4 }, { reply });
    expect(played).toMatchObject({ body: '3\r\nabc\r\n1\r\nd\r\n', end });
    expect(seen).toEqual({ isOver: true, taken: 2 });
  });

  test('never behind the whole answer', async () => {
    expect((await play(fault, { afterBytes: 27 })).body).toBe(TEXT.slice(0, -1));
    const head = await play(fault, { afterBytes: 9 }, { exchange: arrive({ method: 'HEAD' }) });
    expect(head.head).toMatch(/\r\n\r$/);
    const empty = { ...PLAIN, status: 204, body: '' };
    expect((await play(fault, { afterBytes: 9 }, { reply: empty })).head).toMatch(/\r\n\r$/);
  });
});

test('an empty reply is not a byte', async () => {
  const played = await play(emptyReply, {});
  expect(played).toMatchObject({ bytes: Buffer.alloc(0), end: 'close', wasAsked: false });
});

describe('content-length', () => {
  test.each([
    [5, '32'],
    [-5, '22'],
    [-100, '0'],
  ])('%i more than the truth', async (by, announced) => {
    const played = await play(contentLength, { by });
    expect(played.head).toContain(`content-length: ${announced}\r\n`);
    expect(played).toMatchObject({ body: PLAIN.body, end: 'close' });
  });

  test('of a stream, once it is known', async () => {
    const { reply } = streamed(['abc', 'def']);
    const played = await play(contentLength, { by: 1 }, { reply });
    expect(played.head).toContain('content-length: 7\r\n');
    expect(played.head).not.toMatch(/transfer-encoding/i);
    expect(played.body).toBe('abcdef');
  });

  test('a stream without an end is not waited for', async () => {
    const { reply, seen } = streamed(Array(2000).fill('x'.repeat(1024)));
    const played = await play(contentLength, { by: 1 }, { reply });
    expect(played.body.length).toBe(1024 * 1024);
    expect(seen).toEqual({ isOver: true, taken: 1024 });
  });

  test('HEAD tells the same lie', async () => {
    const played = await play(contentLength, { by: 5 }, { exchange: arrive({ method: 'HEAD' }) });
    expect(played.head).toContain('content-length: 32\r\n');
    expect(played.body).toBe('');
  });
});

describe('truncate', () => {
  test.each([
    [{ fraction: 0.5 }, 13],
    [{ fraction: 0 }, 0],
    [{ bytes: 3 }, 3],
    [{ bytes: 3000 }, 26],
  ])('%j', async (written, bytes) => {
    const { head, body, end } = await play(truncate, written);
    expect(Buffer.from(body).toString()).toBe(Buffer.from(TEXT).subarray(0, bytes).toString());
    expect(head).toContain('content-length: 27\r\n');
    expect(end).toBe('close');
  });

  test.each([
    ['{"prompt":"a longer text"}', '{"prompt":"a long'],
    ['{"prompt":"a \\"quoted\\" text"}', '{"prompt":"a \\"quot'],
    ['{"prompt":""}', '{"pro'],
    ['""', '"'],
    ['Internal Server Error', 'Internal S'],
  ])('inside the JSON of %s', async (body, expected) => {
    for (const written of [{}, { insideJson: true }]) {
      const played = await play(truncate, written, { reply: { ...PLAIN, body } });
      expect(played.body).toBe(expected);
      expect(() => JSON.parse(played.body)).toThrow();
    }
  });

  test('with the length of what is sent, only the content is broken', async () => {
    const written = { fraction: 0.5, contentLength: 'cut' };
    const played = await play(truncate, written);
    expect(played.head).toContain('content-length: 13\r\n');
    expect(played.body).toBe('{"prompt":"Gr');
    const { reply } = streamed(['abc', 'def']);
    const stream = await play(truncate, written, { reply });
    expect(stream.body).toBe('3\r\nabc\r\n0\r\n\r\n');
    const head = await play(truncate, written, { exchange: arrive({ method: 'HEAD' }) });
    expect(head.head).toMatch(/\r\ncontent-length: 27\r\n[\s\S]*\r\n\r\n$/);
  });

  test('a stream breaks off in its chunks', async () => {
    const { reply } = streamed(['abc', 'def']);
    const played = await play(truncate, { fraction: 0.7 }, { reply });
    expect(played.body).toBe('3\r\nabc\r\n1\r\nd\r\n');
  });

  test('a stream without an end is not waited for', async () => {
    const { reply, seen } = streamed(Array(2000).fill('x'.repeat(1024)));
    await play(truncate, { fraction: 0.5 }, { reply });
    expect(seen).toEqual({ isOver: true, taken: 1024 });
  });
});

describe('garbage', () => {
  test('follows from the seed, and no status line begins so', async () => {
    const bytesOf = async (seed: string) =>
      (await play(garbage, { bytes: 100 }, { exchange: arrive({ seed }) })).bytes;
    const one = await bytesOf('one');
    expect(one).toEqual(await bytesOf('one'));
    expect(one).not.toEqual(await bytesOf('two'));
    expect(one.length).toBe(100);
    expect(one[0]).toBeGreaterThanOrEqual(0x80);
  });

  test('may be the greeting of another protocol', async () => {
    const played = await play(garbage, { text: 'SSH-2.0-x\r\n' });
    expect(played).toMatchObject({ head: 'SSH-2.0-x\r\n', end: 'close', wasAsked: false });
  });
});

describe('chunks', () => {
  test('one has a size that is none', async () => {
    const played = await play(badChunk, { afterBytes: 10, size: 'zz' });
    expect(played.head).toMatch(/\r\nTransfer-Encoding: chunked\r\n/);
    expect(played.head).not.toMatch(/content-length/i);
    expect(played.body).toMatch(/^a\r\n\{"prompt":\r\nzz\r\n"Grüße, world"\}/);
  });

  test('the last one is missing', async () => {
    const { reply } = streamed(['abc', 'def']);
    const played = await play(missingLastChunk, {}, { reply });
    expect(played).toMatchObject({ body: '3\r\nabc\r\n3\r\ndef\r\n', end: 'close' });
    const plain = await play(missingLastChunk, {});
    expect(plain.head).toMatch(/\r\nTransfer-Encoding: chunked\r\n/);
    expect(plain.body).toBe(`1b\r\n${PLAIN.body}\r\n`);
  });
});

describe('split', () => {
  const splitAt = async (at: unknown, body: string) => {
    const reply: Reply = { ...PLAIN, body };
    const { sent, endMs } = await play(split, { at, interval: 2 }, { reply });
    const pieces = sent.map(([, text]) => text);
    expect(pieces.join('')).toBe(Buffer.from(body).toString('latin1'));
    expect(endMs).toBe(2 * (pieces.length - 1));
    return pieces;
  };

  test.each([
    ['at offsets', [1, 4, 99], 'abcdef', ['a', 'bcd', 'ef']],
    ['at every byte', 'every-byte', 'abc', ['a', 'b', 'c']],
    ['inside a character', 'utf-8', 'aü€b', ['aÃ', '¼â', '\x82', '¬b']],
    ['inside an escape', 'json-escape', '"a\\n\\u00fc\\\\"', ['"a\\', 'n\\', 'u00', 'fc\\', '\\"']],
    [
      'inside a delimiter',
      'sse-delimiter',
      'data: a\n\ndata: b\r\n\r\n',
      ['data: a\n', '\ndata: b\r', '\n', '\r', '\n'],
    ],
  ])('%s', async (_name, at, body, expected) => {
    expect(await splitAt(at, body)).toEqual(expected);
  });

  test('a body without such a place stays whole, and the journal hears of it', async () => {
    const notes: string[] = [];
    const exchange = arrive({ note: (text) => notes.push(text) });
    const reply: Reply = { ...PLAIN, body: 'ascii' };
    const played = await play(split, { at: 'utf-8' }, { reply, exchange });
    expect(played.sent).toEqual([[0, 'ascii']]);
    expect(notes).toEqual(['left whole: there is no such place in the body']);
    await play(split, { at: 'utf-8' }, { exchange });
    expect(notes.length).toBe(1);
  });

  test('in a stream, over the bounds of its pieces', async () => {
    const { reply } = streamed(['a\n', '\nb\n\n']);
    const played = await play(split, { at: 'sse-delimiter' }, { reply });
    expect(played.sent.map(([, text]) => text)).toEqual([
      '2\r\na\n\r\n',
      '3\r\n\nb\n\r\n',
      '1\r\n\n\r\n',
      '0\r\n\r\n',
    ]);
    expect(played.endMs).toBe(5);
  });
});

describe('faults around faults', () => {
  /** The first is outermost, as in a step. */
  async function wrap(
    faults: readonly (readonly [Fault, Record<string, unknown>])[],
    reply = PLAIN,
  ) {
    const exchange = arrive();
    const core = async (): Promise<Outcome> => ({ kind: 'reply', reply });
    const outcome = faults.reduceRight(
      (next, [fault, written]) =>
        () =>
          fault.effect(fault.options.parse(written))(exchange, next),
      core,
    );
    return playWire(await outcome(), exchange.clock);
  }

  test('the outer one meets a body, not the framing of the inner one', async () => {
    const { reply } = streamed(['one two', ' three'], 'text/plain');
    const played = await wrap(
      [
        [stall, { afterTokens: 2 }],
        [dribble, { chunkBytes: 4, interval: 10 }],
      ],
      reply,
    );
    expect(played.sent).toEqual([
      [0, '4\r\none \r\n'],
      [10, '3\r\ntwo\r\n'],
    ]);
    expect(played.end).toBe('hang');
    expect(played.head).toContain('Connection: keep-alive\r\n');
  });

  test('the outer one finds the end, wherever the inner one has cut', async () => {
    const chunked = await wrap([
      [missingLastChunk, {}],
      [split, { at: [20] }],
    ]);
    expect(chunked.body).toBe('14\r\n{"prompt":"Grüße, \r\n7\r\nworld"}\r\n');
    for (const inner of [
      [split, { at: 'every-byte' }],
      [dribble, { chunkBytes: 4 }],
    ] as const) {
      expect((await wrap([[reset, { afterBytes: 500 }], inner])).body).toBe(TEXT.slice(0, -1));
    }
  });

  test('what was garbage stays garbage', async () => {
    const played = await wrap([
      [reset, { afterBytes: 5 }],
      [garbage, { text: 'no HTTP' }],
    ]);
    expect(played).toMatchObject({ head: 'no HTTP', end: 'reset' });
  });

  test('bytes from elsewhere have a body behind the first empty line, framed as it is', async () => {
    const exchange = arrive();
    const pieces = ['HTTP/1.1 200 OK\r', '\nx: y\r\r\n\r', '\n4\r\nbody\r\n'];
    const core = async (): Promise<Outcome> => ({
      kind: 'wire',
      reply: null,
      wire: { steps: pieces.map((text) => ({ kind: 'send', bytes: latin1(text) })), end: 'reset' },
    });
    const head = 'HTTP/1.1 200 OK\r\nx: y\r\r\n\r\n';
    const closed = await playWire(
      await close.effect({ afterBytes: 5 })(exchange, core),
      exchange.clock,
    );
    expect(closed.bytes.toString()).toBe(`${head}4\r\nbo`);
    const bad = await playWire(
      await badChunk.effect({ afterBytes: 99, size: 'zz' })(exchange, core),
      exchange.clock,
    );
    expect(bad.bytes.toString()).toBe(`${head}4\r\nbody\r\n`);
  });

  test('who has left meets none of them', async () => {
    const abandoned = { kind: 'abandoned' } as const;
    const outcome = await split.effect(split.options.parse({}))(arrive(), async () => abandoned);
    expect(outcome).toBe(abandoned);
  });
});

const REFUSED: readonly (readonly [Fault, Record<string, unknown>, string])[] = [
  [reset, { afterBytes: 1.5 }, 'expected int'],
  [contentLength, { by: 0 }, 'must not be 0, which is the true length'],
  [truncate, { fraction: 1 }, '<1'],
  [truncate, { fraction: 0.5, bytes: 3 }, 'needs one of "fraction", "bytes" and "insideJson"'],
  [garbage, { bytes: 3, text: 'x' }, 'stands beside "bytes"; give one of them'],
  [garbage, { bytes: 100_000 }, '<=65536'],
  [badChunk, { size: '1f' }, 'is a proper size; write one that is not'],
  [badChunk, { size: '1f\r\n' }, 'must be up to 64 characters of printable ASCII'],
  [split, { at: [0] }, '>=1'],
  [split, { at: 'utf8' }, 'Invalid input'],
];

test.each(
  REFUSED.map(([fault, written, reason]) => ({ kind: fault.kind, fault, written, reason })),
)('$kind refuses $written', ({ fault, written, reason }) => {
  const error = fault.options.safeParse(written).error;
  expect(JSON.stringify(error?.issues).replaceAll('\\"', '"')).toContain(reason);
});
