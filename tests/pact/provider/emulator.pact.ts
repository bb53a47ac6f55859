import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createEmulator, type EmulatorInput, STACK_NAMES } from '../../../src/emulator/index.ts';
import { type RunningServer, serve } from '../../../src/emulator/node/index.ts';
import { CONSUMERS } from '../files.ts';
import { failuresIn, judge, judgeFiles, type Provider } from '../judge.ts';

let server: RunningServer | undefined;
afterEach(() => server?.close({ drainTimeoutMs: 0 }));

async function start(input: EmulatorInput): Promise<Provider> {
  server = await serve(createEmulator(input), { port: 0 });
  const url = `http://127.0.0.1:${server.port}`;
  return { url, statesUrl: `${url}/__admin/provider-states` };
}

describe('the emulator keeps every pact', () => {
  test.each(STACK_NAMES)('as %s', async (stack) => {
    const provider = await start({ stack, answer: 'echo' });
    expect(failuresIn(await judge(provider, CONSUMERS))).toEqual([]);
  });
});

test('out of its states it keeps the pacts only that need none of them', async () => {
  const { url } = await start({ answer: 'echo' });
  const results = await judge({ url }, CONSUMERS);
  const failed = results.filter(({ status }) => status === 'failed');
  const need = results.filter(
    ({ states: [state] }) => state !== undefined && state !== 'the answer repeats the prompt',
  );
  expect(failed).toEqual(need);
});

describe('a judgement is none', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pacts-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function writePact(interactions: readonly object[]): string {
    const path = join(folder, 'pact.json');
    const pact = {
      consumer: { name: 'somebody' },
      provider: { name: 'modal-llm-endpoint' },
      interactions,
      metadata: { pactSpecification: { version: '4.0' } },
    };
    writeFileSync(path, JSON.stringify(pact));
    return path;
  }

  test('where a pact has no interaction', async () => {
    const provider = await start({});
    const judged = judgeFiles(provider, [writePact([])]);
    await expect(judged).rejects.toThrow('found nothing to verify');
  });

  test('where the provider does not know the state', async () => {
    const provider = await start({});
    const pact = writePact([
      {
        type: 'Synchronous/HTTP',
        description: 'a prompt',
        providerStates: [{ name: 'the model is in a good mood' }],
        request: { method: 'GET', path: '/' },
        response: { status: 405 },
      },
    ]);
    const failures = failuresIn(await judgeFiles(provider, [pact]));
    expect(failures).toEqual([expect.stringContaining('state change handlers has failed')]);
  });
});
