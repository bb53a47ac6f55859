import { beforeEach, describe, expect, test } from 'vitest';
import { createJsonFormatter, createPrettyFormatter } from '../src/cli/log/format.ts';
import { createEmulator, createVirtualClock, type Emulator } from '../src/emulator/index.ts';
import type { ExchangeSummary } from '../src/emulator/journal.ts';
import { BODY, createInterceptor, meet, ok } from './wire-world.ts';

const interceptor = createInterceptor();
let emulator: Emulator;
let summaries: ExchangeSummary[];

beforeEach(() => {
  summaries = [];
  emulator = createEmulator(
    { journalBodyMaxBytes: 8 },
    {
      clock: createVirtualClock(Date.parse('2026-01-02T03:04:05.678Z')),
      intercept: interceptor.intercept,
      onExchange: (exchange) => summaries.push(exchange),
    },
  );
});

async function record(...args: Parameters<typeof interceptor.answerWith>) {
  interceptor.answerWith(...args);
  const body = '{"prompt":"Why?"}';
  await meet(emulator.fetch(new Request('http://localhost/', { method: 'POST', body })));
  const summary = summaries.at(-1);
  if (summary === undefined) throw new Error('nothing was recorded');
  return { kind: 'exchange', exchange: summary, promptOf: () => null } as const;
}

describe('the log has of a wire', () => {
  test('the status, if there was one, the fault, the end, and what was sent', async () => {
    const format = createPrettyFormatter({ colors: false, debug: false });
    const line = async (...args: Parameters<typeof interceptor.answerWith>) =>
      format('info', await record(...args)).split('\n')[0];
    expect(await line([ok('content-length: 40'), BODY], 'reset', 'truncate')).toBe(
      '03:04:05.678Z POST / 200 truncate, reset 0 ms 58 B  LangChain: requests.exceptions.ChunkedEncodingError',
    );
    expect(await line([], 'close')).toBe(
      '03:04:05.678Z POST / close 0 ms 0 B  LangChain: requests.exceptions.ConnectionError',
    );
  });

  test('all of it in JSON', async () => {
    const format = createJsonFormatter({ debug: false });
    const line = format('info', await record(['garbage'], 'reset', 'garbage'));
    const { status: _none, ...parsed } = JSON.parse(line);
    expect(parsed).toMatchObject({
      outcome: 'wire',
      responseBytes: 7,
      wire: { fault: 'garbage', end: 'reset', isWhole: true, bytesSent: 7 },
      diagnosis: { exception: 'requests.exceptions.ConnectionError' },
    });
  });
});

test('the control plane finds wires by their outcome and by the status that was read', async () => {
  await record(['garbage']);
  await record([ok('content-length: 19'), BODY]);
  const find = async (match: object) => {
    const request = new Request('http://localhost/__admin/requests/find', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ match }),
    });
    const found = await (await emulator.fetch(request)).json();
    return found.requests.map(({ ordinal }: { ordinal: number }) => ordinal);
  };
  expect(await find({ outcome: 'wire' })).toEqual([1, 2]);
  expect(await find({ outcome: 'reply' })).toEqual([]);
  expect(await find({ status: 200 })).toEqual([2]);
  expect(await find({ verdict: 'fine' })).toEqual([2]);
});

test('a long body is clipped, and counted without its frames', async () => {
  const chunks = `5\r\n${'a'.repeat(5)}\r\n6\r\n${'b'.repeat(6)}\r\n0\r\n\r\n`;
  await record([ok('transfer-encoding: chunked'), chunks]);
  expect(emulator.journal.get(1)?.outcome).toMatchObject({
    body: { text: 'aaaaabbb', bytes: 11, clipped: true },
    bytesSent: ok('transfer-encoding: chunked').length + chunks.length,
  });
});

test('of a huge one only the beginning is kept, and nothing is said of it', async () => {
  const piece = 'x'.repeat(1024 * 1024);
  await record([ok(`content-length: ${3 * piece.length}`), piece, piece, piece]);
  const exchange = emulator.journal.get(1);
  expect(exchange?.outcome).toMatchObject({
    status: 200,
    body: { text: 'xxxxxxxx', bytes: 3 * piece.length, clipped: true },
  });
  expect(exchange?.diagnosis).toBeNull();
});
