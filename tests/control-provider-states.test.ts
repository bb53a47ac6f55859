import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createEmulator } from '../src/emulator/emulator.ts';
import { STACK_NAMES } from '../src/emulator/function/stacks.ts';
import { type Door, describeDoors } from './doors.ts';

const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const STATES = '/__admin/provider-states';

/** Over a socket or in process: the control plane stands behind the same door. */
async function send(door: Door, line: string, body?: unknown) {
  const [method = '', target = ''] = line.split(' ');
  const answer = await door.send({
    method,
    target,
    headers: [JSON_TYPE],
    body: body === undefined ? '' : JSON.stringify(body),
  });
  return { status: answer.status, text: answer.body.toString() };
}

async function ask(door: Door) {
  const { status, text } = await send(door, 'POST /', { prompt: 'Why?' });
  return `${status} ${text}`;
}

const OWN = { answer: { source: 'echo', completion: ' Own.' } } as const;

describeDoors('provider states', OWN, (door) => {
  test.each([
    [
      'the answer repeats the prompt',
      '200 {"prompt":"Why? This is a completion by modal-emulator."}',
    ],
    ['the answer is "hello world"', '200 {"prompt":"hello world"}'],
    [
      'the answer stands under "response"',
      '200 {"response":"Why? This is a completion by modal-emulator."}',
    ],
    ['the answer is a bare string', '200 "Why? This is a completion by modal-emulator."'],
    ['the function raises an exception', '500 Internal Server Error'],
    ['the function raises HTTPException 503', '503 {"detail":"The model is loading."}'],
  ])('%s, until it is left', async (state, expected) => {
    const entered = await send(door(), `POST ${STATES}`, { action: 'setup', state, params: {} });
    expect(entered).toEqual({ status: 200, text: JSON.stringify({ state }) });
    expect(await ask(door())).toBe(expected);
    expect(JSON.parse((await send(door(), `GET ${STATES}`)).text)).toMatchObject({ state });

    const left = await send(door(), `POST ${STATES}`, { action: 'teardown', state });
    expect(left).toEqual({ status: 200, text: '{"state":null}' });
    expect(await ask(door())).toBe('200 {"prompt":"Why? Own."}');
  });

  test('shows the configuration in force', async () => {
    await send(door(), `POST ${STATES}`, { state: 'the function raises an exception' });
    const { text } = await send(door(), 'GET /__admin/config');
    expect(JSON.parse(text).function.handler).toEqual({
      kind: 'crash',
      exception: "RuntimeError('crash')",
    });
    expect(door().emulator.config.function.handler.kind).toBe('crash');
  });

  test('is left by a state without a name, as verifiers send it, and by a reset', async () => {
    for (const leave of [[`POST ${STATES}`, { state: '' }], ['POST /__admin/reset']] as const) {
      await send(door(), `POST ${STATES}`, { state: 'the answer is a bare string' });
      await send(door(), leave[0], leave[1]);
      expect(await ask(door())).toBe('200 {"prompt":"Why? Own."}');
    }
  });

  test('refuses a state that the contract does not have, and stays as it is', async () => {
    const state = 'the answer is a bear string';
    const { status, text } = await send(door(), `POST ${STATES}`, { state });
    expect(status).toBe(404);
    expect(JSON.parse(text).detail).toBe(
      'Failed to enter provider state "the answer is a bear string": the contract has no such ' +
        'state. Did you mean "the answer is a bare string"? GET /__admin/provider-states lists them.',
    );
    expect(await ask(door())).toBe('200 {"prompt":"Why? Own."}');
  });
});

test("answers of one's own stay where a state says nothing of answers", async () => {
  const answers = {
    name: 'own',
    summary: 'of the test',
    needsPrompt: false,
    answer: () => 'own',
  };
  const emulator = createEmulator({}, { answers });
  const post = async () => {
    const init = { method: 'POST', headers: [[...JSON_TYPE]], body: '{"prompt":"Why?"}' };
    return (await emulator.fetch(new Request('http://localhost/', init as RequestInit))).text();
  };
  expect(await post()).toBe('{"prompt":"own"}');
  emulator.setProviderState('the answer is "hello world"');
  expect(await post()).toBe('{"prompt":"hello world"}');
  emulator.setProviderState(null);
  expect(await post()).toBe('{"prompt":"own"}');
});

test('an exchange ends in the state that it began in', async () => {
  const asked = later<void>();
  const answer = later<string>();
  const answers = {
    name: 'slow',
    summary: 'of the test',
    needsPrompt: false,
    answer: () => {
      asked.resolve();
      return answer.promise;
    },
  };
  const emulator = createEmulator({}, { answers });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"prompt":"Why?"}',
  };
  const pending = emulator.fetch(new Request('http://localhost/', init));
  await asked.promise;
  emulator.setProviderState('the answer stands under "response"');
  answer.resolve('Why? Late.');
  expect(await (await pending).text()).toBe('{"prompt":"Why? Late."}');
  expect(emulator.journal.list()[0]?.diagnosis?.verdict).toBe('fine');
});

function later<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

interface Captured {
  readonly definition: Record<string, unknown>;
  readonly openapi: string;
}

test.each(STACK_NAMES)('/__admin/openapi.json is what FastAPI publishes: %s', async (stack) => {
  const file = new URL(`docs-openapi/${stack}.json`, import.meta.url);
  const captured: readonly Captured[] = JSON.parse(readFileSync(file, 'utf8'));
  expect(captured.length).toBeGreaterThan(3);
  for (const { definition, openapi } of captured) {
    const emulator = createEmulator({ stack, function: { ...definition, docs: false } });
    const response = await emulator.fetch(new Request('http://localhost/__admin/openapi.json'));
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(openapi);
  }
});
