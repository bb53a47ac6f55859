import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { VirtualClock } from '../src/scenarios/clock.ts';
import type { Fault } from '../src/scenarios/fault.ts';
import { isStreamed, type Outcome, type Reply } from '../src/scenarios/outcome.ts';
import { FAULT_REGISTRY, FOREIGN_FAULT_NAMES } from '../src/scenarios/registry.ts';
import { latin1 } from '../src/scenarios/wire.ts';
import { arrive, PLAIN, playWire, settle, streamed } from './fault-world.ts';

const FAULTS = FAULT_REGISTRY.faults.map((fault) => ({ kind: fault.kind, fault }));

/** All that a fault may meet; what streams can be read once, so each is made anew. */
const SITUATIONS: Readonly<Record<string, { method?: string; core: () => Outcome }>> = {
  'an answer': { core: () => ({ kind: 'reply', reply: PLAIN }) },
  'an answer in bytes': {
    core: () => ({ kind: 'reply', reply: { ...PLAIN, body: Buffer.from('{"prompt":"Grüße"}') } }),
  },
  'a stream': {
    core: () => ({ kind: 'reply', reply: streamed(['data: Grüße\n\n', '', 'data: \n\n']).reply }),
  },
  'an empty stream': { core: () => ({ kind: 'reply', reply: streamed([]).reply }) },
  'an answer to HEAD': { method: 'HEAD', core: () => ({ kind: 'reply', reply: PLAIN }) },
  'a stream to HEAD': {
    method: 'HEAD',
    core: () => ({ kind: 'reply', reply: streamed(['data: a\n\n']).reply }),
  },
  'a 204': {
    core: () => ({ kind: 'reply', reply: { status: 204, headers: [], body: '' } }),
  },
  'an empty body': { core: () => ({ kind: 'reply', reply: { ...PLAIN, body: '' } }) },
  'a refusal': {
    core: () => ({
      kind: 'reply',
      reply: { ...PLAIN, status: 422, body: '{"detail":[{"type":"missing"}]}' },
    }),
  },
  'a broken wire': {
    core: () => ({
      kind: 'wire',
      reply: PLAIN,
      wire: {
        steps: [
          { kind: 'wait', durationMs: 10 },
          { kind: 'send', bytes: latin1('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"pro') },
        ],
        end: 'reset',
      },
    }),
  },
  'a silent wire': {
    core: () => ({ kind: 'wire', reply: null, wire: { steps: [], end: 'hang' } }),
  },
};

const ABANDONED: Outcome = { kind: 'abandoned' };

/** What came of it, in plain data, with the times of a virtual clock. */
async function meet(fault: Fault, situation: string, seed: string) {
  const { method = 'POST', core } = SITUATIONS[situation] ?? { core: () => ABANDONED };
  const exchange = arrive({ seed, method });
  const effect = fault.effect(fault.options.parse(fault.example));
  const outcome = await settle(
    exchange.clock,
    effect(exchange, async () => core()),
  );
  return { ...(await readOutcome(outcome, exchange.clock)), atMs: exchange.clock.now() };
}

async function readOutcome(outcome: Outcome, clock: VirtualClock) {
  if (outcome.kind === 'reply')
    return { ...outcome.reply, body: await readBody(outcome.reply, clock) };
  if (outcome.kind === 'abandoned') return outcome;
  const { bytes, end } = await playWire(outcome, clock);
  return { bytes: bytes.toString('latin1'), end };
}

async function readBody({ body }: Reply, clock: VirtualClock): Promise<string> {
  if (!isStreamed(body)) return Buffer.from(body as string).toString();
  const read = async () => {
    let text = '';
    for await (const piece of body) text += piece;
    return text;
  };
  return settle(clock, read());
}

describe.each(FAULTS)('$kind', ({ fault }) => {
  test('has a name, and a line of documentation', () => {
    expect(fault.kind).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(fault.summary).toMatch(/^[A-Z][^\n]*\.$/);
    expect(fault.summary.length).toBeLessThanOrEqual(120);
  });

  test('says of every option what it does', () => {
    const { properties = {} } = z.toJSONSchema(fault.options, { io: 'input' });
    for (const [name, schema] of Object.entries(properties)) {
      expect(schema, name).toHaveProperty('description', expect.stringMatching(/^[^\n]+\.$/));
    }
  });

  test('has an example that is JSON, which a step takes under every name of it', () => {
    expect(JSON.parse(JSON.stringify(fault.example))).toEqual(fault.example);
    for (const kind of [fault.kind, ...(fault.aliases ?? [])]) {
      const [selected] = FAULT_REGISTRY.schema.parse({ kind, ...fault.example });
      expect(selected?.kind).toBe(fault.kind);
    }
  });

  test('refuses options that it does not know', () => {
    const read = fault.options.safeParse({ ...fault.example, isNoOption: true });
    expect(read.error?.issues).toEqual([
      expect.objectContaining({ code: 'unrecognized_keys', keys: ['isNoOption'] }),
    ]);
  });

  test.each(Object.keys(SITUATIONS))('meets %s, and does the same again', async (situation) => {
    const once = await meet(fault, situation, 'once');
    expect(once).toEqual(await meet(fault, situation, 'once'));
  });
});

/** They change what comes, and where nothing comes there is nothing to change. */
const CHANGING = FAULTS.filter(({ fault }) => ['time', 'wire', 'answer'].includes(fault.family));

test.each(CHANGING)('$kind gives nothing to who has left behind it', async ({ fault }) => {
  let wasAsked = false;
  const exchange = arrive();
  const effect = fault.effect(fault.options.parse(fault.example));
  const outcome = effect(exchange, async () => {
    wasAsked = true;
    return ABANDONED;
  });
  expect((await settle(exchange.clock, outcome)).kind === 'abandoned').toBe(wasAsked);
});

test('names that others have for faults are known here', () => {
  // A connection is accepted before there is a request to fault, so none is ever refused.
  const known = FOREIGN_FAULT_NAMES.filter((name) => name !== 'down');
  expect(known.filter((name) => FAULT_REGISTRY.find(name) === null)).toEqual([]);
});
