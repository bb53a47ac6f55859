import { describe, expect, test } from 'vitest';
import type { EmulatorInput } from '../src/emulator/index.ts';
import { repeatable } from '../src/emulator/repeatable.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import { describeClients } from './fetch-clients.ts';
import { createGate } from './server-client.ts';

const KEY = { 'idempotency-key': 'order-7' };
const OTHER = { 'idempotency-key': 'order-8' };

/** Answers that differ, so that a second one is seen to be another. */
const COUNTING: EmulatorInput = {
  answer: { source: 'script', script: { answers: ['one', 'two', 'three', 'four'], echo: false } },
};

async function text(response: Promise<Response>): Promise<string> {
  const { prompt } = (await (await response).json()) as { prompt: string };
  return prompt;
}

describeClients('an Idempotency-Key', (create) => {
  test('means nothing by default, as on Modal', async () => {
    const { ask, emulator } = await create(COUNTING);
    expect(await text(ask({ headers: KEY }))).toBe('one');
    const again = await ask({ headers: KEY });
    expect(again.headers.has('idempotent-replayed')).toBe(false);
    expect(await again.json()).toEqual({ prompt: 'two' });
    expect(emulator.config.idempotency).toBe('ignore');
    expect(emulator.ledger.totals).toMatchObject({ charges: 2, paidTwice: 1, replayed: 0 });
  });

  describe.each(['honour', 'conflict'] as const)('with %s', (idempotency) => {
    test('gets the same answer again, without a charge', async () => {
      const { ask, emulator } = await create({ ...COUNTING, idempotency });
      const first = await ask({ headers: KEY });
      expect(first.headers.has('idempotent-replayed')).toBe(false);
      const again = await ask({ headers: KEY });
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(again.status).toBe(200);
      expect(await again.text()).toBe(await first.text());
      expect(await text(ask({ headers: OTHER }))).toBe('two');
      expect(await text(ask())).toBe('three');
      expect(await text(ask())).toBe('four');
      expect(emulator.ledger.totals).toMatchObject({
        ...{ calls: 5, retries: 2, charges: 4, replayed: 1, paidTwice: 1, conflicts: 0 },
      });
      expect(emulator.journal.get(2)?.diagnosis).toEqual(emulator.journal.get(1)?.diagnosis);
    });

    test('is kept though the answer was lost, and so paid for once', async () => {
      const { met, ask, emulator } = await create({ ...COUNTING, idempotency });
      emulator.activate({ steps: [{ times: 1, fault: 'reply-lost' }] });
      expect(await met({ headers: KEY })).toBe('TypeError');
      expect(emulator.ledger.totals).toMatchObject({ charges: 1, undelivered: 1 });
      expect(await text(ask({ headers: KEY }))).toBe('one');
      expect(emulator.ledger.totals).toMatchObject({
        ...{ calls: 2, retries: 1, charges: 1, replayed: 1, delivered: 1 },
        ...{ paidTwice: 0, undelivered: 0 },
      });
    });

    test('what failed is tried again', async () => {
      const { met, emulator } = await create({
        idempotency,
        function: { handler: { kind: 'http-exception', status: 503 } },
      });
      expect(await met({ headers: KEY })).toBe('503');
      expect(await met({ headers: KEY })).toBe('503');
      expect(emulator.ledger.totals).toMatchObject({ charges: 0, replayed: 0 });
    });

    test('a stream is sent again, whole', async () => {
      const { ask, emulator } = await create({
        ...COUNTING,
        idempotency,
        function: { handler: { kind: 'stream', events: ['data: a\n\n', 'data: b\n\n'] } },
      });
      expect(await (await ask({ headers: KEY })).text()).toBe('data: a\n\ndata: b\n\n');
      const again = await ask({ headers: KEY });
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(await again.text()).toBe('data: a\n\ndata: b\n\n');
      expect(emulator.ledger.totals).toMatchObject({ charges: 1, replayed: 1 });
    });

    test('is forgotten with a reset', async () => {
      const { ask, admin } = await create({ ...COUNTING, idempotency });
      expect(await text(ask({ headers: KEY }))).toBe('one');
      await admin('POST /__admin/reset');
      const again = await ask({ headers: KEY });
      expect(again.headers.has('idempotent-replayed')).toBe(false);
    });

    test('an empty one is none', async () => {
      const { ask } = await create({ ...COUNTING, idempotency });
      const headers = { 'idempotency-key': '' };
      expect(await text(ask({ headers }))).toBe('one');
      expect(await text(ask({ headers }))).toBe('two');
    });
  });

  test('with honour, another request with the same key is another one', async () => {
    const { ask, emulator } = await create({ ...COUNTING, idempotency: 'honour' });
    expect(await text(ask({ prompt: 'Why?', headers: KEY }))).toBe('one');
    expect(await text(ask({ prompt: 'Who?', headers: KEY }))).toBe('two');
    expect(await text(ask({ prompt: 'Why?', headers: KEY }))).toBe('one');
    expect(emulator.ledger.totals).toMatchObject({ charges: 2, replayed: 1, conflicts: 0 });
  });

  test('with honour, who comes while the first is under way waits for its answer', async () => {
    const gate = createGate();
    let arrived = 0;
    const intercept = () => {
      arrived += 1;
      return null;
    };
    const surroundings = { answers: gate.source, intercept };
    const { ask, emulator } = await create({ idempotency: 'honour' }, surroundings);
    const answers = [ask({ headers: KEY }), ask({ headers: KEY })];
    while (arrived < 2) await new Promise((resolve) => setImmediate(resolve));
    await gate.reached(1);
    gate.release();
    const replayed = await Promise.all(
      answers.map(async (answer) => (await answer).headers.get('idempotent-replayed')),
    );
    expect(new Set(replayed)).toEqual(new Set(['true', null]));
    expect(gate.held).toBe(0);
    expect(emulator.ledger.totals).toMatchObject({ charges: 1, replayed: 1, delivered: 1 });
  });

  test('with conflict, another request with the same key is refused', async () => {
    const { ask, emulator } = await create({ ...COUNTING, idempotency: 'conflict' });
    expect(await text(ask({ prompt: 'Why?', headers: KEY }))).toBe('one');
    const refused = await ask({ prompt: 'Who?', headers: KEY });
    expect(refused.status).toBe(409);
    expect(refused.headers.get('content-type')).toBe('application/json');
    expect(await refused.json()).toEqual({
      detail: 'The Idempotency-Key "order-7" cannot be used: it was used for another request.',
    });
    expect(emulator.ledger.totals).toMatchObject({ calls: 2, charges: 1, conflicts: 1 });
  });

  test('with conflict, who comes while the first is under way is refused', async () => {
    const clock = createVirtualClock();
    const { ask, emulator } = await create({ ...COUNTING, idempotency: 'conflict' }, { clock });
    emulator.activate({ steps: [{ times: 1, fault: { kind: 'latency', latency: '5s' } }] });
    const first = ask({ headers: KEY });
    await clock.whenSleeping();
    const refused = await ask({ headers: KEY });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toEqual({
      detail: 'The Idempotency-Key "order-7" cannot be used: a request with it is still under way.',
    });
    await clock.advance(5000);
    expect(await text(first)).toBe('one');
    expect((await ask({ headers: KEY })).headers.get('idempotent-replayed')).toBe('true');
    expect(emulator.ledger.totals).toMatchObject({
      ...{ calls: 3, retries: 2, charges: 1, conflicts: 1, replayed: 1, paidTwice: 0 },
    });
  });

  test('with conflict, a key is free again when its client has left', async () => {
    const clock = createVirtualClock();
    const { ask, emulator } = await create({ ...COUNTING, idempotency: 'conflict' }, { clock });
    emulator.activate({ steps: [{ times: 1, fault: { kind: 'latency', latency: '5s' } }] });
    const leaving = new AbortController();
    const written = new Promise((resolve) => emulator.journal.subscribe(resolve));
    const first = ask({ headers: KEY, signal: leaving.signal });
    const rejected = expect(first).rejects.toThrow();
    await clock.whenSleeping();
    leaving.abort();
    await rejected;
    await written;
    expect(await text(ask({ headers: KEY }))).toBe('one');
  });

  test('a mistake in the mode is told', async () => {
    // The cast is what a program without types may do.
    const options = { idempotency: 'honor' } as unknown as Parameters<typeof create>[0];
    await expect(create(options)).rejects.toThrow('Did you mean "honour"?');
  });
});

describe('a stream that many read', () => {
  async function* source(seen: { taken: number }) {
    for (const piece of ['a', '', 'b', 'c']) {
      seen.taken += 1;
      yield piece;
    }
  }
  async function read(stream: AsyncIterable<string>, max = Infinity) {
    const pieces: string[] = [];
    for await (const piece of stream) {
      pieces.push(piece);
      if (pieces.length >= max) break;
    }
    return pieces;
  }

  test('is read once, and only as far as somebody reads', async () => {
    const seen = { taken: 0 };
    const stream = repeatable(source(seen));
    expect(await read(stream, 2)).toEqual(['a', '']);
    expect(seen.taken).toBe(2);
    const whole = ['a', '', 'b', 'c'];
    expect(await Promise.all([read(stream), read(stream)])).toEqual([whole, whole]);
    expect(seen.taken).toBe(4);
    expect(await read(stream)).toEqual(whole);
  });
});
