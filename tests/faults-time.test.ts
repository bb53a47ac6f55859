import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import type { Fault } from '../src/scenarios/fault.ts';
import { bandwidth } from '../src/scenarios/faults/bandwidth.ts';
import { dribble } from '../src/scenarios/faults/dribble.ts';
import { hang } from '../src/scenarios/faults/hang.ts';
import { latency } from '../src/scenarios/faults/latency.ts';
import { pace } from '../src/scenarios/faults/pace.ts';
import { slowClose } from '../src/scenarios/faults/slow-close.ts';
import { stall } from '../src/scenarios/faults/stall.ts';
import type { Outcome, Reply } from '../src/scenarios/outcome.ts';
import { createPacer } from '../src/scenarios/wire-edits/pacer.ts';
import { arrive, PLAIN, play, streamed } from './fault-world.ts';

const EVENTS = ['data: one\n\n', ': still here\n\n', 'data: two\n\ndata: thr', 'ee\n\n'];

describe('latency', () => {
  test('waits as long as the ramp is at this point, then asks', async () => {
    const effect = latency.effect(
      latency.options.parse({ latency: { from: 0, to: '10s', overRequests: 10 } }),
    );
    const exchange = arrive({ point: { requests: 4, elapsedMs: 0 } });
    let askedMs = -1;
    const outcome = effect(exchange, async () => {
      askedMs = exchange.clock.now();
      return { kind: 'reply', reply: PLAIN };
    });
    await exchange.clock.advance(3999);
    expect(askedMs).toBe(-1);
    await exchange.clock.advance(1);
    expect(await outcome).toEqual({ kind: 'reply', reply: PLAIN });
    expect(askedMs).toBe(4000);
  });

  test('a client that leaves ends the wait', async () => {
    const leaving = new AbortController();
    const effect = latency.effect(latency.options.parse({ latency: '1h' }));
    const outcome = effect(arrive({ signal: leaving.signal }), async () => {
      throw new Error('was asked');
    });
    leaving.abort(new Error('left'));
    await expect(outcome).rejects.toThrow('left');
  });
});

describe('hang', () => {
  test('says nothing and asks nobody', async () => {
    const played = await play(hang, {});
    expect(played).toMatchObject({ head: '', body: '', end: 'hang', endMs: 0, wasAsked: false });
  });

  test('closes when it is told when', async () => {
    const played = await play(hang, { closeAfter: '30s' });
    expect(played).toMatchObject({ head: '', body: '', end: 'close', endMs: 30_000 });
  });
});

describe('dribble', () => {
  test('sends the body in pieces with pauses between, the head at once', async () => {
    const played = await play(dribble, { chunkBytes: 8, interval: 20 });
    expect(played.head).toContain('content-length: 27\r\n');
    expect(played.head).toContain('Connection: close\r\n');
    expect(played.sent.map(([atMs, { length }]) => [atMs, length])).toEqual([
      [0, 8],
      [20, 8],
      [40, 8],
      [60, 3],
    ]);
    expect(played).toMatchObject({ body: PLAIN.body, end: 'close' });
  });

  test('has slow headers on demand', async () => {
    const written = { chunkBytes: 1, interval: 10, includeHead: true };
    const { bytes, endMs } = await play(dribble, written);
    expect(endMs).toBe(10 * (bytes.length - 1));
  });

  test('of a stream every piece is a chunk', async () => {
    const { reply } = streamed(['abcd', 'ef']);
    const played = await play(dribble, { chunkBytes: 3, interval: 5 }, { reply });
    expect(played.head).toContain('Transfer-Encoding: chunked\r\n');
    expect(played.sent).toEqual([
      [0, '3\r\nabc\r\n'],
      [5, '1\r\nd\r\n'],
      [10, '2\r\nef\r\n'],
      [10, '0\r\n\r\n'],
    ]);
  });
});

describe('bandwidth', () => {
  test('never sends more than the line carries, and takes as long as it must', async () => {
    const reply: Reply = { ...PLAIN, body: 'x'.repeat(5000) };
    const exchange = arrive();
    const outcome = await bandwidth.effect({ bytesPerSecond: 1000 })(exchange, async () => ({
      kind: 'reply',
      reply,
    }));
    if (outcome.kind !== 'wire') throw new Error('is no wire');
    let sentBytes = 0;
    for await (const step of outcome.wire.steps) {
      if (step.kind === 'wait') await exchange.clock.advance(step.durationMs);
      else sentBytes += step.bytes.length;
      expect(sentBytes).toBeLessThanOrEqual(exchange.clock.now() + 1e-6);
    }
    expect(sentBytes).toBeGreaterThan(5000);
    expect(exchange.clock.now()).toBeCloseTo(sentBytes, 6);
  });

  test('timers that are late are made up for, a reader that was slow is not', async () => {
    const clock = createVirtualClock();
    const dueIn = createPacer(clock);
    expect(dueIn(20)).toBe(20);
    await clock.advance(23);
    expect(dueIn(20)).toBe(17);
    await clock.advance(10_000);
    expect([dueIn(20), dueIn(20), dueIn(20)]).toEqual([0, 0, 10]);
  });
});

describe('stall', () => {
  test('after bytes, for ever, the connection open', async () => {
    const played = await play(stall, { afterBytes: 10 });
    expect(played).toMatchObject({ body: '{"prompt":', end: 'hang', endMs: 0, wasAsked: true });
    expect(played.head).toContain('content-length: 27\r\n');
  });

  test('after bytes, until it resumes', async () => {
    const played = await play(stall, { afterBytes: 10, resumeAfter: '2s' });
    expect(played.sent).toEqual([
      [0, '{"prompt":'],
      [2000, Buffer.from('"Grüße, world"}').toString('latin1')],
    ]);
    expect(played.end).toBe('close');
  });

  test('after words, where there are no events', async () => {
    const { reply } = streamed(['one', ' two th', 'ree four'], 'text/plain');
    const played = await play(stall, { afterTokens: 3 }, { reply });
    expect(played.sent.map(([, text]) => text)).toEqual([
      '3\r\none\r\n',
      '7\r\n two th\r\n',
      '3\r\nree\r\n',
    ]);
  });

  test.each(['\n', '\r', '\r\n'])('after events, line ends being %j', async (lineEnd) => {
    const events = EVENTS.map((text) => text.replaceAll('\n', lineEnd));
    const { reply } = streamed(events);
    const played = await play(stall, { afterTokens: 2 }, { reply });
    const unframed = played.sent.map(([, text]) => text.slice(text.indexOf('\n') + 1, -2)).join('');
    const expected = 'data: one\n\n: still here\n\ndata: two\n\n';
    expect(unframed).toBe(expected.replaceAll('\n', lineEnd));
  });

  test.each([{ afterBytes: 27 }, { afterBytes: 5000 }, { afterTokens: 99 }])(
    'something is missing even when %j is more than there is',
    async (options) => {
      const played = await play(stall, options);
      expect(played.body).toBe('{"prompt":"Grüße, world"');
      const { reply } = streamed(['ab']);
      expect((await play(stall, options, { reply })).body).toBe('2\r\nab\r\n');
    },
  );

  test('what streams is let go when nothing more is sent', async () => {
    const { reply, seen } = streamed(['one ', 'two ', 'three ', 'four'], 'text/plain');
    await play(stall, { afterTokens: 2 }, { reply });
    expect(seen).toEqual({ isOver: true, taken: 2 });
  });
});

describe('slow-close', () => {
  test('says everything, and closes later', async () => {
    const played = await play(slowClose, { after: '2s' });
    expect(played).toMatchObject({ body: PLAIN.body, end: 'close', endMs: 2000 });
    expect(played.sent.every(([atMs]) => atMs === 0)).toBe(true);
    expect(played.head).toContain('content-length: 27\r\n');
  });

  test('only the close ends the body, on demand', async () => {
    const plain = await play(slowClose, { untilClose: true });
    expect(plain.head).not.toMatch(/content-length|transfer-encoding/i);
    expect(plain.body).toBe(PLAIN.body);
    const { reply } = streamed(['ab', 'cd']);
    const stream = await play(slowClose, { untilClose: true }, { reply });
    expect(stream.head).not.toMatch(/content-length|transfer-encoding/i);
    expect(stream).toMatchObject({ body: 'abcd', endMs: 5000 });
  });
});

describe('pace', () => {
  /** The tokens of a paced stream with their times. */
  async function listen(outcome: Outcome, exchange: ReturnType<typeof arrive>) {
    if (outcome.kind !== 'reply' || typeof outcome.reply.body !== 'object') throw new Error();
    const heard: [number, string][] = [];
    const listening = (async () => {
      for await (const token of outcome.reply.body as AsyncIterable<string>) {
        heard.push([exchange.clock.now(), token]);
      }
    })();
    await exchange.clock.whenSleeping();
    await exchange.clock.advance(60_000);
    await listening;
    return heard;
  }

  async function pacedBy(written: Record<string, unknown>, reply: Reply, seed = 'pace') {
    const exchange = arrive({ seed });
    const effect = pace.effect(pace.options.parse(written));
    return listen(await effect(exchange, async () => ({ kind: 'reply', reply })), exchange);
  }

  test('tokens come one by one, each at its time', async () => {
    const heard = await pacedBy(
      { timeToFirstToken: '400ms', tokensPerSecond: 10 },
      streamed(['one two', ' three\n'], 'text/plain').reply,
    );
    expect(heard).toEqual([
      [400, 'one'],
      [500, ' two'],
      [600, ' three'],
      [700, '\n'],
    ]);
  });

  test('events stay whole', async () => {
    const { reply } = streamed(['data: a b\n\ndata: c\n\n', 'data: d\n\n']);
    const heard = await pacedBy({ tokensPerSecond: 2 }, reply);
    expect(heard).toEqual([
      [0, 'data: a b\n\n'],
      [500, 'data: c\n\n'],
      [1000, 'data: d\n\n'],
    ]);
  });

  test('jitter is bounded, and follows from the seed', async () => {
    const words = Array.from({ length: 200 }, (_, index) => ` ${index}`);
    const times = async (seed: string) => {
      const { reply } = streamed(words, 'text/plain');
      const heard = await pacedBy({ tokensPerSecond: 10, jitter: 0.5 }, reply, seed);
      return heard.map(([atMs]) => atMs);
    };
    const one = await times('one');
    expect(one).toEqual(await times('one'));
    expect(one).not.toEqual(await times('two'));
    const gaps = one.slice(1).map((atMs, index) => atMs - (one[index] ?? 0));
    for (const gap of gaps) {
      expect(gap).toBeGreaterThanOrEqual(50 - 1e-6);
      expect(gap).toBeLessThanOrEqual(150 + 1e-6);
    }
    expect(Math.min(...gaps)).toBeLessThan(60);
    expect(Math.max(...gaps)).toBeGreaterThan(140);
  });

  test('a reply that is not streamed comes whole when its stream would end', async () => {
    const exchange = arrive();
    const effect = pace.effect(pace.options.parse({ timeToFirstToken: 400, tokensPerSecond: 10 }));
    let isThere = false;
    const reply: Reply = { ...PLAIN, body: 'one two three' };
    const outcome = effect(exchange, async () => ({ kind: 'reply', reply })).then((ended) => {
      isThere = true;
      return ended;
    });
    await exchange.clock.whenSleeping();
    await exchange.clock.advance(599);
    expect(isThere).toBe(false);
    await exchange.clock.advance(1);
    expect(await outcome).toEqual({ kind: 'reply', reply });
  });
});

const REFUSED: readonly (readonly [Fault, Record<string, unknown>, string])[] = [
  [stall, { afterBytes: 1, afterTokens: 1 }, 'stands beside "afterBytes"; give one of them'],
  [stall, { afterTokens: 0 }, '>=1'],
  [stall, { afterBytes: -1 }, '>=0'],
  [stall, { resumeAfter: 'soon' }, 'or a duration such as "250ms"'],
  [hang, { closeAfter: '25h' }, 'of a day at most'],
  [dribble, { chunkBytes: 0 }, '>=1'],
  [dribble, { average_size: 3 }, 'Unrecognized key: "average_size"'],
  [bandwidth, {}, 'expected number, received undefined'],
  [pace, { tokensPerSecond: 0 }, '>=0.001'],
  [pace, { tokensPerSecond: 10, jitter: 2 }, '<=1'],
];

test.each(
  REFUSED.map(([fault, written, reason]) => ({ kind: fault.kind, fault, written, reason })),
)('$kind refuses $written', ({ fault, written, reason }) => {
  const messages = fault.options.safeParse(written).error?.issues.map(({ message }) => message);
  expect(messages?.join()).toContain(reason);
});
