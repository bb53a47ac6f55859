import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSUMERS } from '../pact/files.ts';
import { failuresIn, judge } from '../pact/judge.ts';
import { type Live, startLive } from './live-endpoint.ts';
import { liveStacks } from './live-pythons.ts';

/** A real endpoint can be put into no state. */
const STATELESS = CONSUMERS.filter(({ needsStates }) => !needsStates);

const urlOf = (live: Live | undefined, name: string) => live?.urls[name] ?? '';

describe.each(liveStacks())('the real endpoint of %s', (stack) => {
  let live: Live | undefined;
  beforeAll(async () => {
    live = await startLive(stack, { echo: { answer: 'echo' }, hello: { answer: 'hello' } });
  });
  afterAll(() => live?.close());

  test('keeps every pact that needs no state', async () => {
    const results = await judge({ url: urlOf(live, 'echo') }, STATELESS);
    expect(failuresIn(results)).toEqual([]);
  });

  test("breaks those of LangChain's class when it answers with the dummy of the page", async () => {
    const results = await judge({ url: urlOf(live, 'hello') }, STATELESS);
    const failed = results.filter(({ status }) => status === 'failed');
    const needEcho = results.filter(
      ({ consumer, description }) =>
        consumer.startsWith('langchain') && description !== 'an empty prompt',
    );
    expect(failed).toEqual(needEcho);
    for (const { mismatches } of failed) {
      expect(mismatches).toEqual([
        expect.objectContaining({
          path: '$.prompt',
          text: expect.stringContaining("Expected 'hello world' to include"),
        }),
      ]);
    }
  });
});
