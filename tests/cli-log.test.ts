import { describe, expect, test } from 'vitest';
import { createJsonFormatter, createPrettyFormatter } from '../src/cli/log/format.ts';
import { createLineBuffer, type Sink } from '../src/cli/log/line-buffer.ts';
import { createLog, type LogOptions } from '../src/cli/log/log.ts';
import type { Diagnosis } from '../src/emulator/diagnosis/diagnosis.ts';
import type { ExchangeSummary } from '../src/emulator/journal.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';

const FAILURE: Diagnosis = {
  verdict: 'fails',
  exception: 'UnboundLocalError',
  message: 'cannot access local variable',
  because: 'The answer does not contain the prompt.',
  hint: 'Use --answer echo.',
};

function exchange(changes: Partial<ExchangeSummary> & { durationMs?: number }): ExchangeSummary {
  const { durationMs = 1.26, ...rest } = changes;
  const endedMs = Date.parse('2026-01-02T03:04:05.678Z');
  return {
    ordinal: 7,
    startedMs: endedMs - durationMs,
    endedMs,
    method: 'POST',
    target: '/',
    requestBytes: 17,
    status: 200,
    responseBytes: 24,
    wire: null,
    scenario: null,
    fault: null,
    diagnosis: null,
    ...rest,
  };
}

const pretty = (colors = false, debug = false) => {
  const format = createPrettyFormatter({ colors, debug });
  return ({ prompt = 'hi', ...changes }: Parameters<typeof exchange>[0] & { prompt?: string }) =>
    format('info', { kind: 'exchange', exchange: exchange(changes), promptOf: () => prompt });
};

describe('a pretty line', () => {
  test('has time, method, target, status, duration and bytes', () => {
    expect(pretty()({})).toBe('03:04:05.678Z POST / 200 1.3 ms 24 B\n');
  });

  test.each([
    [{ durationMs: 0.04 }, ' 0 ms '],
    [{ durationMs: 1500 }, ' 1.5 s '],
    [{ status: 422, responseBytes: 2048 }, ' 422 1.3 ms 2 KiB\n'],
    [{ status: 500, responseBytes: 3 * 1024 * 1024 }, ' 500 1.3 ms 3 MiB\n'],
    [{ status: null }, ' abandoned 1.3 ms\n'],
  ] as const)('of %j', (changes, part) => {
    expect(pretty()(changes)).toContain(part);
  });

  test('explains a kind of failure once and then only names it', () => {
    const line = pretty();
    const other = { ...FAILURE, exception: 'KeyError', hint: 'Answer under "prompt".' };
    expect(line({ diagnosis: FAILURE })).toBe(
      '03:04:05.678Z POST / 200 1.3 ms 24 B  LangChain: UnboundLocalError\n' +
        '    The answer does not contain the prompt.\n' +
        '    Use --answer echo.\n',
    );
    expect(line({ diagnosis: FAILURE })).toMatch(/ LangChain: UnboundLocalError\n$/);
    expect(line({ diagnosis: other })).toContain('Answer under "prompt".');
    expect(line({ diagnosis: { ...FAILURE, verdict: 'fine' } })).not.toContain('LangChain');
  });

  test('shows the prompt at the level debug alone', () => {
    expect(pretty(false, true)({ prompt: 'a\u001b[31mb\n' })).toContain(
      '\n    prompt "a\\u001b[31mb\\n"\n',
    );
    expect(pretty()({ prompt: 'secret' })).not.toContain('secret');
  });

  test('lets nothing from outside reach the terminal', () => {
    const evil = '/\u001b]0;title\u0007\u009b2J\r\n\u202e\u2028';
    const diagnosis = { ...FAILURE, because: evil, hint: evil, exception: evil };
    const text = pretty()({ target: evil, diagnosis });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    expect(text).toContain('/\\u001b]0;title\\u0007\\u009b2J\\r\\n\\u202e\\u2028');
    expect(text.split('\n')).toHaveLength(4);
  });

  test('clips what is long', () => {
    expect(pretty()({ target: `/${'a'.repeat(5000)}` }).length).toBeLessThan(300);
  });

  test('has colors only when asked', () => {
    expect(pretty(true)({})).toContain('\u001b[32m200\u001b[0m');
    expect(pretty(false)({ diagnosis: FAILURE })).not.toContain('\u001b');
  });
});

test('a line of JSON has the fields of the exchange', () => {
  const line = createJsonFormatter({ debug: false })('warn', {
    kind: 'exchange',
    exchange: exchange({ target: '/\u001b', diagnosis: FAILURE }),
    promptOf: () => null,
  });
  expect(line).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(line)).toEqual({
    time: '2026-01-02T03:04:05.678Z',
    level: 'warn',
    event: 'exchange',
    ordinal: 7,
    method: 'POST',
    target: '/\u001b',
    outcome: 'reply',
    status: 200,
    durationMs: 1.26,
    requestBytes: 17,
    responseBytes: 24,
    diagnosis: FAILURE,
  });
});

/** A sink whose reader takes a write only when told. */
function slowSink() {
  const writes: string[] = [];
  const last: string[] = [];
  let done: ((error?: Error | null) => void) | null = null;
  const sink: Sink = {
    write(text, onWritten) {
      writes.push(Buffer.from(text).toString());
      done = onWritten;
    },
    writeSync: (text) => {
      last.push(Buffer.from(text).toString());
    },
  };
  const take = (error?: Error) => {
    const taken = done;
    done = null;
    taken?.(error);
  };
  return { sink, writes, last, take };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a line of JSON has the prompt at the level debug only', () => {
  const event = { kind: 'exchange', exchange: exchange({}), promptOf: () => 'Why?' } as const;
  expect(JSON.parse(createJsonFormatter({ debug: true })('info', event)).prompt).toBe('Why?');
  expect(createJsonFormatter({ debug: false })('info', event)).not.toContain('Why?');
});

describe('the buffer', () => {
  const dropped = (lines: number) => `${lines} dropped\n`;

  test('writes the lines of a turn together, and the next when they were taken', async () => {
    const { sink, writes, take } = slowSink();
    const buffer = createLineBuffer(sink, dropped, setImmediate);
    buffer.push('a\n');
    buffer.push('b\n');
    expect(writes).toEqual([]);
    await turn();
    expect(writes).toEqual(['a\nb\n']);
    buffer.push('c\n');
    await turn();
    expect(writes).toHaveLength(1);
    take();
    await turn();
    expect(writes).toEqual(['a\nb\n', 'c\n']);
  });

  test('gathers the lines that follow soon', async () => {
    const { sink, writes, take } = slowSink();
    const later: (() => void)[] = [];
    const buffer = createLineBuffer(sink, dropped, (callback) => later.push(callback));
    buffer.push('a\n');
    await turn();
    take();
    buffer.push('b\n');
    await turn();
    buffer.push('c\n');
    await turn();
    expect(writes).toEqual(['a\n']);
    later.shift()?.();
    expect(writes).toEqual(['a\n', 'b\nc\n']);
    take();
    buffer.push('d\n');
    // Whoever waits for the end does not wait for more lines.
    const flushed = buffer.flush();
    expect(writes[2]).toBe('d\n');
    take();
    await flushed;
    for (const callback of later.splice(0)) callback();
    buffer.push('after a silence\n');
    await turn();
    expect(writes[3]).toBe('after a silence\n');
  });

  test('drops and counts lines that nobody reads', async () => {
    const { sink, writes, take } = slowSink();
    const buffer = createLineBuffer(sink, dropped, setImmediate);
    const line = `${'x'.repeat(1024 * 1024 - 1)}\n`;
    for (let index = 0; index < 7; index += 1) buffer.push(line);
    await turn();
    expect(writes[0]).toHaveLength(4 * line.length + '3 dropped\n'.length);
    expect(writes[0]?.endsWith('\n3 dropped\n')).toBe(true);
    take();
    buffer.push('again\n');
    await turn();
    expect(writes[1]).toBe('again\n');
  });

  test('flushes when everything was taken', async () => {
    const { sink, take } = slowSink();
    const buffer = createLineBuffer(sink, dropped, setImmediate);
    await buffer.flush();
    buffer.push('a\n');
    let isFlushed = false;
    const flushed = buffer.flush().then(() => {
      isFlushed = true;
    });
    await turn();
    expect(isFlushed).toBe(false);
    take();
    await flushed;
  });

  test('writes the rest at once in the end, and each line only once', async () => {
    const { sink, writes, last } = slowSink();
    const buffer = createLineBuffer(sink, dropped, setImmediate);
    buffer.push('handed over\n');
    await turn();
    buffer.push('rest\n');
    buffer.flushSync();
    buffer.flushSync();
    expect(writes).toEqual(['handed over\n']);
    expect(last).toEqual(['rest\n']);
  });

  test('gives up when the reader is gone', async () => {
    const { sink, writes, last, take } = slowSink();
    const buffer = createLineBuffer(sink, dropped, setImmediate);
    buffer.push('a\n');
    await turn();
    take(new Error('EPIPE'));
    buffer.push('b\n');
    await turn();
    await buffer.flush();
    buffer.flushSync();
    expect([writes, last]).toEqual([['a\n'], []]);
  });
});

describe('the log', () => {
  async function logged(options: Partial<LogOptions>): Promise<string> {
    let text = '';
    const sink: Sink = {
      write(part, done) {
        text += Buffer.from(part).toString();
        done();
      },
      writeSync: () => {},
    };
    const clock = createVirtualClock(Date.UTC(2026, 0, 2, 3, 4, 5));
    const log = createLog({
      level: 'info',
      format: 'pretty',
      colors: false,
      clock,
      sink,
      ...options,
    });
    log.debug('a debug');
    log.info('an info');
    log.warn('a warning');
    log.error('an error');
    log.exchange(exchange({ target: '/fine' }), () => null);
    log.exchange(exchange({ target: '/fails', diagnosis: FAILURE }), () => null);
    await log.flush();
    return text;
  }

  test.each([
    ['debug', ['a debug', 'an info', 'a warning', 'an error', '/fine', '/fails']],
    ['info', ['an info', 'a warning', 'an error', '/fine', '/fails']],
    ['warn', ['a warning', 'an error', '/fails']],
    ['error', ['an error']],
    ['silent', []],
  ] as const)('at the level %s', async (level, parts) => {
    const text = await logged({ level });
    const all = ['a debug', 'an info', 'a warning', 'an error', '/fine', '/fails'];
    expect(all.filter((part) => text.includes(part))).toEqual(parts);
  });

  test('in JSON is one object per line', async () => {
    const lines = (await logged({ format: 'json' })).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { time: '2026-01-02T03:04:05.000Z', level: 'info', event: 'message', message: 'an info' },
      { level: 'warn' },
      { level: 'error' },
      { level: 'info', event: 'exchange', target: '/fine' },
      { level: 'warn', event: 'exchange', target: '/fails' },
    ]);
  });
});
