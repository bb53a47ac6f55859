import { afterAll, beforeAll } from 'vitest';
import { describeEchoProperties, type PostJson } from '../echo-properties.ts';
import { type Live, startLive } from './live-endpoint.ts';
import { liveStacks } from './live-pythons.ts';

const STACKS = liveStacks();
const lives: Live[] = [];

beforeAll(async () => {
  for (const stack of STACKS) {
    lives.push(await startLive(stack, { echo: { answer: 'echo' } }));
  }
});

afterAll(() => Promise.all(lives.map((live) => live.close())));

STACKS.forEach((stack, index) => {
  const post: PostJson = async (body) => {
    const response = await fetch(lives[index]?.urls.echo ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  describeEchoProperties(stack, () => post, { runs: 300 });
});
