import { describe, expect, test } from 'vitest';
import { readFaultHeader } from '../src/emulator/fault-header-syntax.ts';
import { createEmulator } from '../src/emulator/index.ts';
import { type Door, describeDoors, type WireAnswer } from './doors.ts';

const HEADER = 'X-Modal-Emulator-Fault';

/** Asks with these values of the header. */
function ask({ send }: Pick<Door, 'send'>, ...values: readonly string[]): Promise<WireAnswer> {
  return send({
    method: 'POST',
    target: '/',
    headers: [
      ['Content-Type', 'application/json'],
      ...values.map((value): readonly [string, string] => [HEADER, value]),
    ],
    body: '{"prompt":"Why?"}',
  });
}

const TEAPOT = 'http-exception;status=418;detail="short; and stout"';

describeDoors('where it is not allowed', {}, (door) => {
  test('the header is one like any other', async () => {
    const plain = await ask(door());
    const { status, body } = await ask(door(), 'crash');
    expect([status, body]).toEqual([200, plain.body]);
    const { request, scenario } = door().emulator.journal.list()[1] ?? {};
    expect(scenario).toBeNull();
    expect(request?.headers.map(([name, value]) => [name.toLowerCase(), value])).toContainEqual([
      HEADER.toLowerCase(),
      'crash',
    ]);
  });
});

describeDoors(
  'where it is allowed',
  { allowFaultHeader: true, scenario: { name: 'mine', steps: [{ every: 2, fault: 'crash' }] } },
  (door) => {
    test('one request gets what it asks for, and the scenario does not see it', async () => {
      const { emulator } = door();
      expect((await ask(door())).status).toBe(200);
      const { status, body } = await ask(door(), TEAPOT);
      expect([status, body.toString()]).toEqual([418, '{"detail":"short; and stout"}']);
      expect((await ask(door())).status).toBe(500);
      const told = emulator.journal.list().map(({ scenario, fault }) => [scenario, fault]);
      expect(told).toEqual([
        ['mine', null],
        ['fault-header', 'http-exception'],
        ['mine', 'crash'],
      ]);
      expect(emulator.scenario?.requests).toBe(2);
      emulator.reset();
    });

    test('several faults stand in the order of the header', async () => {
      const { status } = await ask(door(), `latency;latency=1ms, ${TEAPOT}`);
      expect(status).toBe(418);
      expect(door().emulator.journal.list().at(-1)?.fault).toBe('latency + http-exception');
    });

    test('a bad value is answered 400 with what is wrong, and written down', async () => {
      const { status, headers, body } = await ask(door(), 'http-exception;statsu=418');
      expect(status).toBe(400);
      expect(headers).toContainEqual(['content-type', 'application/problem+json']);
      expect(JSON.parse(body.toString())).toEqual({
        type: 'urn:modal-emulator:problem:invalid-fault-header',
        title: 'Invalid fault header',
        status: 400,
        detail:
          `Failed to read header ${HEADER} "http-exception;statsu=418": "statsu" is not a known ` +
          'key. Did you mean "status"? Write it as reset;afterBytes=40, or leave it out.',
        instance: '/',
      });
      const kept = door().emulator.journal.list().at(-1);
      expect(kept).toMatchObject({ outcome: { status: 400 }, scenario: null, fault: null });
    });
  },
);

test('a header that comes twice is one list, whatever the door makes of it', async () => {
  const emulator = createEmulator({ allowFaultHeader: true });
  const outcome = await emulator.handle({
    method: 'POST',
    target: '/',
    rawHeaders: [HEADER, 'latency;latency=0', 'X-MODAL-EMULATOR-FAULT', 'input-lost'],
    header: () => null,
    body: new Uint8Array(),
    signal: () => new AbortController().signal,
  });
  expect(outcome).toMatchObject({ kind: 'reply', reply: { status: 408 } });
  expect(emulator.journal.get(1)?.fault).toBe('latency + input-lost');
});

test('what a fault remembers is shared by equal headers, until the emulator starts over', async () => {
  const emulator = createEmulator({ allowFaultHeader: true, answer: 'echo' });
  const answer = async (prompt: string) => {
    const headers = { 'content-type': 'application/json', [HEADER]: 'stale' };
    const init = { method: 'POST', headers, body: JSON.stringify({ prompt }) };
    return (await emulator.fetch(new Request('http://localhost/', init))).text();
  };
  const first = await answer('first');
  expect(await answer('second')).toBe(first);
  emulator.reset();
  expect(await answer('third')).not.toBe(first);
});

describe('the syntax', () => {
  test.each([
    ['reset', { kind: 'reset' }],
    [' reset ; afterBytes = 40 ', { kind: 'reset', afterBytes: 40 }],
    ['a;b=2s', { kind: 'a', b: '2s' }],
    ['a;b=true;c=null;d=-1.5', { kind: 'a', b: true, c: null, d: -1.5 }],
    ['a;b="1;2,\\"3\\\\";c=x=y', { kind: 'a', b: '1;2,"3\\', c: 'x=y' }],
    ['a;b={"c":[1,2],"d":"}"}', { kind: 'a', b: { c: [1, 2], d: '}' } }],
    ['a;b=', { kind: 'a', b: '' }],
    ['a, b;c=1', [{ kind: 'a' }, { kind: 'b', c: 1 }]],
    ['a;__proto__=1', JSON.parse('{"kind":"a","__proto__":1}')],
  ])('%s', (text, faults) => {
    expect(readFaultHeader(text)).toEqual({ faults, reason: null });
  });

  test.each([
    ['', 'it names no fault.'],
    [';a=1', 'it names no fault.'],
    ['a,', 'it names no fault.'],
    ['a;b', '"b" is no name=value.'],
    ['a;=1', '"=1" is no name=value.'],
    ['a;b=1;b=2', '"b" is there twice.'],
    ['a;kind=b', '"kind" is there twice.'],
    ['a'.repeat(5000), 'it has more than 4096 characters.'],
  ])('refuses %s', (text, reason) => {
    expect(readFaultHeader(text)).toEqual({ faults: null, reason });
  });
});
