import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLedger, type Ledger } from '../src/emulator/ledger.ts';
import { chargeLine, endLine, replayLine } from '../src/emulator/ledger-line.ts';
import { describeClients } from './fetch-clients.ts';
import { createGate } from './server-client.ts';

const ECHO = { answer: { source: 'echo' } } as const;

/** What of the totals is not zero. */
function nonZero(totals: Ledger['totals']) {
  return Object.fromEntries(Object.entries(totals).filter(([, count]) => count !== 0));
}

describeClients('the ledger', (create, kind) => {
  test('is empty at first', async () => {
    const { admin } = await create();
    expect((await admin('GET /__admin/ledger')).json).toEqual({
      calls: 0,
      retries: 0,
      charges: 0,
      paidTwice: 0,
      delivered: 0,
      undelivered: 0,
      underWay: 0,
      replayed: 0,
      conflicts: 0,
      exact: true,
      forgotten: 0,
      count: 0,
      requests: [],
    });
  });

  test('has what was asked once', async () => {
    const { ask, admin } = await create(ECHO);
    await (await ask({ prompt: 'Why?' })).text();
    await (await ask({ prompt: 'Who?' })).text();
    const { json } = await admin('GET /__admin/ledger');
    expect(json).toMatchObject({ calls: 2, retries: 0, charges: 2, paidTwice: 0, delivered: 2 });
    expect(json.requests).toMatchObject([
      { prompt: 'Why?', idempotencyKey: null, calls: 1, charges: 1, firstOrdinal: 1 },
      { prompt: 'Who?', idempotencyKey: null, calls: 1, charges: 1, firstOrdinal: 2 },
    ]);
  });

  test.each(['reset', 'close'] as const)(
    'shows what was paid and lost, and paid again (%s)',
    async (ending) => {
      const { met, admin, emulator } = await create(ECHO);
      emulator.activate({ steps: [{ times: 1, fault: { kind: 'reply-lost', ending } }] });
      expect([await met(), await met(), await met({ prompt: 'Who?' })]).toEqual([
        'TypeError',
        '200',
        '200',
      ]);
      const { json } = await admin('GET /__admin/ledger');
      expect(json).toMatchObject({
        ...{ calls: 3, retries: 1, charges: 3, paidTwice: 1, delivered: 2, undelivered: 1 },
        ...{ underWay: 0, exact: true, count: 2 },
      });
      expect(json.requests[0]).toMatchObject({
        ...{ prompt: 'Why?', calls: 2, retries: 1, charges: 2, paidTwice: 1 },
        ...{ delivered: 1, undelivered: 1, firstOrdinal: 1, lastOrdinal: 2 },
      });
      expect(emulator.journal.get(1)?.outcome).toMatchObject({ kind: 'wire', end: ending });
    },
  );

  test('knows a charge at once, and its loss when the client leaves', async () => {
    const { ask, admin, emulator } = await create(ECHO);
    emulator.activate({ steps: [{ fault: { kind: 'reply-lost', ending: 'hang' } }] });
    const leaving = new AbortController();
    const charged = whenTotals(emulator.ledger, ({ charges }) => charges === 1);
    const answer = ask({ signal: leaving.signal });
    await charged;
    expect((await admin('GET /__admin/ledger')).json).toMatchObject({ charges: 1, underWay: 1 });
    const written = new Promise((resolve) => emulator.journal.subscribe(resolve));
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await written;
    expect(nonZero(emulator.ledger.totals)).toEqual({ calls: 1, charges: 1, undelivered: 1 });
  });

  test.each([
    ['reset', 'an unasked function costs nothing', { calls: 1 }],
    [{ kind: 'reset', afterBytes: 5 }, 'a part is no delivery', { undelivered: 1 }],
    [{ kind: 'truncate' }, 'nor is a shortened answer', { undelivered: 1 }],
    [{ kind: 'echo-500' }, 'nor an error', { undelivered: 1 }],
    [{ kind: 'slow-close', after: 0 }, 'a late end is one', { delivered: 1 }],
    [{ kind: 'split', at: 'every-byte' }, 'however it comes', { delivered: 1 }],
    [{ kind: 'null-answer' }, 'whatever it says', { delivered: 1 }],
    [{ kind: 'crash' }, 'nor a crash in place of the answer', { undelivered: 1 }],
    [{ kind: 'rate-limited' }, 'a refusal as well', { calls: 1 }],
  ])('%j: %s', async (fault, _name, expected) => {
    const { met, emulator } = await create(ECHO);
    // The cast is sound where the emulator takes it, which is what it says else.
    emulator.activate({ steps: [{ fault }] } as Parameters<typeof emulator.activate>[0]);
    await met();
    const charges = 'calls' in expected ? {} : { charges: 1, calls: 1 };
    expect(nonZero(emulator.ledger.totals)).toEqual({ ...charges, ...expected });
  });

  test('a refusal, a crash and other methods cost nothing', async () => {
    const { met, emulator } = await create(ECHO);
    await met({ body: '{"prompt": 5}' });
    await met({ method: 'GET' });
    expect(nonZero(emulator.ledger.totals)).toEqual({ calls: 2 });
  });

  test('who follows a redirect to a result does not call again', async () => {
    const { ask, fetch, emulator } = await create(ECHO);
    emulator.activate({ steps: [{ fault: { kind: 'early-303', redirects: 2 } }] });
    const first = await ask();
    expect(first.status).toBe(303);
    expect(nonZero(emulator.ledger.totals)).toEqual({ calls: 1, charges: 1, underWay: 1 });
    const location = first.headers.get('location') ?? '';
    const second = await fetch(location, { redirect: 'manual' });
    expect(second.status).toBe(303);
    const third = await fetch(location);
    expect(await third.json()).toMatchObject({ prompt: expect.stringContaining('Why?') });
    expect(nonZero(emulator.ledger.totals)).toEqual({ calls: 1, charges: 1, delivered: 1 });
  });

  test('a request is the same however its JSON is written, and with a key by the key', async () => {
    const { met, emulator } = await create({ function: { body: 'dict' }, ...ECHO });
    await met({ body: '{"prompt":"Why?","n":1}' });
    await met({ body: '{ "n": 1.0, "prompt": "Wh\\u0079?" }' });
    await met({ body: '{"prompt":"Why?","n":2}' });
    expect(nonZero(emulator.ledger.totals)).toMatchObject({ retries: 1, paidTwice: 1 });
    emulator.ledger.clear();
    const headers = { 'idempotency-key': 'order-7' };
    await met({ headers });
    await met({ headers });
    await met({ headers: { 'idempotency-key': 'order-8' } });
    expect(nonZero(emulator.ledger.totals)).toEqual({
      ...{ calls: 3, retries: 1, charges: 3, paidTwice: 1, delivered: 3 },
    });
    expect(emulator.ledger.list()[0]?.idempotencyKey).toBe('order-7');
    const [exchange] = emulator.journal.list().slice(-1);
    const sent = exchange?.request.headers.find(([name]) => /^idempotency-key$/i.test(name));
    expect(sent?.[1]).toBe('order-8');
  });

  test('long bodies are the same when their bytes are', async () => {
    const { met, emulator } = await create(ECHO);
    const prompt = 'x'.repeat(2000);
    await met({ prompt });
    await met({ prompt });
    await met({ prompt: `${prompt.slice(0, 1000)}y${prompt.slice(1001)}` });
    expect(nonZero(emulator.ledger.totals)).toMatchObject({ calls: 3, retries: 1 });
    const [entry] = emulator.ledger.list();
    expect(entry?.prompt).toBe('x'.repeat(200));
  });

  test('is searched and cleared over the control plane', async () => {
    const { met, admin, emulator } = await create(ECHO);
    emulator.activate({
      steps: [{ when: { prompt: 'Why?', attempt: 1 }, fault: { kind: 'reply-lost' } }],
    });
    for (const prompt of ['Why?', 'Who?', 'Why?', 'How?']) await met({ prompt });
    const prompts = async (query: string) => {
      const { json } = await admin(`GET /__admin/ledger?${query}`);
      return json.requests.map((entry: { prompt: string }) => entry.prompt);
    };
    expect(await prompts('')).toEqual(['Who?', 'Why?', 'How?']);
    expect(await prompts('limit=2')).toEqual(['Why?', 'How?']);
    for (const only of ['retried', 'paid-twice', 'undelivered']) {
      expect(await prompts(`only=${only}`)).toEqual(['Why?']);
    }
    const mistaken = await admin('GET /__admin/ledger?only=paid-twise');
    expect(mistaken).toMatchObject({ status: 400, json: { title: 'Invalid query' } });
    expect(mistaken.json.detail).toContain('Did you mean "paid-twice"?');
    expect((await admin('DELETE /__admin/ledger')).json).toEqual({
      cleared: { calls: 4, charges: 4 },
    });
    expect(nonZero(emulator.ledger.totals)).toEqual({});
    await met();
    await admin('POST /__admin/reset');
    expect(nonZero(emulator.ledger.totals)).toEqual({});
  });

  test('what was under way when it was cleared leaves no trace', async () => {
    const gate = createGate();
    const { met, emulator } = await create({}, { answers: gate.source });
    const under = met();
    await gate.reached(1);
    emulator.ledger.clear();
    gate.release();
    expect(await under).toBe('200');
    expect(nonZero(emulator.ledger.totals)).toEqual({});
  });

  test('a charge for whom left meanwhile is lost', async () => {
    const gate = createGate();
    const { ask, emulator } = await create({}, { answers: gate.source });
    const leaving = new AbortController();
    const written = new Promise((resolve) => emulator.journal.subscribe(resolve));
    const rejected = expect(ask({ signal: leaving.signal })).rejects.toThrow();
    await gate.reached(1);
    leaving.abort();
    // Over a socket it takes a while until the server knows.
    if (kind === 'over a socket') await rejected;
    await turns(20);
    gate.release();
    await rejected;
    await written;
    expect(nonZero(emulator.ledger.totals)).toEqual({ calls: 1, charges: 1, undelivered: 1 });
  });
});

describe('a ledger of few', () => {
  const call = (key: string, ordinal = 1) => ({
    ...{ key, ordinal, idempotencyKey: null },
    prompt: () => key,
  });

  test('forgets who was not called for the longest time, and says so', () => {
    const ledger = createLedger(4);
    for (const [index, key] of [...'abcadbebc'].entries()) {
      const line = ledger.open(call(key, index + 1));
      chargeLine(line);
      endLine(line, true);
    }
    // Nobody calls c until it is forgotten: then it counts as a new one, for which a and d go.
    expect(ledger.list().map(({ prompt }) => prompt)).toEqual(['e', 'b', 'c']);
    expect(ledger).toMatchObject({ entries: 3, forgotten: 3 });
    expect(nonZero(ledger.totals)).toEqual({
      ...{ calls: 9, retries: 3, charges: 9, paidTwice: 3, delivered: 9 },
    });
  });

  test('what was lost and came again by its key is delivered after all', () => {
    const ledger = createLedger();
    const first = ledger.open(call('a'));
    chargeLine(first);
    endLine(first, false);
    const again = ledger.open(call('a', 2));
    replayLine(again);
    endLine(again, true);
    expect(nonZero(ledger.totals)).toEqual({
      ...{ calls: 2, retries: 1, charges: 1, delivered: 1, replayed: 1 },
    });
  });

  test('the sums are those of all requests, whatever happens in whatever order', () => {
    const event = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      deed: fc.constantFrom('charge', 'replay', 'nothing', 'plain'),
      isDelivered: fc.boolean(),
      endsFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const ledger = createLedger();
        for (const { key, deed, isDelivered, endsFirst } of events) {
          if (deed === 'plain') {
            ledger.enterPlain(key, 1);
            continue;
          }
          const line = ledger.open(call(key));
          if (endsFirst) endLine(line, isDelivered);
          if (deed === 'charge') chargeLine(line);
          if (deed === 'replay') replayLine(line);
          endLine(line, isDelivered);
        }
        const { totals } = ledger;
        const names = Object.keys(totals) as (keyof typeof totals)[];
        for (const name of names) {
          expect(ledger.list().reduce((sum, entry) => sum + entry[name], 0)).toBe(totals[name]);
          expect(totals[name]).toBeGreaterThanOrEqual(0);
        }
        expect(totals.calls).toBe(events.length);
        expect(totals.charges).toBe(totals.delivered + totals.undelivered + totals.underWay);
        expect(totals.underWay).toBe(0);
      }),
    );
  });
});

/** Resolves when the totals are so; the event loop turns until then. */
async function whenTotals(ledger: Ledger, isSo: (totals: Ledger['totals']) => boolean) {
  while (!isSo(ledger.totals)) await turns(1);
}

/** Lets the event loop turn. */
async function turns(count: number) {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
